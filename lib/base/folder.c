#include "base/folder.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>

#include "base/mem.h"

int
folder_list(const char *path, struct strvec *names, struct err *e)
{
	DIR *d = xopendir(path);
	const struct dirent *entry;
	size_t most = names->nr + FOLDER_NAMES;
	int ret = 0;

	if (!d && (errno == ENOENT || errno == ENOTDIR))
		return 0;
	if (!d)
		return err_errno(e, "%s: cannot open", path);
	while (names->nr < most && (errno = 0, entry = readdir(d)))
		if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, ".."))
			strvec_push(names, entry->d_name);
	if (names->nr == most)
		ret = err_set(e, EX_DATA, "%s: holds over %d files; look what "
		    "fills it", path, FOLDER_NAMES);
	else if (errno)
		ret = err_errno(e, "%s: cannot read", path);
	closedir(d);
	strvec_sort(names);
	return ret;
}
