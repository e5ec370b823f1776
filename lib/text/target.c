#include "text/target.h"

#include <string.h>

/* Digits with at most one point; the locale's point has no say. */
static const char *
read_number(const char *s, double *out)
{
	double d = 0, unit = 1;
	int digits = 0, point = 0;

	for (; (*s >= '0' && *s <= '9') || (*s == '.' && !point); s++) {
		if (*s == '.') {
			point = 1;
			continue;
		}
		if (++digits > 12)
			return NULL;
		d = d * 10 + (*s - '0');
		if (point)
			unit *= 10;
	}
	*out = d / unit;
	return digits ? s : NULL;
}

static double
unit_seconds(char c)
{
	return c == 'h' ? 3600 : c == 'm' ? 60 : c == 's' ? 1 : 0;
}

int
target_parse(const char *s, const char *what, struct target *out,
    struct err *e)
{
	const char *p = s;
	double d, unit, last = 1e9;

	out->seconds = 0;
	out->words = 0;
	if (!s || !*s)
		return 0;
	while (*p) {
		p = read_number(p, &d);
		if (!p)
			goto bad;
		if (!*p || !strcmp(p, " words") || !strcmp(p, "w")) {
			if (last < 1e9 || d < 1 || d > TARGET_WORDS_MAX ||
			    d != (double)(size_t)d)
				goto bad;
			out->words = (size_t)d;
			return 0;
		}
		unit = unit_seconds(*p);
		if (unit <= 0 || unit >= last)
			goto bad;
		last = unit;
		out->seconds += d * unit;
		p++;
		if (!strncmp(p, "in", 2) && last == 60) /* "3min" */
			p += 2;
		p += strspn(p, " ");
	}
	if (out->seconds > 0 && out->seconds <= TARGET_SECONDS_MAX)
		return 0;
bad:
	out->seconds = 0;
	return err_set(e, EX_DATA, "%s: '%.40s' is no length; write a time "
	    "such as 45s, 3m or 1m30s (at most 12h), or a number of words",
	    what, s);
}
