#include "base/error.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/secret.h"
#include "base/utf8.h"

#undef err_set
#undef err_errno
#undef err_prefix

static const char *name = "studio";

void
set_program_name(const char *n)
{
	name = n;
}

int
err_set(struct err *e, int code, const char *fmt, ...)
{
	va_list ap;

	if (!e)
		return -1;
	e->code = code;
	va_start(ap, fmt);
	vsnprintf(e->msg, sizeof(e->msg), fmt, ap);
	va_end(ap);
	secret_hide(e->msg, strlen(e->msg));
	return -1;
}

static const char *
cure(int errnum)
{
	switch (errnum) {
	case ENOSPC:
	case EDQUOT:
		return "; make room, then run it again";
	case EACCES:
	case EPERM:
		return "; make it readable and writable for you, then "
		    "run it again";
	case EROFS:
		return "; make it writable for you, then run it again";
	default:
		return "";
	}
}

int
err_errno(struct err *e, const char *fmt, ...)
{
	va_list ap;
	size_t n;
	int errnum = errno;

	if (!e)
		return -1;
	e->code = EX_IO;
	va_start(ap, fmt);
	vsnprintf(e->msg, sizeof(e->msg), fmt, ap);
	va_end(ap);
	n = strlen(e->msg);
	snprintf(e->msg + n, sizeof(e->msg) - n, ": %s%s", strerror(errnum),
	    cure(errnum));
	secret_hide(e->msg, strlen(e->msg));
	errno = errnum;
	return -1;
}

int
err_prefix(struct err *e, const char *fmt, ...)
{
	char old[ERR_MAX];
	va_list ap;
	size_t n;

	if (!e)
		return -1;
	memcpy(old, e->msg, sizeof(old));
	va_start(ap, fmt);
	vsnprintf(e->msg, sizeof(e->msg), fmt, ap);
	va_end(ap);
	n = strlen(e->msg);
	snprintf(e->msg + n, sizeof(e->msg) - n, ": %s", old);
	secret_hide(e->msg, strlen(e->msg));
	return -1;
}

void
err_append(struct err *e, const char *fmt, ...)
{
	va_list ap;
	size_t n;

	if (!e)
		return;
	n = strlen(e->msg);
	va_start(ap, fmt);
	vsnprintf(e->msg + n, sizeof(e->msg) - n, fmt, ap);
	va_end(ap);
	secret_hide(e->msg, strlen(e->msg));
}

__attribute__((format(printf, 1, 0)))
static void
say(const char *fmt, va_list ap)
{
	char raw[ERR_MAX * 2], safe[ERR_MAX * 8 + 64];
	size_t n;

	vsnprintf(raw, sizeof(raw), fmt, ap);
	secret_hide(raw, strlen(raw));
	n = (size_t)snprintf(safe, 64, "%.40s: ", name);
	n += utf8_printable(safe + n, sizeof(safe) - n - 1, raw, strlen(raw));
	safe[n++] = '\n';
	fflush(stdout);
	/* one write a line, so that lines of parallel programs stay whole */
	file_write_all(STDERR_FILENO, safe, n);
}

void
warning(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(fmt, ap);
	va_end(ap);
}

void
warning_lines(const char *about, const char *lines)
{
	const char *end;

	for (; *lines; lines = *end ? end + 1 : end) {
		end = strchrnul(lines, '\n');
		if (end > lines)
			warning("%s%s%.*s", about, *about ? ": " : "",
			    (int)(end - lines), lines);
	}
}

void
die(int code, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(fmt, ap);
	va_end(ap);
	exit(code);
}

void
die_err(const struct err *e)
{
	die(e->code ? e->code : EX_FAILED, "%s", e->msg);
}
