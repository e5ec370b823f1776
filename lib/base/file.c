#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <linux/fs.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/path.h"

int
file_open_regular(const char *path, struct err *e)
{
	struct stat st;
	int fd;

	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (fd < 0) {
		if (errno == ELOOP)
			return err_set(e, EX_DATA, "%s: is a symbolic link; "
			    "put the file itself there", path);
		return err_errno(e, "%s: cannot open", path);
	}
	if (fstat(fd, &st) < 0) {
		err_errno(e, "%s: cannot stat", path);
		close(fd);
		return -1;
	}
	if (!S_ISREG(st.st_mode)) {
		close(fd);
		errno = EINVAL;
		return err_set(e, EX_DATA,
		    "%s: is not a regular file; put a plain file there", path);
	}
	return fd;
}

/* May a call that failed be made again? Where it was given a descriptor that
 * does not wait, as a pipe may be by whoever else has it, after waiting. */
static int
again(int fd, short events)
{
	struct pollfd f = { .fd = fd, .events = events };

	if (errno == EAGAIN)
		return poll(&f, 1, -1) > 0 || errno == EINTR;
	return errno == EINTR;
}

ssize_t
file_read_some(int fd, void *buf, size_t n)
{
	ssize_t k;

	do
		k = read(fd, buf, n);
	while (k < 0 && again(fd, POLLIN));
	return k;
}

int
file_write_all(int fd, const void *p, size_t n)
{
	const char *s = p;
	ssize_t k;

	while (n > 0) {
		k = write(fd, s, n);
		if (k < 0) {
			if (again(fd, POLLOUT))
				continue;
			return -1;
		}
		s += k;
		n -= (size_t)k;
	}
	return 0;
}

int
file_sync(int fd)
{
	int ret;

	do
		ret = fsync(fd);
	while (ret < 0 && errno == EINTR);
	return ret;
}

int
fd_read(int fd, const char *name, size_t limit, struct strbuf *out,
    struct err *e)
{
	size_t had = out->len;
	ssize_t k;

	for (;;) {
		strbuf_grow(out, 1 << 14);
		k = file_read_some(fd, out->buf + out->len, 1 << 14);
		if (k < 0) {
			strbuf_setlen(out, had);
			return err_errno(e, "%s: cannot read", name);
		}
		if (k == 0)
			return 0;
		strbuf_setlen(out, out->len + (size_t)k);
		if (out->len - had > limit) {
			strbuf_setlen(out, had);
			return err_set(e, EX_DATA, "%s: is over %zu bytes; "
			    "split it or make it smaller", name, limit);
		}
	}
}

int
file_read(const char *path, size_t limit, struct strbuf *out, struct err *e)
{
	int fd, ret, errnum;

	fd = file_open_regular(path, e);
	if (fd < 0)
		return -1;
	ret = fd_read(fd, path, limit, out, e);
	errnum = errno;
	close(fd);
	errno = errnum;
	return ret;
}

int
file_read_typed(const char *path, size_t limit, struct strbuf *out,
    struct err *e)
{
	struct stat st;
	int fd, ret, errnum;

	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return err_errno(e, "%s: cannot open", path);
	if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
		errno = EISDIR;
		ret = err_set(e, EX_DATA, "%s: is a folder; name a file in it",
		    path);
	} else {
		ret = fd_read(fd, path, limit, out, e);
	}
	errnum = errno;
	close(fd);
	errno = errnum;
	return ret;
}

int
file_write(const char *path, const void *p, size_t n, struct err *e)
{
	struct tempfile *t = tempfile_new(path, e);

	if (!t)
		return -1;
	if (file_write_all(tempfile_fd(t), p, n) < 0) {
		err_errno(e, "%s: cannot write", path);
		tempfile_abandon(t);
		return -1;
	}
	return tempfile_commit(t, e);
}

int
file_write_changed(const char *path, const void *p, size_t n, struct err *e)
{
	struct strbuf old = STRBUF_INIT;
	int same;

	same = file_read(path, n, &old, NULL) == 0 && old.len == n &&
	    !memcmp(old.buf, p, n);
	strbuf_release(&old);
	if (same)
		return 0;
	return file_write(path, p, n, e) < 0 ? -1 : 1;
}

static int
copy_bytes(int in, int out, const char *from, const char *to, struct err *e)
{
	char *buf = xmalloc(1 << 16);
	ssize_t k;
	int ret = 0;

	while ((k = file_read_some(in, buf, 1 << 16)) > 0) {
		if (file_write_all(out, buf, (size_t)k) < 0) {
			ret = err_errno(e, "%s: cannot write", to);
			break;
		}
	}
	if (k < 0)
		ret = err_errno(e, "%s: cannot read", from);
	free(buf);
	return ret;
}

int
file_copy(const char *from, const char *to, struct err *e)
{
	struct tempfile *t;
	int in;

	in = file_open_regular(from, e);
	if (in < 0)
		return -1;
	t = tempfile_new(to, e);
	if (!t) {
		close(in);
		return -1;
	}
	if (ioctl(tempfile_fd(t), FICLONE, in) < 0 &&
	    copy_bytes(in, tempfile_fd(t), from, to, e) < 0) {
		close(in);
		tempfile_abandon(t);
		return -1;
	}
	close(in);
	return tempfile_commit(t, e);
}

int
file_sync_parent(const char *path, struct err *e)
{
	char *dir = path_dirname(path);
	int fd, ret = 0;

	fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	/* EINVAL: a file system without fsync for folders has its order */
	if (fd < 0 || (file_sync(fd) < 0 && errno != EINVAL))
		ret = err_errno(e, "%s: cannot sync the folder", dir);
	if (fd >= 0)
		close(fd);
	free(dir);
	return ret;
}

/* One folder that is to be there; the entry that names it is made safe too. */
static int
make_dir(const char *path, struct err *e)
{
	struct stat st;
	int found = stat(path, &st) == 0;

	if (!found && mkdir(path, 0777) == 0)
		return file_sync_parent(path, e);
	if (!found && errno != EEXIST)
		return err_errno(e, "%s: cannot make the folder", path);
	if (!found && stat(path, &st) < 0)
		return err_errno(e, "%s: cannot stat", path);
	if (!S_ISDIR(st.st_mode))
		return err_set(e, EX_IO, "%s: is not a folder; move it away",
		    path);
	return 0;
}

int
file_mkdirs(const char *path, struct err *e)
{
	char *copy = xstrdup(path), *p = copy;
	struct stat st;
	int ret = 0;

	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
		free(copy);
		return 0;
	}
	p += strspn(p, "/");
	while (*p && ret == 0) {
		p += strcspn(p, "/");
		if (*p) {
			*p = '\0';
			ret = make_dir(copy, e);
			*p++ = '/';
			p += strspn(p, "/");
		} else {
			ret = make_dir(copy, e);
		}
	}
	free(copy);
	return ret;
}

static int
remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
	(void)st;
	(void)flag;
	(void)ftw;
	return remove(path) < 0 && errno != ENOENT ? -1 : 0;
}

int
file_remove_tree(const char *path, struct err *e)
{
	if (!file_exists(path))
		return 0;
	if (nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS) < 0)
		return err_errno(e, "%s: cannot remove", path);
	return 0;
}

int
file_exists(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0;
}
