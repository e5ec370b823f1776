/*
 * inject: run a program and let one of its calls that change files fail, as
 * strace -e inject does, but counted over all its processes and threads, by the
 * path that is changed, and with short writes that really write the half.
 *
 *	inject [-b DIR] [-l LOG] [-t SECONDS] [-k N -f FAULT] -d DIR... \
 *		-- COMMAND...
 *
 * Counted are the calls of programs in -b that change something below a folder
 * -d. At the Nth of them (from 1) comes FAULT:
 *
 *	kill     SIGKILL for all processes at once, as when power fails
 *	kill-one SIGKILL for the process that calls
 *	INT ...  that signal for the process that calls; the call is made
 *	short    a write writes half
 *	EIO ...  the call fails so; "ENOSPC+": also all after it that need
 *	         room
 *
 * LOG gets a line a call, in the order in which they were made, with tabs:
 * its number ("-" for what is not counted), the process, "own" or "other",
 * the call, its path, its second path, and the bytes of a write or the SHA-256
 * of what is renamed. The exit status is the command's, 128 + n for a signal,
 * 124 when it took longer, 125 where inject itself failed, 126 where this
 * system lets no calls be watched.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/hash.h"
#include "call.h"

#define SECONDS 60
#define LEFT_MS 3000 /* for what the command leaves behind */

static const struct {
	const char *name;
	int value, is_signal;
} fault_names[] = {
	{ "EIO", EIO, 0 }, { "ENOSPC", ENOSPC, 0 }, { "EINTR", EINTR, 0 },
	{ "EDQUOT", EDQUOT, 0 }, { "EACCES", EACCES, 0 },
	{ "EMFILE", EMFILE, 0 }, { "EROFS", EROFS, 0 },
	{ "INT", SIGINT, 1 }, { "TERM", SIGTERM, 1 }, { "HUP", SIGHUP, 1 },
	{ "PIPE", SIGPIPE, 1 },
};

static struct {
	FILE *log;
	long at, nr;      /* which call, calls so far */
	int kill_all, kill_one, half, again;
	int errnum, sig;
	int seconds;
	pid_t main;
	int status;       /* of the command; -1 while it runs */
} run = { .seconds = SECONDS, .status = -1 };

static void
fail(const char *what)
{
	fprintf(stderr, "inject: %s: %s\n", what, strerror(errno));
	exit(errno == EPERM || errno == ENOSYS || errno == EBUSY ? 126 : 125);
}

static void
set_fault(char *s)
{
	size_t n = strlen(s), i;

	if (n && s[n - 1] == '+') {
		run.again = 1;
		s[n - 1] = '\0';
	}
	run.kill_all = !strcmp(s, "kill");
	run.kill_one = !strcmp(s, "kill-one");
	run.half = !strcmp(s, "short");
	if (run.kill_all || run.kill_one || run.half)
		return;
	for (i = 0; i < sizeof(fault_names) / sizeof(*fault_names); i++) {
		if (strcmp(s, fault_names[i].name) != 0)
			continue;
		if (fault_names[i].is_signal)
			run.sig = fault_names[i].value;
		else
			run.errnum = fault_names[i].value;
		return;
	}
	fprintf(stderr, "inject: there is no fault '%s'\n", s);
	exit(125);
}

/* Every process below ours, by the parents that /proc names. */
static int
kill_children(pid_t pid)
{
	char name[64], list[1 << 12], *s, *end;
	int fd, found = 0;
	ssize_t k;
	long child;

	snprintf(name, sizeof(name), "/proc/%d/task/%d/children", (int)pid,
	    (int)pid);
	fd = open(name, O_RDONLY | O_CLOEXEC);
	k = fd < 0 ? 0 : read(fd, list, sizeof(list) - 1);
	if (fd >= 0)
		close(fd);
	list[k < 0 ? 0 : k] = '\0';
	for (s = list; (child = strtol(s, &end, 10)) > 0; s = end) {
		kill((pid_t)child, SIGSTOP); /* it must start no others */
		kill_children((pid_t)child);
		kill((pid_t)child, SIGKILL);
		found = 1;
	}
	return found;
}

/* Is there anything that is not? */
static int
reap(void)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		if (pid == run.main)
			run.status = WIFSIGNALED(status)
			    ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
	return pid == 0;
}

static void
kill_all(void)
{
	int i;

	for (i = 0; i < 1000 && kill_children(getpid()); i++) {
		reap();
		usleep(500);
	}
}

static void
note(const struct call *c, int counted)
{
	char sum[SHA256_HEX] = "", number[24] = "-";

	if (!run.log)
		return;
	if (counted)
		snprintf(number, sizeof(number), "%ld", run.nr);
	if (!strcmp(c->kind->name, "rename"))
		sha256_file(c->path[0], sum, NULL, NULL);
	else if (c->count)
		snprintf(sum, sizeof(sum), "%lld", c->count);
	fprintf(run.log, "%s\t%d\t%s\t%s\t%s\t%s\t%s\n", number, (int)c->pid,
	    c->own ? "own" : "other", c->kind->name, c->path[0], c->path[1],
	    sum);
}

/* A lock that cannot be closed would be held, which no system does; it is
 * empty. And a full disk takes what needs no room. */
static int
is_spared(const struct call *c)
{
	static const char *const need[] = { "open", "mkdir", "write", "pwrite",
		"writev", "fallocate", "ftruncate", "rename", "link" };
	struct stat st;
	size_t i;

	if (!strcmp(c->kind->name, "close"))
		return run.again || stat(c->path[0], &st) < 0 || !st.st_size;
	for (i = 0; run.again && i < sizeof(need) / sizeof(*need); i++)
		if (!strcmp(c->kind->name, need[i]))
			return 0;
	return run.again;
}

