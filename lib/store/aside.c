#include "store/aside.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/path.h"
#include "store/made.h"
#include "store/object.h"
#include "store/state.h"

/* Named after what is in it, so the same is kept once. */
static int
keep(const struct project *p, const char *path, const char *sum,
    struct err *e)
{
	char *name = xasprintf("%.8s-%.12s-%s", p->id, sum,
	    path_basename(path));
	char *to = object_aside("kept", name);
	size_t n = strlen(p->root);
	int ret = object_mkdir_for(to, e);

	if (ret == 0 && !file_exists(to))
		ret = file_copy(path, to, e);
	if (ret == 0)
		warning("%s: was not as it was made, and is made anew; what "
		    "was there is kept as %s", !strncmp(path, p->root, n) &&
		    path[n] == '/' ? path + n + 1 : path, to);
	free(name);
	free(to);
	return ret;
}

int
aside_keep(const struct project *p, const char *path, const char *known,
    const char *next, struct err *e)
{
	char sum[SHA256_HEX];
	struct stat st;

	if (lstat(path, &st) < 0 || !S_ISREG(st.st_mode) || !st.st_size ||
	    state_is_pointer(path, (uint64_t)st.st_size))
		return 0;
	if (sha256_file(path, sum, NULL, e) < 0)
		return -1;
	if ((known && !strcmp(sum, known)) || (next && !strcmp(sum, next)) ||
	    made_is_ours(p->id, sum))
		return 0;
	return keep(p, path, sum, e);
}
