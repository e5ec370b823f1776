#include "provider/reply_mend.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

enum want { WANT_KEY, WANT_COLON, WANT_VALUE, WANT_COMMA };

struct mender {
	const char *s;
	size_t n, i;
	struct strbuf *out;
	char open[REPLY_DEPTH]; /* '{' or '[' of each level */
	size_t depth;
	enum want want;
	int comma;              /* one was read and is not yet written */
	size_t maps;
};

/* The four hex digits at i as a number; -1 where there are none. */
static long
hex4(const struct mender *m, size_t i)
{
	char digits[5];
	size_t k;

	if (i + 4 > m->n)
		return -1;
	for (k = 0; k < 4; k++)
		if (!isxdigit((unsigned char)m->s[i + k]))
			return -1;
	memcpy(digits, m->s + i, 4);
	digits[4] = '\0';
	return strtol(digits, NULL, 16);
}

/* "\uXXXX" at i. Halves of a pair that are alone say nothing; so does NUL.
 * Returns the bytes read. */
static size_t
unicode(struct mender *m, size_t i)
{
	long cp = hex4(m, i + 2), low = -1;
	size_t k = 6;

	if (cp < 0) {
		strbuf_addch(m->out, 'u');
		return 2;
	}
	if (cp >= 0xd800 && cp < 0xdc00 && i + 8 < m->n &&
	    m->s[i + 6] == '\\' && m->s[i + 7] == 'u')
		low = hex4(m, i + 8);
	if (low >= 0xdc00 && low < 0xe000)
		k = 12;
	if (cp && (cp < 0xd800 || cp >= 0xe000 || k == 12))
		strbuf_add(m->out, m->s + i, k);
	return k;
}

static size_t
escape(struct mender *m, size_t i)
{
	char c;

	if (i + 1 == m->n)
		return 1;
	c = m->s[i + 1];
	if (c == 'u')
		return unicode(m, i);
	if (strchr("\"\\/bfnrt", c) && c)
		strbuf_addch(m->out, '\\');
	else if ((unsigned char)c < 0x20)
		return 1;
	strbuf_addch(m->out, c);
	return 2;
}

/* The text that starts at its quote. */
static int
text(struct mender *m)
{
	size_t i = m->i + 1;
	unsigned char c;

	strbuf_addch(m->out, '"');
	while (i < m->n && m->s[i] != '"') {
		c = (unsigned char)m->s[i];
		if (c == '\\') {
			i += escape(m, i);
			continue;
		}
		if (c < 0x20)
			strbuf_addf(m->out, "\\u%04x", c);
		else
			strbuf_addch(m->out, c);
		i++;
	}
	strbuf_addch(m->out, '"');
	m->i = i + 1;
	return i < m->n;
}

/* A number, true, false or null; what json_parse makes of it is its matter. */
static int
word(struct mender *m)
{
	size_t start = m->i;

	while (m->i < m->n && (isalnum((unsigned char)m->s[m->i]) ||
	    (m->s[m->i] && strchr("+-.", m->s[m->i]))))
		m->i++;
	strbuf_add(m->out, m->s + start, m->i - start);
	return m->i > start;
}

static enum reply_mend
open_level(struct mender *m, char c)
{
	if (m->depth == REPLY_DEPTH)
		return REPLY_BAD;
	m->open[m->depth++] = c;
	m->want = c == '{' ? WANT_KEY : WANT_VALUE;
	strbuf_addch(m->out, c);
	m->i++;
	return REPLY_WHOLE;
}

static void
close_level(struct mender *m, char c)
{
	m->comma = 0;
	m->depth--;
	m->maps += c == '}' && m->depth && m->open[m->depth - 1] == '[';
	m->want = WANT_COMMA;
	strbuf_addch(m->out, c);
	m->i++;
}

static enum reply_mend
value(struct mender *m, char c)
{
	if (m->comma)
		strbuf_addch(m->out, ',');
	m->comma = 0;
	if (m->want == WANT_VALUE && (c == '{' || c == '['))
		return open_level(m, c);
	if (c == '"' ? !text(m) : !word(m))
		return c == '"' ? REPLY_CUT : REPLY_BAD;
	m->want = m->want == WANT_KEY ? WANT_COLON : WANT_COMMA;
	return REPLY_WHOLE;
}

/* One sign that is no white space. */
static enum reply_mend
step(struct mender *m, char c)
{
	char open = m->open[m->depth - 1];

	if ((c == '}' && open == '{' && m->want != WANT_COLON &&
	    m->want != WANT_VALUE) ||
	    (c == ']' && open == '[')) {
		close_level(m, c);
		return REPLY_WHOLE;
	}
	if (m->want == WANT_COLON || m->want == WANT_COMMA) {
		if (c != (m->want == WANT_COLON ? ':' : ','))
			return REPLY_BAD;
		if (c == ':')
			strbuf_addch(m->out, c);
		else
			m->comma = 1;
		m->want = c == ':' || open == '[' ? WANT_VALUE : WANT_KEY;
		m->i++;
		return REPLY_WHOLE;
	}
	if (m->want == WANT_KEY && c != '"')
		return REPLY_BAD;
	return value(m, c);
}

enum reply_mend
reply_mend(const char *s, size_t n, struct strbuf *out, size_t *used,
    size_t *maps)
{
	struct mender m = { .s = s, .n = n, .out = out };
	enum reply_mend r = open_level(&m, s[0]);

	while (r == REPLY_WHOLE && m.depth) {
		while (m.i < n && isspace((unsigned char)s[m.i]))
			m.i++;
		r = m.i < n ? step(&m, s[m.i]) : REPLY_CUT;
	}
	*used = m.i < n ? m.i : n;
	*maps = m.maps;
	return r;
}
