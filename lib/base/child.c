#include "base/child.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"

static void
in_child(const struct child_job *job, int fd)
{
	int quiet = open("/dev/null", O_WRONLY | O_CLOEXEC);

	if (quiet >= 0)
		dup2(quiet, 2);
	alarm(job->seconds);
	job->work(fd, job->ctx);
	_exit(0);
}

int
child_run(const struct child_job *job, struct strbuf *out, struct err *e)
{
	int p[2], status, k;
	pid_t pid;

	if (pipe2(p, O_CLOEXEC) < 0)
		return err_errno(e, "%s: cannot make a pipe", job->name);
	pid = fork();
	if (pid < 0) {
		close(p[0]);
		close(p[1]);
		return err_errno(e, "%s: cannot start a process", job->name);
	}
	if (pid == 0)
		in_child(job, p[1]);
	close(p[1]);
	k = fd_read(p[0], job->name, job->limit, out, e);
	close(p[0]);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (k < 0)
		return -1;
	return !WIFEXITED(status) || WEXITSTATUS(status);
}
