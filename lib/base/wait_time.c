#include "base/wait_time.h"

#include <stdlib.h>
#include <string.h>

static double
capped(double d)
{
	return d < WAIT_TIME_MAX ? d : WAIT_TIME_MAX;
}

/* A plain decimal number at *s, which is moved behind it; -1 for none. */
static double
take_number(const char **s)
{
	size_t n = strspn(*s, "0123456789."), digits;
	char copy[32], *end;
	double d;

	digits = strspn(*s, "0123456789");
	if (!digits || n >= sizeof(copy))
		return digits >= sizeof(copy) ? (*s += n, WAIT_TIME_MAX) : -1;
	memcpy(copy, *s, n);
	copy[n] = '\0';
	d = strtod(copy, &end);
	*s += n;
	return *end ? -1 : d; /* "1.2.3" */
}

double
wait_time_duration(const char *s)
{
	static const struct {
		const char *unit;
		double seconds;
	} units[] = { { "ms", 0.001 }, { "us", 1e-6 }, { "ns", 1e-9 },
		{ "h", 3600 }, { "m", 60 }, { "s", 1 } };
	double sum = 0, d;
	size_t i, n;

	if (!*s)
		return -1;
	while (*s) {
		d = take_number(&s);
		n = strspn(s, "hmsun");
		for (i = 0; i < sizeof(units) / sizeof(*units); i++)
			if (strlen(units[i].unit) == n &&
			    !strncmp(s, units[i].unit, n))
				break;
		if (d < 0 || i == sizeof(units) / sizeof(*units))
			return -1;
		sum += d * units[i].seconds;
		s += n;
	}
	return capped(sum);
}

double
wait_time_retry_after(const char *s, time_t now)
{
	static const char *const forms[] = { "%a, %d %b %Y %H:%M:%S GMT",
		"%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y" };
	const char *end = s;
	struct tm tm;
	size_t i;
	time_t t;
	double d;

	d = take_number(&end);
	if (d >= 0 && !end[strspn(end, " \t")])
		return capped(d);
	for (i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
		memset(&tm, 0, sizeof(tm));
		end = strptime(s, forms[i], &tm);
		if (!end || end[strspn(end, " \t")])
			continue;
		t = timegm(&tm);
		return t > now ? capped((double)(t - now)) : 0;
	}
	return -1;
}
