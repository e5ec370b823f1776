#include "record/mark.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

void
mark_start(struct mark *m, const char *name, const char *buf)
{
	m->name = name;
	m->buf = buf;
	m->pos = 0;
	m->line = m->col = 1;
}

void
mark_to(struct mark *m, size_t pos)
{
	for (; m->pos < pos; m->pos++) {
		if (m->buf[m->pos] == '\n') {
			m->line++;
			m->col = 1;
		} else if (((unsigned char)m->buf[m->pos] & 0xC0) != 0x80) {
			m->col++;
		}
	}
}

__attribute__((format(printf, 3, 0)))
static int
vfail(const struct mark *m, struct err *e, const char *fmt, va_list ap)
{
	char msg[ERR_MAX];

	vsnprintf(msg, sizeof(msg), fmt, ap);
	return err_set(e, EX_DATA, "%s:%zu:%zu: %s", m->name, m->line, m->col,
	    msg);
}

int
mark_fail(const struct mark *m, struct err *e, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vfail(m, e, fmt, ap);
	va_end(ap);
	return -1;
}

int
mark_fail_at(const struct mark *m, struct err *e, size_t pos,
	const char *fmt, ...)
{
	struct mark there;
	va_list ap;

	mark_start(&there, m->name, m->buf);
	mark_to(&there, pos);
	va_start(ap, fmt);
	vfail(&there, e, fmt, ap);
	va_end(ap);
	return -1;
}

/* Does the line at s start with seven of one of git's markers? */
static int
is_marker(const char *s, size_t n)
{
	static const char sign[] = "<=>|";
	size_t i;

	if (n < 7 || !*s || !strchr(sign, *s))
		return 0;
	for (i = 1; i < 7; i++)
		if (s[i] != s[0])
			return 0;
	return n == 7 || s[7] == ' ' || s[7] == '\n' || s[7] == '\r';
}

static int
check_markers(const struct mark *m, size_t len, struct err *e)
{
	const char *s = m->buf, *end = s + len, *nl;

	while (s < end) {
		if (is_marker(s, (size_t)(end - s)))
			return mark_fail_at(m, e, (size_t)(s - m->buf),
			    "\"%.7s\" was left by a git merge; "
			    "choose one side and remove the marker lines", s);
		nl = memchr(s, '\n', (size_t)(end - s));
		if (!nl)
			break;
		s = nl + 1;
	}
	return 0;
}

int
mark_take_ours(const char *buf, size_t len, struct strbuf *out)
{
	const char *s = buf, *end = buf + len, *nl;
	int theirs = 0, any = 0;
	size_t n;

	for (; s < end; s += n) {
		nl = memchr(s, '\n', (size_t)(end - s));
		n = nl ? (size_t)(nl - s) + 1 : (size_t)(end - s);
		if (is_marker(s, (size_t)(end - s))) {
			theirs = *s == '|' || *s == '=';
			any = 1;
		} else if (!theirs) {
			strbuf_add(out, s, n);
		}
	}
	return any;
}

int
mark_check_text(const char *name, const char *buf, size_t len, size_t limit,
	struct err *e)
{
	size_t bad;
	struct mark m;

	if (len > limit)
		return err_set(e, EX_DATA, "%s: has %zu bytes, more than %zu; "
		    "make it smaller", name, len, limit);
	mark_start(&m, name, buf);
	bad = utf8_check(buf, len);
	if (bad < len && !buf[bad])
		return mark_fail_at(&m, e, bad, "NUL byte at offset %zu; "
		    "save the file as UTF-8 text", bad);
	if (bad < len)
		return mark_fail_at(&m, e, bad,
		    "byte %02X at offset %zu is not UTF-8; save the file as "
		    "UTF-8", (unsigned)(unsigned char)buf[bad], bad);
	return check_markers(&m, len, e);
}
