#include "base/hold.h"

#include <signal.h>
#include <stddef.h>
#include <time.h>

#define SLICE 0.05 /* seconds between two looks for a signal */

static int holding;
static sigset_t before;

static void
fill(sigset_t *s)
{
	sigemptyset(s);
	sigaddset(s, SIGINT);
	sigaddset(s, SIGTERM);
	sigaddset(s, SIGHUP);
}

void
hold_signals(void)
{
	sigset_t mine;

	if (holding)
		return;
	fill(&mine);
	holding = sigprocmask(SIG_BLOCK, &mine, &before) == 0;
}

int
hold_pending(void)
{
	sigset_t s;

	return sigpending(&s) == 0 && (sigismember(&s, SIGINT) == 1 ||
	    sigismember(&s, SIGTERM) == 1 || sigismember(&s, SIGHUP) == 1);
}

void
hold_release(void)
{
	if (!holding)
		return;
	holding = 0;
	sigprocmask(SIG_SETMASK, &before, NULL);
}

int
hold_sleep(double seconds)
{
	struct timespec t;
	double part;

	for (; seconds > 0; seconds -= part) {
		if (hold_pending())
			return -1;
		part = seconds < SLICE ? seconds : SLICE;
		t.tv_sec = 0;
		t.tv_nsec = (long)(part * 1e9);
		nanosleep(&t, NULL);
	}
	return 0;
}
