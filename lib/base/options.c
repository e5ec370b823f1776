#include "base/options.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/strvec.h"

static void
print_synopsis(const struct usage *u, FILE *f)
{
	size_t i;

	for (i = 0; u->synopsis[i]; i++)
		fprintf(f, "%s %s%s%s\n", i ? "      " : "usage:", u->name,
		    *u->synopsis[i] ? " " : "", u->synopsis[i]);
}

static void
print_help(const struct usage *u)
{
	const struct option_def *o;
	char left[64];

	print_synopsis(u, stdout);
	printf("\n%s\n\n", u->purpose);
	for (o = u->options; o->name; o++) {
		snprintf(left, sizeof(left), "%c%c%s--%s%s%s",
		    o->letter ? '-' : ' ', o->letter ? o->letter : ' ',
		    o->letter ? ", " : "  ", o->name, o->arg ? " " : "",
		    o->arg ? o->arg : "");
		printf("  %-26s %s\n", left, o->help);
	}
	printf("  %-26s %s\n", "    --help", "print this and exit");
}

void
options_fail(const struct usage *u, const char *fmt, ...)
{
	char msg[ERR_MAX];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(msg, sizeof(msg), fmt, ap);
	va_end(ap);
	warning("%s", msg);
	print_synopsis(u, stderr);
	exit(EX_BADUSE);
}

static void
store(const struct usage *u, const struct option_def *o, const char *value)
{
	char *end;
	double d;
	long n;

	switch (o->kind) {
	case OPT_FLAG:
		*(int *)o->value = 1;
		return;
	case OPT_STRING:
		*(const char **)o->value = value;
		return;
	case OPT_LIST:
		strvec_push(o->value, value);
		return;
	case OPT_COUNT:
		errno = 0;
		n = strtol(value, &end, 10);
		if (end == value || *end || errno || n < 0 || n > 1000000000)
			options_fail(u, "--%s: '%s' is not a whole number",
			    o->name, value);
		*(int *)o->value = (int)n;
		return;
	case OPT_REAL:
		d = strtod(value, &end);
		if (end == value || *end || !isfinite(d))
			options_fail(u, "--%s: '%s' is not a number",
			    o->name, value);
		*(double *)o->value = d;
		return;
	}
}

static const struct option_def *
find_long(const struct usage *u, const char *s, size_t n)
{
	const struct option_def *o;

	for (o = u->options; o->name; o++)
		if (strlen(o->name) == n && !strncmp(o->name, s, n))
			return o;
	if (n == 4 && !strncmp(s, "help", 4)) {
		print_help(u);
		exit(EX_DONE);
	}
	options_fail(u, "there is no option --%.*s", (int)n, s);
}

static const struct option_def *
find_short(const struct usage *u, char c)
{
	const struct option_def *o;

	for (o = u->options; o->name; o++)
		if (o->letter == c)
			return o;
	options_fail(u, "there is no option -%c", c);
}

/* One argument that starts with a dash; returns 1 when it used the next. */
static int
take(const struct usage *u, char *arg, char *next)
{
	const struct option_def *o;
	size_t n;

	if (arg[1] == '-') {
		n = strcspn(arg + 2, "=");
		o = find_long(u, arg + 2, n);
		if (arg[2 + n] == '=') {
			if (!o->arg)
				options_fail(u, "--%s takes no value", o->name);
			store(u, o, arg + 3 + n);
			return 0;
		}
	} else {
		for (arg++; (o = find_short(u, *arg)), !o->arg; ) {
			store(u, o, "");
			if (!*++arg)
				return 0;
		}
		if (arg[1]) {
			store(u, o, arg + 1);
			return 0;
		}
	}
	if (!o->arg) {
		store(u, o, "");
		return 0;
	}
	if (!next)
		options_fail(u, "--%s needs a value (%s)", o->name, o->arg);
	store(u, o, next);
	return 1;
}

int
options_parse(const struct usage *u, int argc, char **argv, char ***operands)
{
	int i, n = 0;

	set_program_name(u->name);
	*operands = argv + 1;
	for (i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--")) {
			for (i++; i < argc; i++)
				(*operands)[n++] = argv[i];
			break;
		}
		if (argv[i][0] == '-' && argv[i][1])
			i += take(u, argv[i],
			    i + 1 < argc ? argv[i + 1] : NULL);
		else
			(*operands)[n++] = argv[i];
	}
	return n;
}
