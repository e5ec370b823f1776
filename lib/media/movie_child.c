#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/jail.h"
#include "media/movie_part.h"
#include "media/picture_decode.h"
#include "media/sound_part.h"

#define PATIENCE_MS 120000 /* without a word from the child */
#define KEPT 3             /* its two descriptors are this and the next */

/* What else the process has open must not stay so in the child: nobody would
 * see the other ends close. */
static int
keep_only(int socket, int fd)
{
	int a = fcntl(socket, F_DUPFD, KEPT + 2);
	int b = fcntl(fd, F_DUPFD, KEPT + 2);

	return a < 0 || b < 0 || dup2(a, KEPT) < 0 || dup2(b, KEPT + 1) < 0 ||
	    close_range(KEPT + 2, ~0U, 0) < 0 ? -1 : 0;
}

void
movie_child_run(int socket, int fd, int job, const struct movie_task *t)
{
	struct stat st = { .st_size = 0 };
	void *shared = NULL;

	signal(SIGPIPE, SIG_DFL);
	signal(SIGINT, SIG_DFL);
	signal(SIGTERM, SIG_DFL);
	if (job >= 0 && fstat(job, &st) == 0)
		shared = mmap(NULL, (size_t)st.st_size, PROT_READ |
		    PROT_WRITE, MAP_SHARED, job, 0);
	if (shared == MAP_FAILED || ((t->kind == MOVIE_DECODE ||
	    t->kind == PICTURE_DECODE) && !shared) ||
	    keep_only(socket, fd) < 0)
		_exit(1);
	jail_enter(t->bytes, t->seconds);
	switch (t->kind) {
	case MOVIE_DECODE:
		movie_decode_run(KEPT, KEPT + 1, shared, (size_t)st.st_size);
		break;
	case MOVIE_SCAN:
		movie_scan_run(KEPT, KEPT + 1);
		break;
	case PICTURE_DECODE:
		picture_child_run(KEPT, shared);
		break;
	default:
		sound_child_run(t->kind, KEPT, KEPT + 1);
	}
	_exit(0);
}

int
movie_child_start(struct movie_child *c, int fd, int job,
    const struct movie_task *t)
{
	int pair[2];

	c->pid = -1;
	c->socket = c->leash = -1;
	if (movie_broker_start(c, fd, job, t) == 0)
		return 0;
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0)
		return -1;
	c->pid = fork();
	if (c->pid == 0)
		movie_child_run(pair[1], fd, job, t);
	close(pair[1]);
	if (c->pid < 0) {
		close(pair[0]);
		return -1;
	}
	c->socket = pair[0];
	return 0;
}

int
movie_child_read(const struct movie_child *c, void *p, size_t n)
{
	struct pollfd w = { c->socket, POLLIN, 0 };
	char *at = p;
	ssize_t k;

	while (n) {
		k = poll(&w, 1, PATIENCE_MS);
		if (k < 0 && errno == EINTR)
			continue;
		if (k <= 0)
			return -1;
		k = recv(c->socket, at, n, 0);
		if (k < 0 && errno == EINTR)
			continue;
		if (k <= 0)
			return -1;
		at += k;
		n -= (size_t)k;
	}
	return 0;
}

void
movie_child_stop(struct movie_child *c)
{
	if (c->socket >= 0)
		close(c->socket);
	if (c->leash >= 0)
		close(c->leash);
	c->socket = c->leash = -1;
	if (c->pid <= 0)
		return;
	kill(c->pid, SIGKILL);
	while (waitpid(c->pid, NULL, 0) < 0 && errno == EINTR)
		;
	c->pid = -1;
}
