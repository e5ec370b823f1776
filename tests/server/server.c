/*
 * server: an HTTP/1.1 server on 127.0.0.1 that does what a script says, also
 * what no server should do. For tests of clients; script.h has the script,
 * journal.h what it leaves in DIR.
 *
 *	server [-t CERT.pem KEY.pem] SCRIPT DIR
 *
 * It ends at SIGTERM, with its parent, or after ten minutes.
 */
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/error.h"
#include "base/mem.h"
#include "journal.h"
#include "script.h"
#include "serve.h"
#include "wire.h"

#define LIFE_MS 600000 /* or STUDIO_SERVER_MS */
#define STOP_SECONDS 5 /* for connections to end when it stops */
#define STACK (512 << 10)
#define CONNS_MAX 1000

/* A connection that a thread serves. */
struct conn {
	int fd;
	unsigned long nr;
	struct conn *next, **back;
};

static struct {
	struct serve serve;
	struct wire_tls *tls; /* NULL: plain */
	pthread_attr_t attr;

	pthread_mutex_t lock; /* for what follows */
	pthread_cond_t idle;
	struct conn *conns;
	int nr_conns;
	unsigned long last_conn;
} server = {
	.serve.lock = PTHREAD_MUTEX_INITIALIZER,
	.lock = PTHREAD_MUTEX_INITIALIZER, .idle = PTHREAD_COND_INITIALIZER
};

static void
leave(struct conn *c)
{
	pthread_mutex_lock(&server.lock);
	*c->back = c->next;
	if (c->next)
		c->next->back = c->back;
	if (--server.nr_conns == 0)
		pthread_cond_signal(&server.idle);
	pthread_mutex_unlock(&server.lock);
	free(c);
}

static void *
run_conn(void *arg)
{
	struct conn *c = arg;
	struct wire *w = wire_new(c->fd, server.tls);

	if (w) {
		serve_wire(&server.serve, w, c->nr);
		wire_free(w);
	}
	leave(c);
	return NULL;
}

static void
start_conn(int fd)
{
	struct conn *c = xcalloc(1, sizeof(*c));
	pthread_t thread;

	c->fd = fd;
	pthread_mutex_lock(&server.lock);
	c->nr = ++server.last_conn;
	server.nr_conns++;
	c->next = server.conns;
	c->back = &server.conns;
	if (c->next)
		c->next->back = &c->next;
	server.conns = c;
	pthread_mutex_unlock(&server.lock);
	if (pthread_create(&thread, &server.attr, run_conn, c) != 0) {
		warning("no more threads");
		close(fd);
		leave(c);
	}
}

static int
listen_local(struct err *e)
{
	struct sockaddr_in a = { .sin_family = AF_INET };
	socklen_t len = sizeof(a);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (fd < 0 || bind(fd, (struct sockaddr *)&a, sizeof(a)) < 0 ||
	    listen(fd, SOMAXCONN) < 0 ||
	    getsockname(fd, (struct sockaddr *)&a, &len) < 0) {
		err_errno(e, "cannot listen on 127.0.0.1");
		if (fd >= 0)
			close(fd);
		return -1;
	}
	server.serve.port = ntohs(a.sin_port);
	return fd;
}

static int
count_conns(void)
{
	int n;

	pthread_mutex_lock(&server.lock);
	n = server.nr_conns;
	pthread_mutex_unlock(&server.lock);
	return n;
}

/* Accept until a signal comes or life is over. */
static void
accept_all(int listener, int signals)
{
	struct pollfd p[2] = {
		{ signals, POLLIN, 0 }, { listener, POLLIN, 0 }
	};
	const char *longer = getenv("STUDIO_SERVER_MS");
	int64_t life = longer ? strtoll(longer, NULL, 10) : LIFE_MS;
	int64_t end = monotonic_ms() + life, left;
	int fd, full;

	while ((left = end - monotonic_ms()) > 0) {
		full = count_conns() >= CONNS_MAX;
		p[0].revents = p[1].revents = 0;
		if (poll(p, full ? 1 : 2, full ? 10 : (int)left) < 0 &&
		    errno != EINTR)
			return;
		if (p[0].revents)
			return;
		if (!p[1].revents)
			continue;
		fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
		if (fd >= 0)
			start_conn(fd);
		else if (errno == EMFILE || errno == ENFILE)
			poll(p, 1, 10);
	}
}

/* End what goes on; whoever does not end in time is left to exit(). */
static int
end_conns(void)
{
	struct timespec until;
	struct conn *c;
	int left, why = 0;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += STOP_SECONDS;
	pthread_mutex_lock(&server.lock);
	for (c = server.conns; c; c = c->next)
		shutdown(c->fd, SHUT_RDWR);
	while (server.nr_conns && !why)
		why = pthread_cond_timedwait(&server.idle, &server.lock,
		    &until);
	left = server.nr_conns;
	pthread_mutex_unlock(&server.lock);
	return left;
}

/* Signals are read from a descriptor, so that no thread is interrupted. */
static int
take_signals(void)
{
	sigset_t set;

	signal(SIGPIPE, SIG_IGN);
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGHUP);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	return signalfd(-1, &set, SFD_CLOEXEC);
}

static void
allow_files(void)
{
	struct rlimit l;

	if (getrlimit(RLIMIT_NOFILE, &l) == 0) {
		l.rlim_cur = l.rlim_max;
		setrlimit(RLIMIT_NOFILE, &l);
	}
}

static int
run(int signals, struct err *e)
{
	int listener = listen_local(e);

	if (listener < 0)
		return -1;
	if (journal_port(&server.serve.journal, server.serve.port, e) < 0) {
		close(listener);
		return -1;
	}
	accept_all(listener, signals);
	close(listener);
	if (end_conns() > 0)
		_exit(EX_DONE);
	return 0;
}

int
main(int argc, char **argv)
{
	pid_t parent = getppid();
	int tls = argc > 1 && !strcmp(argv[1], "-t");
	char **arg = argv + (tls ? 4 : 1);
	struct err e = ERR_INIT;
	int signals, ret;

	set_program_name("server");
	if (argc != (tls ? 6 : 3))
		die(EX_BADUSE,
		    "usage: server [-t CERT.pem KEY.pem] SCRIPT DIR");
	signals = take_signals();
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		return EX_DONE;
	allow_files();
	pthread_attr_init(&server.attr);
	pthread_attr_setdetachstate(&server.attr, PTHREAD_CREATE_DETACHED);
	pthread_attr_setstacksize(&server.attr, STACK);
	if (script_read(arg[0], &server.serve.script, &e) < 0 ||
	    (tls && wire_tls_new(argv[2], argv[3], &server.tls, &e) < 0) ||
	    journal_open(&server.serve.journal, arg[1], &e) < 0)
		die_err(&e);
	server.serve.flight = xcalloc(server.serve.script.rules + 1,
	    sizeof(int));
	ret = run(signals, &e);
	journal_close(&server.serve.journal);
	wire_tls_free(server.tls);
	script_release(&server.serve.script);
	free(server.serve.flight);
	if (ret < 0)
		die_err(&e);
	return EX_DONE;
}
