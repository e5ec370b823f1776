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

/* Between two looks for a free slot: a hundredth of the wait so far. */
#define NAP_LEAST_NS 1000000
#define NAP_MOST_NS 50000000

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

static int
take(const char *path, int how, struct err *e)
{
	int fd = open_lock(path, e);

	if (fd < 0)
		return -1;
	while (flock(fd, how) < 0) {
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
lock_take(const char *path, int wait, struct err *e)
{
	return take(path, wait ? LOCK_EX : LOCK_EX | LOCK_NB, e);
}

int
lock_share(const char *path, struct err *e)
{
	return take(path, LOCK_SH, e);
}

static int
take_part(const char *path, unsigned long long part, int how, struct err *e)
{
	struct flock byte = { .l_type = F_WRLCK, .l_whence = SEEK_SET,
		.l_start = (off_t)part, .l_len = 1 };
	int fd = open_lock(path, e);

	while (fd >= 0 && fcntl(fd, how, &byte) < 0) {
		if (errno == EINTR)
			continue;
		if (errno == EAGAIN || errno == EACCES)
			err_set(e, EX_LATER, "%s: another program works on "
			    "this; run it again when that is done", path);
		else
			err_errno(e, "%s: cannot lock", path);
		close(fd);
		return -1;
	}
	return fd;
}

int
lock_part(const char *path, unsigned long long part, struct err *e)
{
	return take_part(path, part, F_OFD_SETLKW, e);
}

int
lock_part_now(const char *path, unsigned long long part, struct err *e)
{
	return take_part(path, part, F_OFD_SETLK, e);
}

int
lock_part_is_held(const char *path, unsigned long long part)
{
	struct flock byte = { .l_type = F_WRLCK, .l_whence = SEEK_SET,
		.l_start = (off_t)part, .l_len = 1 };
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	int held = fd >= 0 && fcntl(fd, F_OFD_GETLK, &byte) == 0 &&
	    byte.l_type != F_UNLCK;

	if (fd >= 0)
		close(fd);
	return held;
}

/* There is no waiting for any one of several locks, so look at each in turn;
 * but only one program of all does. */
static int
watch_slots(const char *dir, const int *fd, int n, struct err *e)
{
	struct timespec nap = { 0, NAP_LEAST_NS };
	long long waited;
	int i;

	for (waited = 0;; waited += nap.tv_nsec) {
		for (i = 0; i < n; i++) {
			if (flock(fd[i], LOCK_EX | LOCK_NB) == 0)
				return i;
			if (errno != EWOULDBLOCK && errno != EINTR) {
				err_errno(e, "%s/slot.%d: cannot lock", dir,
				    i);
				return -1;
			}
		}
		if (waited / 100 > NAP_LEAST_NS)
			nap.tv_nsec = waited / 100 < NAP_MOST_NS
			    ? (long)(waited / 100) : NAP_MOST_NS;
		nanosleep(&nap, NULL);
	}
}

int
lock_slot(const char *dir, int n, struct err *e)
{
	char *path = xasprintf("%s/turn", dir);
	int turn = lock_take(path, 1, e), got = -1, ret = -1, nr, i;
	int *fd = xcalloc((size_t)n, sizeof(*fd));

	free(path);
	for (nr = 0; turn >= 0 && nr < n; nr++) {
		path = xasprintf("%s/slot.%d", dir, nr);
		fd[nr] = open_lock(path, e);
		free(path);
		if (fd[nr] < 0)
			break;
	}
	if (nr == n)
		got = watch_slots(dir, fd, n, e);
	if (got >= 0)
		ret = fd[got];
	for (i = 0; i < nr; i++)
		if (i != got)
			close(fd[i]);
	if (turn >= 0)
		close(turn);
	free(fd);
	return ret;
}
