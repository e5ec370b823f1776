#include "base/strbuf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

char strbuf_slop[1];

void
strbuf_init(struct strbuf *b)
{
	b->buf = strbuf_slop;
	b->len = b->alloc = 0;
}

void
strbuf_release(struct strbuf *b)
{
	if (b->alloc)
		free(b->buf);
	strbuf_init(b);
}

void
strbuf_reset(struct strbuf *b)
{
	strbuf_setlen(b, 0);
}

char *
strbuf_detach(struct strbuf *b, size_t *len)
{
	char *p;

	strbuf_grow(b, 0);
	p = b->buf;
	if (len)
		*len = b->len;
	strbuf_init(b);
	return p;
}

void
strbuf_grow(struct strbuf *b, size_t n)
{
	size_t want = b->len + n + 1;

	if (want < n) /* wrapped: let the allocator refuse it */
		want = SIZE_MAX;
	if (want <= b->alloc)
		return;
	if (want < b->alloc * 2)
		want = b->alloc * 2;
	if (want < 32)
		want = 32;
	b->buf = xreallocarray(b->alloc ? b->buf : NULL, want, 1);
	b->alloc = want;
	b->buf[b->len] = '\0';
}

void
strbuf_add(struct strbuf *b, const void *p, size_t n)
{
	if (!n)
		return;
	strbuf_grow(b, n);
	memcpy(b->buf + b->len, p, n);
	b->len += n;
	b->buf[b->len] = '\0';
}

void
strbuf_addstr(struct strbuf *b, const char *s)
{
	strbuf_add(b, s, strlen(s));
}

void
strbuf_addch(struct strbuf *b, int c)
{
	char ch = (char)c;

	strbuf_add(b, &ch, 1);
}

void
strbuf_addf(struct strbuf *b, const char *fmt, ...)
{
	va_list ap, again;
	int n;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n > 0) {
		strbuf_grow(b, (size_t)n);
		vsnprintf(b->buf + b->len, (size_t)n + 1, fmt, again);
		b->len += (size_t)n;
	}
	va_end(again);
}

void
strbuf_add_shell(struct strbuf *b, const char *s)
{
	strbuf_addch(b, '\'');
	for (; *s; s++) {
		if (*s == '\'')
			strbuf_addstr(b, "'\\''");
		else
			strbuf_addch(b, *s);
	}
	strbuf_addch(b, '\'');
}

void
strbuf_setlen(struct strbuf *b, size_t n)
{
	if (!b->alloc)
		return;
	b->len = n;
	b->buf[n] = '\0';
}

static int
is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

void
strbuf_trim(struct strbuf *b)
{
	size_t i = 0, n = b->len;

	while (n > 0 && is_space(b->buf[n - 1]))
		n--;
	while (i < n && is_space(b->buf[i]))
		i++;
	if (i)
		memmove(b->buf, b->buf + i, n - i);
	strbuf_setlen(b, n - i);
}
