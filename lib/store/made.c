#include "store/made.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/strbuf.h"
#include "store/user.h"

#define LIST_BYTES (64u << 20)

static char *
list_path(const char *project_id)
{
	char *dir = store_dir();
	char *path = xasprintf("%s/made/%s", dir, project_id);

	free(dir);
	return path;
}

int
made_is_ours(const char *project_id, const char *sha256)
{
	struct strbuf b = STRBUF_INIT;
	char *path = list_path(project_id);
	int ours;

	ours = file_read(path, LIST_BYTES, &b, NULL) == 0 &&
	    strstr(b.buf, sha256) != NULL;
	strbuf_release(&b);
	free(path);
	return ours;
}

int
made_note(const char *project_id, const char *sha256, struct err *e)
{
	char *path, *dir, *line;
	int fd, ret;

	if (made_is_ours(project_id, sha256))
		return 0;
	path = list_path(project_id);
	dir = path_dirname(path);
	line = xasprintf("%s\n", sha256);
	ret = file_mkdirs(dir, e);
	if (ret < 0)
		err_set(e, EX_IO, "%s: cannot make this folder of yours; set "
		    "XDG_DATA_HOME to one that you can write", dir);
	if (ret == 0) {
		/* one write, so that programs in parallel keep whole lines */
		fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC,
		    0666);
		if (fd < 0 || file_write_all(fd, line, strlen(line)) < 0)
			ret = err_errno(e, "%s: cannot write", path);
		if (fd >= 0)
			close(fd);
	}
	free(line);
	free(dir);
	free(path);
	return ret;
}
