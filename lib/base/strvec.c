#include "base/strvec.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static void
push_owned(struct strvec *v, char *s)
{
	if (v->nr + 1 >= v->alloc) {
		v->alloc = v->alloc ? v->alloc * 2 : 8;
		v->v = xreallocarray(v->v, v->alloc, sizeof(*v->v));
	}
	v->v[v->nr++] = s;
	v->v[v->nr] = NULL;
}

void
strvec_push(struct strvec *v, const char *s)
{
	push_owned(v, xstrdup(s));
}

void
strvec_pushf(struct strvec *v, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	push_owned(v, xvasprintf(fmt, ap));
	va_end(ap);
}

int
strvec_has(const struct strvec *v, const char *s)
{
	size_t i;

	for (i = 0; i < v->nr; i++)
		if (!strcmp(v->v[i], s))
			return 1;
	return 0;
}

static int
by_bytes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void
strvec_sort(struct strvec *v)
{
	if (v->nr)
		qsort(v->v, v->nr, sizeof(*v->v), by_bytes);
}

void
strvec_release(struct strvec *v)
{
	size_t i;

	for (i = 0; i < v->nr; i++)
		free(v->v[i]);
	free(v->v);
	memset(v, 0, sizeof(*v));
}
