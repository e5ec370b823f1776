#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/hold.h"
#include "../tests/unit/tap.h"

static volatile sig_atomic_t came;

static void
on_signal(int sig)
{
	came = sig;
}

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
test_held(int sig, const char *name)
{
	double start;

	came = 0;
	hold_signals();
	hold_signals();
	ok(!hold_pending(), "%s: nothing is waiting", name);
	raise(sig);
	ok(!came && hold_pending(), "%s: held", name);
	start = now();
	ok(hold_sleep(60) == -1 && now() - start < 5, "%s: no sleep", name);
	hold_release();
	ok(came == sig && !hold_pending(), "%s: let through", name);
	came = 0;
	raise(sig);
	ok(came == sig, "%s: no longer held", name);
}

/* A signal during the sleep cuts it short. */
static void
test_sleep(void)
{
	double start;
	pid_t pid;

	start = now();
	ok(hold_sleep(0.12) == 0 && now() - start >= 0.12, "sleeps its time");
	ok(hold_sleep(0) == 0 && hold_sleep(-1) == 0, "no time");
	came = 0;
	hold_signals();
	pid = fork();
	if (pid == 0) {
		usleep(100000);
		kill(getppid(), SIGTERM);
		_exit(0);
	}
	start = now();
	ok(hold_sleep(60) == -1 && now() - start < 10 && !came, "cut short");
	waitpid(pid, NULL, 0);
	hold_release();
	ok(came == SIGTERM, "and then let through");
}

int
main(void)
{
	sigset_t quit, now_blocked;

	signal(SIGINT, on_signal);
	signal(SIGTERM, on_signal);
	signal(SIGHUP, on_signal);
	hold_release();
	ok(!hold_pending(), "release without holding");
	/* what was blocked before stays so */
	sigemptyset(&quit);
	sigaddset(&quit, SIGQUIT);
	sigprocmask(SIG_BLOCK, &quit, NULL);
	test_held(SIGINT, "SIGINT");
	test_held(SIGTERM, "SIGTERM");
	test_held(SIGHUP, "SIGHUP");
	sigprocmask(SIG_BLOCK, NULL, &now_blocked);
	ok(sigismember(&now_blocked, SIGQUIT) == 1 &&
	    sigismember(&now_blocked, SIGINT) == 0, "the mask is as it was");
	test_sleep();
	return done_testing();
}
