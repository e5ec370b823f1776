#include "base/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

time_t
clock_now(void)
{
	const char *s = getenv("SOURCE_DATE_EPOCH");
	char *end;
	long long t;

	if (s && *s) {
		t = strtoll(s, &end, 10);
		if (!*end && t >= 0)
			return (time_t)t;
	}
	return time(NULL);
}

/* Can it be written? RFC 3339 has years of four digits. */
static int
has_form(time_t t, struct tm *tm)
{
	return gmtime_r(&t, tm) && tm->tm_year >= -1900 &&
	    tm->tm_year <= 9999 - 1900;
}

void
time_format(time_t t, char out[TIME_LEN])
{
	struct tm tm;
	size_t n;

	if (!has_form(t, &tm))
		has_form(0, &tm);
	/* strftime's %Y writes no zeros before a year */
	n = (size_t)snprintf(out, TIME_LEN, "%04u",
	    (unsigned)(tm.tm_year + 1900) % 10000);
	strftime(out + n, TIME_LEN - n, "-%m-%dT%H:%M:%SZ", &tm);
}

void
time_stamp(char out[TIME_LEN])
{
	time_format(clock_now(), out);
}

/* Does s begin as the form, in which 0 stands for a digit? */
static int
looks_like(const char *s, const char *form)
{
	for (; *form; s++, form++)
		if (*form == '0' ? *s < '0' || *s > '9' : *s != *form)
			return 0;
	return 1;
}

int
time_parse(const char *s, time_t *out)
{
	struct tm tm;
	int n = 0, h, m;
	char sign;

	memset(&tm, 0, sizeof(tm));
	if (!looks_like(s, "0000-00-00T00:00:00"))
		return -1; /* sscanf takes spaces and signs for digits */
	if (sscanf(s, "%4d-%2d-%2dT%2d:%2d:%2d%n", &tm.tm_year, &tm.tm_mon,
	    &tm.tm_mday, &tm.tm_hour, &tm.tm_min, &tm.tm_sec, &n) != 6 ||
	    n != 19)
		return -1;
	if (tm.tm_mon < 1 || tm.tm_mon > 12 || tm.tm_mday < 1 ||
	    tm.tm_mday > 31 || tm.tm_hour > 23 || tm.tm_min > 59 ||
	    tm.tm_sec > 60)
		return -1;
	tm.tm_year -= 1900;
	tm.tm_mon--;
	*out = timegm(&tm);
	s += n;
	if (*s == '.')
		s += 1 + strspn(s + 1, "0123456789");
	if ((*s == 'Z' || *s == 'z') && !s[1])
		return 0;
	if (!*s || !looks_like(s + 1, "00:00") ||
	    sscanf(s, "%c%2d:%2d%n", &sign, &h, &m, &n) != 3 || s[n] ||
	    (sign != '+' && sign != '-') || h > 23 || m > 59)
		return -1;
	*out -= (sign == '+' ? 1 : -1) * (h * 3600 + m * 60);
	return has_form(*out, &tm) ? 0 : -1;
}
