/*
 * The broker: a process of one thread that starts the children that read
 * pictures, moving ones and sounds, for a process of many.
 *
 * A request is a struct movie_task with the descriptors of the child's socket,
 * of a leash, of the file, and of the job's memory where there is one. The
 * broker keeps the leash: when the other end of it is closed, the child is
 * killed. When the requests end, all are.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "media/movie_part.h"

#define CHILDREN_MAX 512
#define FDS_MAX 4 /* socket, leash, file, job */
#define REQUESTS 3 /* the descriptor that they come by */

static int broker = -1; /* to it; -1: there is none */
static pid_t broker_pid;
static int users;

union control {
	char buf[CMSG_SPACE(FDS_MAX * sizeof(int))];
	struct cmsghdr align;
};

struct brood {
	struct pollfd wait[CHILDREN_MAX + 1]; /* the first: requests */
	pid_t pid[CHILDREN_MAX + 1];
	size_t nr;
};

static void
close_all(const int *fd, int nr)
{
	int i;

	for (i = 0; i < nr; i++)
		close(fd[i]);
}

/* 1, 0 at the end. */
static int
receive(struct movie_task *t, int fd[FDS_MAX], int *nr)
{
	union control c;
	struct iovec v = { t, sizeof(*t) };
	struct msghdr m = { .msg_iov = &v, .msg_iovlen = 1,
		.msg_control = c.buf, .msg_controllen = sizeof(c.buf) };
	struct cmsghdr *h;
	ssize_t k;

	*nr = 0;
	do
		k = recvmsg(REQUESTS, &m, MSG_CMSG_CLOEXEC);
	while (k < 0 && errno == EINTR);
	h = k > 0 ? CMSG_FIRSTHDR(&m) : NULL;
	if (h && h->cmsg_type == SCM_RIGHTS) {
		*nr = (int)((h->cmsg_len - CMSG_LEN(0)) / sizeof(int));
		memcpy(fd, CMSG_DATA(h), (size_t)*nr * sizeof(int));
	}
	return k == (ssize_t)sizeof(*t);
}

/* Take a request; -1: there will be no more. */
static int
start(struct brood *b)
{
	int fd[FDS_MAX], nr;
	struct movie_task t;
	pid_t pid = -1;

	if (!receive(&t, fd, &nr))
		return -1;
	if (nr >= 3 && b->nr < CHILDREN_MAX)
		pid = fork();
	if (pid == 0)
		movie_child_run(fd[0], fd[2], nr > 3 ? fd[3] : -1, &t);
	if (pid < 0) {
		close_all(fd, nr); /* which the asker sees */
		return 0;
	}
	b->nr++;
	b->wait[b->nr].fd = fd[1];
	b->wait[b->nr].events = POLLIN;
	b->pid[b->nr] = pid;
	close(fd[0]);
	close_all(fd + 2, nr - 2);
	return 0;
}

static void
end(struct brood *b, size_t i)
{
	kill(b->pid[i], SIGKILL);
	while (waitpid(b->pid[i], NULL, 0) < 0 && errno == EINTR)
		;
	close(b->wait[i].fd);
	b->wait[i] = b->wait[b->nr];
	b->pid[i] = b->pid[b->nr];
	b->nr--;
}

static void
serve(void)
{
	static struct brood b;
	size_t i;

	b.wait[0].fd = REQUESTS;
	b.wait[0].events = POLLIN;
	for (;;) {
		if (poll(b.wait, b.nr + 1, -1) < 0)
			continue;
		for (i = b.nr; i > 0; i--)
			if (b.wait[i].revents)
				end(&b, i);
		if (b.wait[0].revents && start(&b) < 0)
			break;
	}
	while (b.nr)
		end(&b, b.nr);
	_exit(0);
}

void
movie_broker_open(void)
{
	int pair[2];

	if (users++ ||
	    socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
		return;
	broker_pid = fork();
	if (broker_pid == 0) {
		signal(SIGINT, SIG_DFL);
		signal(SIGTERM, SIG_DFL);
		if ((pair[1] != REQUESTS && dup2(pair[1], REQUESTS) < 0) ||
		    close_range(REQUESTS + 1, ~0U, 0) < 0)
			_exit(1);
		serve();
	}
	close(pair[1]);
	if (broker_pid < 0)
		close(pair[0]);
	else
		broker = pair[0];
}

void
movie_broker_close(void)
{
	if (--users || broker < 0)
		return;
	close(broker);
	broker = -1;
	while (waitpid(broker_pid, NULL, 0) < 0 && errno == EINTR)
		;
}

static int
ask(const int *fd, size_t nr, const struct movie_task *t)
{
	union control c;
	struct movie_task copy = *t;
	struct iovec v = { &copy, sizeof(copy) };
	struct msghdr m = { .msg_iov = &v, .msg_iovlen = 1,
		.msg_control = c.buf };
	struct cmsghdr *h;
	ssize_t k;

	memset(&c, 0, sizeof(c));
	m.msg_controllen = CMSG_SPACE(nr * sizeof(int));
	h = CMSG_FIRSTHDR(&m);
	h->cmsg_level = SOL_SOCKET;
	h->cmsg_type = SCM_RIGHTS;
	h->cmsg_len = CMSG_LEN(nr * sizeof(int));
	memcpy(CMSG_DATA(h), fd, nr * sizeof(int));
	do
		k = sendmsg(broker, &m, MSG_NOSIGNAL);
	while (k < 0 && errno == EINTR);
	return k == (ssize_t)sizeof(copy) ? 0 : -1;
}

int
movie_broker_start(struct movie_child *c, int fd, int job,
    const struct movie_task *t)
{
	int work[2], leash[2], all[FDS_MAX], k;

	if (broker < 0 || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0,
	    work) < 0)
		return -1;
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, leash) < 0) {
		close_all(work, 2);
		return -1;
	}
	all[0] = work[1];
	all[1] = leash[1];
	all[2] = fd;
	all[3] = job;
	k = ask(all, job < 0 ? 3 : 4, t);
	close(work[1]);
	close(leash[1]);
	if (k < 0) {
		close(work[0]);
		close(leash[0]);
		return -1;
	}
	c->pid = 0;
	c->socket = work[0];
	c->leash = leash[0];
	return 0;
}
