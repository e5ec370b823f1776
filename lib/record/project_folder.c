/*
 * A project's own folders are in it: a stranger's project must not have us
 * write through a link of its into the user's other folders.
 */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "record/project_part.h"

#define DEPTH 2 /* folders below build/ that hold folders */

static int
refuse(const char *rel, struct err *e)
{
	char shown[200];

	utf8_printable(shown, sizeof(shown), rel, strlen(rel));
	return err_set(e, EX_DATA, "%s: is a symbolic link; put the folder "
	    "itself there", shown);
}

static int
is_link(const struct project *p, const char *rel)
{
	char *path = project_path(p, "%s", rel);
	struct stat st;
	int yes = lstat(path, &st) == 0 && S_ISLNK(st.st_mode);

	free(path);
	return yes;
}

/* No folder below rel is a link; files are replaced and never written to. */
static int
check_below(const struct project *p, const char *rel, int depth,
    struct err *e)
{
	char *path = project_path(p, "%s", rel), *sub;
	DIR *d = xopendir(path);
	const struct dirent *entry;
	int ret = 0;

	if (!d && errno != ENOENT && errno != ENOTDIR)
		ret = err_errno(e, "%s: cannot open", path);
	free(path);
	while (d && ret == 0 && (errno = 0, entry = readdir(d))) {
		if (entry->d_name[0] == '.' || entry->d_type == DT_REG)
			continue;
		sub = xasprintf("%s/%s", rel, entry->d_name);
		if (is_link(p, sub))
			ret = refuse(sub, e);
		else if (depth && entry->d_type != DT_LNK)
			ret = check_below(p, sub, depth - 1, e);
		free(sub);
	}
	if (d && ret == 0 && errno)
		ret = err_errno(e, "%s: cannot read", rel);
	if (d)
		closedir(d);
	return ret;
}

int
project_check_folders(const struct project *p, struct err *e)
{
	static const char *const own[] = { "build", "ledger", "media",
		"video" };
	size_t i;

	for (i = 0; i < sizeof(own) / sizeof(*own); i++)
		if (is_link(p, own[i]))
			return refuse(own[i], e);
	return check_below(p, "build", DEPTH, e);
}
