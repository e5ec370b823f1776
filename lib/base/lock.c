#include "base/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"

static int
open_lock(const char *path, struct err *e)
{
	char *dir;
	int fd, ret;

	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0 && errno == ENOENT) {
		dir = path_dirname(path);
		ret = file_mkdirs(dir, e);
		free(dir);
		if (ret < 0)
			return -1;
		fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW,
		    0600);
	}
	if (fd < 0)
		err_errno(e, "%s: cannot open the lock", path);
	return fd;
}

int
lock_take(const char *path, int wait, struct err *e)
{
	int fd = open_lock(path, e);

	if (fd < 0)
		return -1;
	while (flock(fd, wait ? LOCK_EX : LOCK_EX | LOCK_NB) < 0) {
		if (errno == EINTR)
			continue;
		if (errno == EWOULDBLOCK)
			err_set(e, EX_LATER, "%s: another program works here; "
			    "run this again when it is done", path);
		else
			err_errno(e, "%s: cannot lock", path);
		close(fd);
		return -1;
	}
	return fd;
}

int
lock_slot(const char *dir, int n, struct err *e)
{
	struct timespec nap = { 0, 5 * 1000 * 1000 };
	struct err why = ERR_INIT;
	char *path;
	int i, fd;

	for (;;) {
		for (i = 0; i < n; i++) {
			path = xasprintf("%s/slot.%d", dir, i);
			fd = lock_take(path, 0, &why);
			free(path);
			if (fd >= 0)
				return fd;
			if (why.code != EX_LATER) {
				if (e)
					*e = why;
				return -1;
			}
		}
		nanosleep(&nap, NULL);
		if (nap.tv_nsec < 80 * 1000 * 1000)
			nap.tv_nsec *= 2;
	}
}
