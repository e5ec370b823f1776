#include "base/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/secret.h"

#define ERROUT_MAX 4096

extern char **environ;

static int
is_replaced(const char *var, const struct strvec *add)
{
	size_t n = strcspn(var, "=") + 1, i;

	for (i = 0; add && i < add->nr; i++)
		if (!strncmp(add->v[i], var, n))
			return 1;
	return 0;
}

static int
is_dropped(const char *var, const char *const *drop)
{
	size_t n = strcspn(var, "=");

	for (; drop && *drop; drop++)
		if (strlen(*drop) == n && !strncmp(*drop, var, n))
			return 1;
	return 0;
}

static void
child_environment(const struct spawn *s, struct strvec *env)
{
	size_t i;

	for (i = 0; environ[i]; i++)
		if ((s->keep_secrets || !secret_is_variable(environ[i])) &&
		    !is_replaced(environ[i], s->env) &&
		    !is_dropped(environ[i], s->drop))
			strvec_push(env, environ[i]);
	for (i = 0; s->env && i < s->env->nr; i++)
		strvec_push(env, s->env->v[i]);
}

struct pipes {
	int in[2], out[2], err[2];
};

static void
close_pair(int p[2])
{
	if (p[0] >= 0)
		close(p[0]);
	if (p[1] >= 0)
		close(p[1]);
	p[0] = p[1] = -1;
}

static int
open_pipes(const struct spawn *s, struct pipes *p)
{
	memset(p, -1, sizeof(*p));
	if (pipe2(p->in, O_CLOEXEC) < 0 ||
	    (s->out && pipe2(p->out, O_CLOEXEC) < 0) ||
	    (s->errout && pipe2(p->err, O_CLOEXEC) < 0)) {
		close_pair(p->in);
		close_pair(p->out);
		close_pair(p->err);
		return -1;
	}
	return 0;
}

static void
run_child(const struct spawn *s, struct pipes *p, char **env)
{
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	if (dup2(p->in[0], 0) < 0)
		_exit(127);
	if (p->out[1] >= 0 && dup2(p->out[1], 1) < 0)
		_exit(127);
	if (p->out[1] < 0 && s->out_fd >= 0 && dup2(s->out_fd, 1) < 0)
		_exit(127);
	if (p->err[1] >= 0 && dup2(p->err[1], 2) < 0)
		_exit(127);
	if (s->dir && chdir(s->dir) < 0)
		_exit(126);
	environ = env;
	execvp(s->argv[0], (char *const *)s->argv);
	_exit(errno == ENOENT ? 127 : 126);
}

/* Read once into b; 0 at the end, -1 over the limit. */
static int
drain(int fd, struct strbuf *b, size_t limit, int keep_over)
{
	char buf[1 << 14];
	ssize_t k = file_read_some(fd, buf, sizeof(buf));

	if (k <= 0)
		return 0;
	if (b->len + (size_t)k > limit) {
		if (!keep_over)
			return -1;
		k = (ssize_t)(limit - b->len);
	}
	strbuf_add(b, buf, (size_t)k);
	return 1;
}

/* Feed and drain until every pipe is closed; -1 when out is over its limit. */
static int
pump(const struct spawn *s, struct pipes *p)
{
	const char *in = s->in;
	size_t left = s->in_len;
	struct pollfd f[3];
	ssize_t k;
	int r;

	if (!left) {
		close(p->in[1]);
		p->in[1] = -1;
	}
	while (p->in[1] >= 0 || p->out[0] >= 0 || p->err[0] >= 0) {
		f[0].fd = p->in[1];
		f[0].events = POLLOUT;
		f[1].fd = p->out[0];
		f[2].fd = p->err[0];
		f[1].events = f[2].events = POLLIN;
		f[0].revents = f[1].revents = f[2].revents = 0;
		if (poll(f, 3, -1) < 0 && errno != EINTR)
			return -1;
		if (f[0].revents) {
			k = write(p->in[1], in, left);
			if (k > 0) {
				in += k;
				left -= (size_t)k;
			}
			if (left == 0 || (k < 0 && errno != EAGAIN &&
			    errno != EINTR)) {
				close(p->in[1]);
				p->in[1] = -1;
			}
		}
		if (f[1].revents) {
			r = drain(p->out[0], s->out, s->out_limit, 0);
			if (r < 0)
				return -1;
			if (r == 0) {
				close(p->out[0]);
				p->out[0] = -1;
			}
		}
		if (f[2].revents &&
		    !drain(p->err[0], s->errout, ERROUT_MAX, 1)) {
			close(p->err[0]);
			p->err[0] = -1;
		}
	}
	return 0;
}

int
spawn_run(const struct spawn *s, struct err *e)
{
	struct strvec env = STRVEC_INIT;
	struct pipes p;
	int status, over;
	sighandler_t old;
	pid_t pid;

	if (open_pipes(s, &p) < 0)
		return err_errno(e, "%s: cannot make a pipe", s->argv[0]);
	child_environment(s, &env);
	pid = fork();
	if (pid == 0)
		run_child(s, &p, env.v);
	strvec_release(&env);
	if (pid < 0) {
		err_errno(e, "%s: cannot start", s->argv[0]);
		close_pair(p.in);
		close_pair(p.out);
		close_pair(p.err);
		return -1;
	}
	close(p.in[0]);
	p.in[0] = -1;
	if (p.out[1] >= 0)
		close(p.out[1]);
	if (p.err[1] >= 0)
		close(p.err[1]);
	p.out[1] = p.err[1] = -1;
	fcntl(p.in[1], F_SETFL, O_NONBLOCK);
	old = signal(SIGPIPE, SIG_IGN);
	over = pump(s, &p);
	signal(SIGPIPE, old);
	if (over < 0)
		kill(pid, SIGKILL);
	close_pair(p.in);
	close_pair(p.out);
	close_pair(p.err);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (over < 0)
		return err_set(e, EX_DATA, "%s: gave more than %zu bytes; it "
		    "was stopped", s->argv[0], s->out_limit);
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status)
				   : WEXITSTATUS(status);
}
