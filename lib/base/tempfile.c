/*
 * The temp files of base/file.h. All live ones are in a list that exit and the
 * usual signals walk; the owner's pid keeps a forked child from removing its
 * parent's.
 */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/path.h"

struct tempfile {
	struct tempfile *volatile next;
	char *volatile path; /* NULL once committed or abandoned */
	char *target;
	pid_t owner;
	int fd;
};

static struct tempfile *volatile live;
static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;

static void
remove_live(void)
{
	struct tempfile *t;

	for (t = live; t; t = t->next)
		if (t->path && t->owner == getpid())
			unlink(t->path);
}

/* Other threads make none after this. The guard may be our own already: who
 * makes a temp file may be out of memory. */
static void
remove_last(void)
{
	struct timespec until;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec++;
	pthread_mutex_timedlock(&guard, &until);
	remove_live();
}

static void
on_signal(int sig)
{
	remove_live();
	signal(sig, SIG_DFL);
	raise(sig);
}

static void
watch(void)
{
	static const int sigs[] = { SIGINT, SIGTERM, SIGHUP, SIGPIPE };
	static int watching;
	struct sigaction sa, old;
	size_t i;

	if (watching)
		return;
	watching = 1;
	atexit(remove_live);
	(void)at_quick_exit(remove_last); /* mem_failed() */
	memset(&sa, 0, sizeof(sa));
	sa.sa_handler = on_signal;
	for (i = 0; i < sizeof(sigs) / sizeof(*sigs); i++)
		if (sigaction(sigs[i], NULL, &old) == 0 &&
		    old.sa_handler == SIG_DFL)
			sigaction(sigs[i], &sa, NULL);
}

/* Who sweeps the leftovers of dead programs takes the same lock, and may have
 * been faster: then the file is his. Where there are no locks, so be it. */
static int
own(int fd)
{
	struct stat st;

	if (flock(fd, LOCK_EX | LOCK_NB) < 0 && errno == EWOULDBLOCK)
		return 0;
	return fstat(fd, &st) < 0 || st.st_nlink > 0;
}

/* Open a file that is not there yet: one of a killed program that had our pid
 * (in a container it always does) or of one in another container may be. */
static void
open_new(struct tempfile *t, const char *dir)
{
	static unsigned counter;

	do {
		free(t->path);
		t->path = xasprintf("%s/.%s.%ld.%u.tmp", dir,
		    path_basename(t->target), (long)t->owner, counter++);
		t->fd = open(t->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC,
		    0666);
		if (t->fd >= 0 && !own(t->fd)) {
			close(t->fd);
			t->fd = -1;
			errno = EEXIST;
		}
	} while (t->fd < 0 && errno == EEXIST);
}

struct tempfile *
tempfile_new(const char *target, struct err *e)
{
	struct tempfile *t = xcalloc(1, sizeof(*t));
	char *dir = path_dirname(target);

	pthread_mutex_lock(&guard);
	watch();
	t->owner = getpid();
	t->target = xstrdup(target);
	open_new(t, dir);
	free(dir);
	if (t->fd >= 0) {
		t->next = live;
		live = t;
	}
	pthread_mutex_unlock(&guard);
	if (t->fd < 0) {
		err_errno(e, "%s: cannot write beside it", target);
		free(t->path);
		free(t->target);
		free(t);
		return NULL;
	}
	return t;
}

int
tempfile_fd(struct tempfile *t)
{
	return t->fd;
}

const char *
tempfile_path(struct tempfile *t)
{
	return t->path;
}

static void
forget(struct tempfile *t)
{
	struct tempfile *volatile *p;
	sigset_t all, old;

	sigfillset(&all);
	pthread_mutex_lock(&guard);
	pthread_sigmask(SIG_SETMASK, &all, &old);
	for (p = &live; *p; p = &(*p)->next) {
		if (*p == t) {
			*p = t->next;
			break;
		}
	}
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	pthread_mutex_unlock(&guard);
	if (t->fd >= 0)
		close(t->fd);
	free(t->path);
	free(t->target);
	free(t);
}

int
tempfile_commit(struct tempfile *t, struct err *e)
{
	int fd = t->fd, lock = -1;

	if (file_sync(fd) < 0) {
		err_errno(e, "%s: cannot sync", t->target);
		goto fail;
	}
	/* ours until it has its name */
	lock = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	t->fd = -1;
	if (close(fd) < 0) {
		err_errno(e, "%s: cannot write", t->target);
		goto fail;
	}
	if (rename(t->path, t->target) < 0) {
		err_errno(e, "%s: cannot put in place", t->target);
		goto fail;
	}
	if (lock >= 0)
		close(lock);
	if (file_sync_parent(t->target, e) < 0) {
		forget(t);
		return -1;
	}
	forget(t);
	return 0;
fail:
	tempfile_abandon(t);
	if (lock >= 0)
		close(lock);
	return -1;
}

void
tempfile_abandon(struct tempfile *t)
{
	int errnum = errno;

	if (!t)
		return;
	unlink(t->path);
	forget(t);
	errno = errnum;
}

int
tempfile_is_name(const char *name)
{
	size_t n = strlen(name), k;
	const char *p = name + n;
	int i;

	if (name[0] != '.' || n < 9 || strcmp(p - 4, ".tmp") != 0)
		return 0;
	/* .NAME.PID.N.tmp, from its end */
	for (i = 0, p -= 4; i < 2; i++, p--) {
		for (k = 0; p > name && strchr("0123456789", p[-1]); p--)
			k++;
		if (!k || p <= name + 1 || p[-1] != '.')
			return 0;
	}
	return p > name + 1;
}

/* A lock on it, once nobody else has one; -1 with errno. */
static int
take_dead(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	struct stat st;

	if (fd < 0)
		return -1;
	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode) ||
	    flock(fd, LOCK_EX | LOCK_NB) < 0) {
		close(fd);
		errno = EWOULDBLOCK;
		return -1;
	}
	return fd;
}

int
tempfile_is_dead(const char *path)
{
	int fd = tempfile_is_name(path_basename(path)) ? take_dead(path) : -1;

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

int
tempfile_remove_dead(const char *path, struct err *e)
{
	int fd = tempfile_is_name(path_basename(path)) ? take_dead(path) : -1;
	int ret = fd >= 0;

	if (fd >= 0 && unlink(path) < 0 && errno != ENOENT)
		ret = err_errno(e, "%s: cannot remove", path);
	if (fd >= 0)
		close(fd);
	return ret;
}

void
tempfile_sweep(const char *dir, const char *start)
{
	size_t n = strlen(start), len;
	const struct dirent *ent;
	DIR *d = xopendir(dir);

	while (d && (ent = readdir(d))) {
		len = strlen(ent->d_name);
		if (ent->d_name[0] == '.' && len > n + 5 &&
		    !strncmp(ent->d_name + 1, start, n) &&
		    !strcmp(ent->d_name + len - 4, ".tmp"))
			unlinkat(dirfd(d), ent->d_name, 0);
	}
	if (d)
		closedir(d);
}
