#include "base/cache_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"

/* The folder, made where it is wanted. */
static int
open_build(const char *root, int make)
{
	char *path = xasprintf("%s/build", root);
	int fd = -1;

	if (!make || mkdir(path, 0777) == 0 || errno == EEXIST)
		fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW |
		    O_CLOEXEC);
	free(path);
	return fd;
}

static int
open_in(const char *root, const char *name, int flags)
{
	int dir = open_build(root, flags & O_CREAT), fd = -1;
	struct stat st;

	if (dir < 0)
		return -1;
	fd = openat(dir, name, flags | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC,
	    0666);
	close(dir);
	/* nor is what has another name, maybe elsewhere, written to */
	if (fd >= 0 && (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode) ||
	    (flags & O_CREAT && st.st_nlink != 1))) {
		close(fd);
		fd = -1;
	}
	return fd;
}

/* By name: a fork of this program may hold the same open file for long. */
static void
unlock(int fd)
{
	flock(fd, LOCK_UN);
	close(fd);
}

int
cache_read(const char *root, const char *name, size_t limit,
    struct strbuf *out)
{
	int fd = open_in(root, name, O_RDONLY), ret;
	struct stat st;

	if (fd < 0)
		return -1;
	/* half of what another program appends just now looks like a broken
	 * file; where there are no locks, it is taken for one */
	flock(fd, LOCK_SH);
	ret = fstat(fd, &st) < 0 || (uint64_t)st.st_size > limit ? -1 : 0;
	if (ret == 0) {
		strbuf_grow(out, (size_t)st.st_size + (1 << 14));
		ret = fd_read(fd, name, limit, out, NULL);
	}
	unlock(fd);
	return ret;
}

int
cache_append(const char *root, const char *name, const void *p, size_t n)
{
	int fd = open_in(root, name, O_WRONLY | O_APPEND | O_CREAT), ret;

	if (fd < 0)
		return -1;
	flock(fd, LOCK_EX);
	ret = file_write_all(fd, p, n);
	unlock(fd);
	return ret;
}

int
cache_replace(const char *root, const char *name, const void *p, size_t n)
{
	char *temp = xasprintf(".%s.%ld.tmp", name, (long)getpid());
	int dir = open_build(root, 1), fd = -1, ret = -1;

	if (dir >= 0 && (unlinkat(dir, temp, 0) == 0 || errno == ENOENT))
		fd = openat(dir, temp, O_WRONLY | O_CREAT | O_EXCL |
		    O_NOFOLLOW | O_CLOEXEC, 0666);
	if (fd >= 0) {
		ret = file_write_all(fd, p, n);
		if (close(fd) < 0 || ret < 0 ||
		    renameat(dir, temp, dir, name) < 0) {
			unlinkat(dir, temp, 0);
			ret = -1;
		}
	}
	if (dir >= 0)
		close(dir);
	free(temp);
	return ret;
}
