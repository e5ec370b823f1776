/*
 * Unit tests print TAP: ok(condition, name...) a line each, then
 * return done_testing(); from main.
 */
#ifndef TESTS_TAP_H
#define TESTS_TAP_H

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static int tap_run, tap_failed;

__attribute__((format(printf, 2, 3), unused))
static int
ok(int good, const char *fmt, ...)
{
	va_list ap;

	printf("%sok %d - ", good ? "" : "not ", ++tap_run);
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	putchar('\n');
	fflush(stdout);
	if (!good) {
		fputs("#   failed: ", stderr);
		va_start(ap, fmt);
		vfprintf(stderr, fmt, ap);
		va_end(ap);
		fputc('\n', stderr);
	}
	tap_failed += !good;
	return good;
}

/* Two strings are the same; shows both when not. */
__attribute__((unused))
static int
is(const char *got, const char *want, const char *name)
{
	int good = got && want ? !strcmp(got, want) : got == want;

	ok(good, "%s", name);
	if (!good)
		fprintf(stderr, "#   got:  %s\n#   want: %s\n",
		    got ? got : "(null)", want ? want : "(null)");
	return good;
}

__attribute__((unused))
static int
done_testing(void)
{
	printf("1..%d\n", tap_run);
	return tap_failed != 0;
}

#endif
