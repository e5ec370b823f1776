#include "store/own_file.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/path.h"

/* Copy unless the same bytes are there. */
static int
copy_once(const char *from, const char *to, const char *rel, struct err *e)
{
	char here[SHA256_HEX], there[SHA256_HEX], *dir;
	int k;

	if (file_exists(to)) {
		if (sha256_file(from, here, NULL, e) < 0 ||
		    sha256_file(to, there, NULL, e) < 0)
			return -1;
		if (strcmp(here, there) != 0)
			return err_set(e, EX_DATA, "%s: the project has "
			    "another file of this name; give yours a name of "
			    "its own", rel);
		return 0;
	}
	dir = path_dirname(to);
	k = file_mkdirs(dir, e);
	if (!k)
		k = file_copy(from, to, e);
	free(dir);
	return k;
}

char *
own_file_take(const struct project *p, const char *path, struct err *e)
{
	char *real = xrealpath(path), *rel, *to;
	size_t n = strlen(p->root);

	if (!real) {
		err_errno(e, "%s: cannot open", path);
		return NULL;
	}
	if (!strncmp(real, p->root, n) && real[n] == '/') {
		rel = xstrdup(real + n + 1);
		free(real);
		return rel;
	}
	rel = xasprintf("media/%s", path_basename(path));
	to = path_join(p->root, rel);
	if (copy_once(real, to, rel, e) < 0) {
		free(rel);
		rel = NULL;
	}
	free(real);
	free(to);
	return rel;
}
