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
#include <sys/stat.h>
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
	memset(&sa, 0, sizeof(sa));
	sa.sa_handler = on_signal;
	for (i = 0; i < sizeof(sigs) / sizeof(*sigs); i++)
		if (sigaction(sigs[i], NULL, &old) == 0 &&
		    old.sa_handler == SIG_DFL)
			sigaction(sigs[i], &sa, NULL);
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
	int fd = t->fd;

	if (fsync(fd) < 0) {
		err_errno(e, "%s: cannot sync", t->target);
		goto fail;
	}
	t->fd = -1;
	if (close(fd) < 0) {
		err_errno(e, "%s: cannot write", t->target);
		goto fail;
	}
	if (rename(t->path, t->target) < 0) {
		err_errno(e, "%s: cannot put in place", t->target);
		goto fail;
	}
	if (file_sync_parent(t->target, e) < 0) {
		forget(t);
		return -1;
	}
	forget(t);
	return 0;
fail:
	tempfile_abandon(t);
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

void
tempfile_sweep(const char *dir, const char *start)
{
	size_t n = strlen(start), len;
	const struct dirent *ent;
	DIR *d = opendir(dir);

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
