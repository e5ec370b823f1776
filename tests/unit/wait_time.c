#include <math.h>

#include "base/wait_time.h"
#include "../tests/unit/tap.h"

/* Sun, 06 Nov 1994 08:49:37 GMT, RFC 9110's own example. */
#define WHEN 784111777

static void
test_duration(void)
{
	static const struct {
		const char *text;
		double seconds;
	} good[] = { { "6m0s", 360 }, { "46s", 46 }, { "1.5s", 1.5 },
		{ "20ms", 0.02 }, { "1h2m", 3720 }, { "0s", 0 },
		{ "250us", 0.00025 }, { "7ns", 7e-9 }, { "1.s", 1 },
		{ "999999999999999999999999s", WAIT_TIME_MAX },
		{ "9999999999999999999999999999999999999999999s",
		    WAIT_TIME_MAX },
		{ "9000h9000h", WAIT_TIME_MAX } };
	static const char *const bad[] = { "", "5", "s", "-3s", "+3s", "3 s",
		"3s ", "3d", "3S", ".5s", "1.2.3s", "1..s", "nan", "infs",
		"1e3s", "3sm", "1h2", "0x10s", "3\ns" };
	size_t i;
	double d;

	for (i = 0; i < sizeof(good) / sizeof(*good); i++) {
		d = wait_time_duration(good[i].text);
		ok(fabs(d - good[i].seconds) < 1e-12, "%s is %g s (%g)",
		    good[i].text, good[i].seconds, d);
	}
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		ok(wait_time_duration(bad[i]) == -1, "no duration: \"%s\"",
		    bad[i]);
}

static void
test_retry_after(void)
{
	static const struct {
		const char *text;
		double seconds;
	} good[] = { { "120", 120 }, { "0", 0 }, { "1.5", 1.5 },
		{ "3 \t", 3 }, { "99999999999999999999", WAIT_TIME_MAX },
		{ "99999999999999999999999999999999999999999999",
		    WAIT_TIME_MAX },
		{ "Sun, 06 Nov 1994 08:50:37 GMT", 60 },
		{ "Sunday, 06-Nov-94 08:50:37 GMT", 60 },
		{ "Sun Nov  6 08:50:37 1994", 60 },
		{ "Sun, 06 Nov 1994 08:49:37 GMT", 0 },
		{ "Sun, 06 Nov 1988 08:49:37 GMT", 0 },
		{ "Fri, 31 Dec 9999 23:59:59 GMT", WAIT_TIME_MAX } };
	static const char *const bad[] = { "", "-1", "-0", "soon", "1e9",
		"inf", "nan", "3s", "3 3", "1.2.3", "0x10",
		"Sun, 06 Nov 1994 08:50:37", "06 Nov 1994",
		"Sun, 06 Nov 1994 08:50:37 GMT x" };
	size_t i;
	double d;

	for (i = 0; i < sizeof(good) / sizeof(*good); i++) {
		d = wait_time_retry_after(good[i].text, WHEN);
		ok(d == good[i].seconds, "%s is %g s (%g)", good[i].text,
		    good[i].seconds, d);
	}
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		ok(wait_time_retry_after(bad[i], WHEN) == -1,
		    "says nothing: \"%s\"", bad[i]);
}

int
main(void)
{
	test_duration();
	test_retry_after();
	return done_testing();
}
