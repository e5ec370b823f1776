/*
 * A system clock that is wrong, for tests: preloaded, it adds STUDIO_CLOCK
 * seconds to what the wall clock says; STUDIO_CLOCK=@SECONDS sets it to that
 * time. Clocks that only run forward are left alone, as a jump leaves them.
 */
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

int
clock_gettime(clockid_t id, struct timespec *t)
{
	const char *s = getenv("STUDIO_CLOCK");
	int ret = (int)syscall(SYS_clock_gettime, id, t);

	if (ret == 0 && s && (id == CLOCK_REALTIME ||
	    id == CLOCK_REALTIME_COARSE))
		t->tv_sec = *s == '@' ? strtoll(s + 1, NULL, 10)
		    : t->tv_sec + strtoll(s, NULL, 10);
	return ret;
}

time_t
time(time_t *out)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	if (out)
		*out = t.tv_sec;
	return t.tv_sec;
}

int
gettimeofday(struct timeval *tv, void *zone)
{
	struct timespec t;

	(void)zone;
	clock_gettime(CLOCK_REALTIME, &t);
	tv->tv_sec = t.tv_sec;
	tv->tv_usec = t.tv_nsec / 1000;
	return 0;
}
