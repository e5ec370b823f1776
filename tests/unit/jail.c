/* What a process that shut itself in can still do, and what it cannot. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/jail.h"
#include "tap.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SHADOWED 1
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
#define SHADOWED 1
#endif

#define BYTES (32u << 20)

static int given[2]; /* a pipe that stays open */

/* Run f in a child behind bars; its exit status, 128 + n for a signal. */
static int
shut_in(int (*f)(void))
{
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		jail_enter(BYTES, 2);
		_exit(f());
	}
	waitpid(pid, &status, 0);
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status)
	    : WEXITSTATUS(status);
}

static int
opens_files(void)
{
	return open("/etc/passwd", O_RDONLY) >= 0 ||
	    open("/tmp/x", O_WRONLY | O_CREAT, 0600) >= 0;
}

static int
works(void)
{
	void *p = mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return !(p != MAP_FAILED && write(given[1], "x", 1) == 1);
}

static int
loops(void)
{
	static volatile int stop;

	while (!stop)
		;
	return 0;
}

#ifndef SHADOWED
static int
connects(void)
{
	close(given[0]); /* so that a number is free */
	return socket(AF_INET, SOCK_STREAM, 0) >= 0;
}

static int
starts_others(void)
{
	return fork() >= 0 || execl("/bin/true", "true", (char *)NULL) == 0;
}

static int
signals_others(void)
{
	return kill(getppid(), SIGURG) == 0;
}

static int
removes_files(void)
{
	return unlink("/tmp/nothing") == 0 || errno == ENOENT ||
	    mkdir("/tmp/nothing/x", 0700) == 0 || errno == ENOENT;
}

static int
takes_memory(void)
{
	return mmap(NULL, 4 * (size_t)BYTES, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;
}

static int
aborts(void)
{
	abort();
}
#endif

int
main(void)
{
	char c;

	if (pipe(given) < 0)
		return 1;
	ok(shut_in(works) == 0 && read(given[0], &c, 1) == 1,
	    "it can use memory and what is open");
	ok(shut_in(opens_files) == 0, "it opens and makes no file");
	ok(shut_in(loops) == 128 + SIGXCPU || shut_in(loops) == 128 + SIGKILL,
	    "it ends after its time");
#ifndef SHADOWED
	ok(shut_in(connects) == 0, "it makes no socket");
	ok(shut_in(starts_others) == 0, "it starts nothing");
	ok(shut_in(signals_others) == 0, "it signals nobody");
	ok(shut_in(removes_files) == 0, "it is not told what files there are");
	ok(shut_in(takes_memory) == 0, "it gets no more memory");
	ok(shut_in(aborts) == 128 + SIGABRT, "it can abort");
#endif
	return done_testing();
}
