#include "base/mem.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

void
mem_failed(void)
{
	warning("out of memory; close something, then run it again");
	/* other threads may be in a library whose end exit() would begin */
	quick_exit(EX_FAILED);
}

void *
xmalloc(size_t n)
{
	void *p = malloc(n ? n : 1);

	if (!p)
		mem_failed();
	return p;
}

void *
xcalloc(size_t n, size_t size)
{
	void *p = calloc(n ? n : 1, size ? size : 1);

	if (!p)
		mem_failed();
	return p;
}

void *
xreallocarray(void *p, size_t n, size_t size)
{
	if (size && n > SIZE_MAX / size)
		mem_failed();
	n *= size;
	p = realloc(p, n > 0 ? n : 1);
	if (!p)
		mem_failed();
	return p;
}

char *
xmemdup(const void *s, size_t n)
{
	char *p = xmalloc(n + 1);

	if (n)
		memcpy(p, s, n);
	p[n] = '\0';
	return p;
}

char *
xstrdup(const char *s)
{
	return xmemdup(s, strlen(s));
}

char *
xvasprintf(const char *fmt, va_list ap)
{
	char *s;

	if (vasprintf(&s, fmt, ap) < 0)
		mem_failed();
	return s;
}

char *
xasprintf(const char *fmt, ...)
{
	va_list ap;
	char *s;

	va_start(ap, fmt);
	s = xvasprintf(fmt, ap);
	va_end(ap);
	return s;
}

DIR *
xopendir(const char *path)
{
	DIR *d = opendir(path);

	if (!d && errno == ENOMEM)
		mem_failed();
	return d;
}

DIR *
xfdopendir(int fd)
{
	DIR *d = fdopendir(fd);

	if (!d && errno == ENOMEM)
		mem_failed();
	return d;
}

char *
xrealpath(const char *path)
{
	char *real = realpath(path, NULL);

	if (!real && errno == ENOMEM)
		mem_failed();
	return real;
}

void
xsetenv(const char *name, const char *value)
{
	if (setenv(name, value, 1) < 0)
		mem_failed();
}