/* The reply to a counted call that is to fail. */
static void
strike(const struct seccomp_notif *n, const struct call *c,
    struct seccomp_notif_resp *r)
{
	long k;

	if (run.errnum && is_spared(c))
		return;
	if (run.errnum) {
		r->flags = 0;
		r->error = -run.errnum;
	} else if (run.kill_all) {
		kill_all();
	} else if (run.kill_one) {
		kill(c->pid, SIGKILL);
	} else if (run.sig) {
		kill(c->pid, run.sig);
	} else if (run.half) {
		k = call_write_half(n, c);
		if (k > 0) {
			r->flags = 0;
			r->val = k;
		}
	}
}

static void
answer(int fd)
{
	static struct call c;
	struct seccomp_notif n;
	struct seccomp_notif_resp r;
	int on_fd, counted, syncs;

	memset(&n, 0, sizeof(n));
	memset(&r, 0, sizeof(r));
	if (ioctl(fd, SECCOMP_IOCTL_NOTIF_RECV, &n) < 0)
		return; /* it was killed meanwhile */
	r.id = n.id;
	r.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
	call_read(&n, &c);
	on_fd = c.kind && c.kind->fd >= 0;
	counted = c.kind && c.own && c.inside;
	if (counted && !strcmp(c.kind->name, "close"))
		counted = c.writable;
	run.nr += counted;
	syncs = c.kind && (c.kind->nr == __NR_fsync ||
	    c.kind->nr == __NR_fdatasync);
	/* the power does not fail here, so time is saved */
	if (syncs) {
		r.flags = 0;
		r.val = 0;
	}
	/* what is written elsewhere was opened there, which says enough */
	if (counted || (c.kind && c.path[0][0] &&
	    (!on_fd || syncs)))
		note(&c, counted);
	if (counted && run.at && (run.nr == run.at ||
	    (run.again && run.nr > run.at)))
		strike(&n, &c, &r);
	ioctl(fd, SECCOMP_IOCTL_NOTIF_SEND, &r);
}

/* The descriptor of the filter comes as a message. */
static int
receive(int from)
{
	char byte, room[CMSG_SPACE(sizeof(int))];
	struct iovec io = { &byte, 1 };
	struct msghdr m = { .msg_iov = &io, .msg_iovlen = 1,
		.msg_control = room, .msg_controllen = sizeof(room) };
	struct cmsghdr *h;
	int fd = -1;

	if (recvmsg(from, &m, MSG_CMSG_CLOEXEC) > 0 &&
	    (h = CMSG_FIRSTHDR(&m)))
		memcpy(&fd, CMSG_DATA(h), sizeof(fd));
	return fd;
}

static void
child(int to, char **argv)
{
	char byte = 0, room[CMSG_SPACE(sizeof(int))] = "";
	struct iovec io = { &byte, 1 };
	struct msghdr m = { .msg_iov = &io, .msg_iovlen = 1,
		.msg_control = room, .msg_controllen = sizeof(room) };
	struct cmsghdr *h = CMSG_FIRSTHDR(&m);
	int fd = filter_install();

	if (fd < 0)
		fail("seccomp");
	h->cmsg_level = SOL_SOCKET;
	h->cmsg_type = SCM_RIGHTS;
	h->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(h), &fd, sizeof(fd));
	if (sendmsg(to, &m, 0) < 0)
		fail("sendmsg");
	fcntl(fd, F_SETFD, FD_CLOEXEC);
	execvp(argv[0], argv);
	fail(argv[0]);
}

static long long
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

/* Until nothing is left of it. */
static int
watch(int fd)
{
	struct pollfd p = { fd, POLLIN, 0 };
	long long end = now_ms() + run.seconds * 1000LL;
	int done = 0, late = 0;

	for (;;) {
		if (poll(&p, 1, 20) > 0) {
			if (p.revents & POLLIN)
				answer(fd);
			else if (p.revents & POLLHUP)
				usleep(200);
		}
		if (!reap())
			break;
		if (run.status >= 0 && !done) {
			done = 1;
			end = now_ms() + LEFT_MS;
		}
		if (now_ms() > end) {
			late = !done;
			if (done)
				fprintf(stderr,
				    "inject: it left processes behind\n");
			kill_all();
			reap();
			break;
		}
	}
	return late ? 124 : run.status < 0 ? 137 : run.status;
}

int
main(int argc, char **argv)
{
	int opt, pair[2], fd;

	while ((opt = getopt(argc, argv, "+b:d:l:t:k:f:")) >= 0) {
		switch (opt) {
		case 'b': call_programs(optarg); break;
		case 'd':
			if (call_folder(optarg) < 0)
				return 125;
			break;
		case 'l':
			run.log = fopen(optarg, "we");
			if (!run.log)
				fail(optarg);
			break;
		case 't': run.seconds = (int)strtol(optarg, NULL, 10); break;
		case 'k': run.at = strtol(optarg, NULL, 10); break;
		case 'f': set_fault(optarg); break;
		default: return 125;
		}
	}
	if (optind == argc) {
		fprintf(stderr, "inject: name a command\n");
		return 125;
	}
	prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
		fail("socketpair");
	run.main = fork();
	if (run.main < 0)
		fail("fork");
	if (!run.main) {
		close(pair[0]);
		if (run.log)
			close(fileno(run.log));
		child(pair[1], argv + optind);
	}
	close(pair[1]);
	fd = receive(pair[0]);
	if (fd < 0) {
		waitpid(run.main, &run.status, 0);
		return WIFEXITED(run.status) ? WEXITSTATUS(run.status) : 125;
	}
	return watch(fd);
}
