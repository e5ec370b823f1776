/* Inline Markdown: links, emphasis, code, tags, entities. */
#include "text/markdown.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/utf8.h"

#define TICKS_MAX 64
#define TAG_MAX 4096

struct inline_state {
	const char *s;
	size_t n;
	uint32_t *match;        /* index of the bracket that closes, or 0 */
	uint8_t no_ticks[TICKS_MAX + 1]; /* no closing run of this length */
	struct strbuf *out;
};

/* Pair brackets in one pass, round and square each by a stack of their own. */
static void
pair_brackets(struct inline_state *st)
{
	uint32_t *stack[2];
	size_t depth[2] = { 0, 0 }, i;
	int k;

	stack[0] = xcalloc(st->n + 1, sizeof(uint32_t));
	stack[1] = xcalloc(st->n + 1, sizeof(uint32_t));
	for (i = 0; i < st->n; i++) {
		if (st->s[i] == '\\' && i + 1 < st->n) {
			i++;
			continue;
		}
		k = st->s[i] == '(' || st->s[i] == ')';
		if (st->s[i] == '[' || st->s[i] == '(')
			stack[k][depth[k]++] = (uint32_t)i;
		else if ((st->s[i] == ']' || st->s[i] == ')') && depth[k])
			st->match[stack[k][--depth[k]]] = (uint32_t)i;
	}
	free(stack[0]);
	free(stack[1]);
}

/* Code span at i: appends its text; returns the bytes used, 0 for none. */
static size_t
code_span(struct inline_state *st, size_t i)
{
	size_t run = 0, k, j;

	while (i + run < st->n && st->s[i + run] == '`')
		run++;
	if (run <= TICKS_MAX && !st->no_ticks[run]) {
		for (j = i + run; j < st->n; j += k ? k : 1) {
			for (k = 0; j + k < st->n && st->s[j + k] == '`';)
				k++;
			if (k != run)
				continue;
			strbuf_add(st->out, st->s + i + run, j - i - run);
			return j + run - i;
		}
		st->no_ticks[run] = 1;
	}
	return run; /* lone ticks say nothing */
}

static int
all_digits(const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (!isdigit((unsigned char)s[i]))
			return 0;
	return n > 0;
}

/* What follows the "]" at close: the bytes of "(url)" or "[ref]", or 0. */
static size_t
link_tail(const struct inline_state *st, size_t close)
{
	size_t p = close + 1;

	if (p >= st->n || !st->match[p])
		return 0;
	if (st->s[p] == '(' || st->s[p] == '[')
		return st->match[p] - close;
	return 0;
}

/* "[" at i. Sets *skip_to where a link's text ends and what follows it starts
 * again; returns bytes used, 0 for a plain bracket. */
static size_t
bracket(struct inline_state *st, size_t i, size_t *resume)
{
	size_t close = st->match[i], tail;

	if (!close)
		return 0;
	if (st->s[i + 1] == '^')
		return close + 1 - i; /* footnote mark */
	tail = link_tail(st, close);
	if (!tail && all_digits(st->s + i + 1, close - i - 1) && i &&
	    st->s[i - 1] != ' ')
		return close + 1 - i; /* reference "[12]" */
	if (!tail)
		return 0;
	/* from here the text is read as usual; at its "]" skip the tail */
	*resume = close;
	st->match[i] = 0;
	return 1;
}

/* "<" at i: bytes of a tag, comment or <address>; 0 for a plain sign. */
static size_t
tag(const struct inline_state *st, size_t i)
{
	size_t n = st->n - i, j;
	const char *end;

	if (n < 3 || !(isalpha((unsigned char)st->s[i + 1]) ||
	    strchr("/!?", st->s[i + 1])))
		return 0;
	if (n >= 4 && !memcmp(st->s + i, "<!--", 4)) {
		end = memmem(st->s + i, n < TAG_MAX ? n : TAG_MAX, "-->", 3);
		return end ? (size_t)(end - st->s) + 3 - i : 0;
	}
	for (j = 1; j < n && j < TAG_MAX; j++) {
		if (st->s[i + j] == '<')
			return 0;
		if (st->s[i + j] == '>')
			return j + 1;
	}
	return 0;
}

static size_t
entity(struct inline_state *st, size_t i)
{
	static const struct {
		const char *name, *text;
	} named[] = {
		{ "amp", "&" }, { "lt", "<" }, { "gt", ">" },
		{ "quot", "\"" }, { "apos", "'" }, { "nbsp", " " },
		{ "ndash", "\xe2\x80\x93" }, { "mdash", "\xe2\x80\x94" },
		{ "hellip", "\xe2\x80\xa6" }, { "rsquo", "\xe2\x80\x99" },
		{ "lsquo", "\xe2\x80\x98" }, { "ldquo", "\xe2\x80\x9c" },
		{ "rdquo", "\xe2\x80\x9d" }, { "deg", "\xc2\xb0" },
		{ "times", "\xc3\x97" }, { "copy", "\xc2\xa9" },
	};
	size_t room = st->n - i < 12 ? st->n - i : 12, k, len;
	const char *end = memchr(st->s + i, ';', room);
	unsigned long cp;
	char u[4];

	if (!end)
		return 0;
	len = (size_t)(end - st->s) - i - 1;
	for (k = 0; k < sizeof(named) / sizeof(*named); k++)
		if (strlen(named[k].name) == len &&
		    !memcmp(named[k].name, st->s + i + 1, len)) {
			strbuf_addstr(st->out, named[k].text);
			return len + 2;
		}
	if (len < 2 || st->s[i + 1] != '#')
		return 0;
	cp = st->s[i + 2] == 'x' || st->s[i + 2] == 'X' ?
	    strtoul(st->s + i + 3, NULL, 16) : strtoul(st->s + i + 2, NULL, 10);
	k = cp >= 32 && cp != 127 && cp <= 0x10ffff ?
	    utf8_encode((uint32_t)cp, u) : 0;
	strbuf_add(st->out, u, k);
	return k ? len + 2 : 0;
}

/* A bare address at i leaves its host. Returns the bytes used. */
static size_t
address(struct inline_state *st, size_t i)
{
	size_t p, host, end = i, n = st->n;

	if (st->n - i > 8 && !strncasecmp(st->s + i, "https://", 8))
		p = i + 8;
	else if (st->n - i > 7 && !strncasecmp(st->s + i, "http://", 7))
		p = i + 7;
	else
		return 0;
	if (i && (isalnum((unsigned char)st->s[i - 1])))
		return 0;
	while (end < n && (unsigned char)st->s[end] > ' ' &&
	    !strchr("<>\"|`", st->s[end]))
		end++;
	while (end > p && strchr(".,;:!?)]}'*_", st->s[end - 1]))
		end--;
	if (n - p > 4 && !strncasecmp(st->s + p, "www.", 4))
		p += 4;
	for (host = p; host < end && !strchr("/?#:@", st->s[host]);)
		host++;
	strbuf_add(st->out, st->s + p, host - p);
	return end - i;
}

static int
is_wordy(const struct inline_state *st, size_t i)
{
	return i < st->n && (isalnum((unsigned char)st->s[i]) ||
	    (unsigned char)st->s[i] >= 128);
}

/* A run of one of * _ ~ at i: markup, or just signs? */
static size_t
emphasis(struct inline_state *st, size_t i)
{
	char c = st->s[i];
	size_t run = 1;
	int left, right;

	while (i + run < st->n && st->s[i + run] == c)
		run++;
	left = i > 0 && !isspace((unsigned char)st->s[i - 1]);
	right = i + run < st->n && !isspace((unsigned char)st->s[i + run]);
	if ((!left && !right && st->n > run) || (c == '~' && run != 2) ||
	    (c == '_' && i > 0 && is_wordy(st, i - 1) &&
	    is_wordy(st, i + run)) ||
	    (c == '*' && run == 1 && i > 0 &&
	    isdigit((unsigned char)st->s[i - 1]) && i + 1 < st->n &&
	    isdigit((unsigned char)st->s[i + 1])))
		strbuf_add(st->out, st->s + i, run);
	return run;
}

/* Append from b, with runs of white space as one space, trimmed. */
static void
add_squeezed(const struct strbuf *b, struct strbuf *out)
{
	size_t i, start = out->len;
	int space = 0;

	for (i = 0; i < b->len; i++) {
		if (b->buf[i] == ' ' || (unsigned char)b->buf[i] < 32) {
			space = 1;
			continue;
		}
		if (space && out->len > start)
			strbuf_addch(out, ' ');
		strbuf_addch(out, b->buf[i]);
		space = 0;
	}
}

static size_t
one(struct inline_state *st, size_t i, size_t *resume)
{
	char c = st->s[i];
	size_t used = 0;

	if (c == '\\' && i + 1 < st->n &&
	    ispunct((unsigned char)st->s[i + 1])) {
		strbuf_addch(st->out, st->s[i + 1]);
		return 2;
	}
	if (c == '\\' && i + 1 < st->n && st->s[i + 1] == '\n')
		return 1;
	if (c == '`')
		return code_span(st, i);
	if (c == '!' && i + 1 < st->n && st->s[i + 1] == '[' &&
	    st->match[i + 1] && link_tail(st, st->match[i + 1]))
		return st->match[i + 1] - i + 1 +
		    link_tail(st, st->match[i + 1]);
	if (c == '[')
		used = bracket(st, i, resume);
	else if (c == '<')
		used = tag(st, i);
	else if (c == '&')
		used = entity(st, i);
	else if (c == 'h' || c == 'H')
		used = address(st, i);
	else if (c == '*' || c == '_' || c == '~')
		return emphasis(st, i);
	if (!used) {
		strbuf_addch(st->out, c);
		used = 1;
	}
	return used;
}

/* What is dropped before i leaves no space before a stop there. */
static void
close_gap(const char *s, size_t n, size_t i, struct strbuf *b)
{
	if (i == n || !strchr(".,;", s[i]) || !s[i] ||
	    (i + 1 < n && (unsigned char)s[i + 1] > ' '))
		return;
	while (b->len > 0 && b->buf[b->len - 1] == ' ')
		strbuf_setlen(b, b->len - 1);
}

void
markdown_inline(const char *s, size_t n, struct strbuf *out)
{
	struct strbuf b = STRBUF_INIT;
	struct inline_state st = { s, n, xcalloc(n + 1, sizeof(uint32_t)),
		{ 0 }, &b };
	size_t i, resume, *end = NULL, nr = 0, alloc = 0, tail, had;

	pair_brackets(&st);
	for (i = 0; i < n;) {
		if (nr && i == end[nr - 1]) { /* the text of a link ends */
			tail = link_tail(&st, i);
			nr--;
			i += tail + 1;
			continue;
		}
		if (nr && i > end[nr - 1]) { /* something odd went over it */
			nr--;
			continue;
		}
		resume = 0;
		had = b.len;
		i += one(&st, i, &resume);
		if (b.len == had)
			close_gap(s, n, i, &b);
		if (resume) {
			ALLOC_GROW(end, nr, alloc);
			end[nr++] = resume;
		}
	}
	add_squeezed(&b, out);
	free(end);
	free(st.match);
	strbuf_release(&b);
}

/* Would this bracket be read as part of a link, note or definition? */
static int
is_link_bracket(const char *s, size_t n, size_t i, int links)
{
	return s[i] == '[' && (links || (i + 1 < n && (s[i + 1] == '^' ||
	    isdigit((unsigned char)s[i + 1]))));
}

/* "#" at the end of a heading would be dropped. */
static int
closes_heading(const char *s, size_t n, size_t i)
{
	while (i < n && s[i] == '#')
		i++;
	return i == n;
}

void
markdown_escape(const char *s, size_t n, struct strbuf *out)
{
	size_t i = 0, d = 0;
	int links = memmem(s, n, "](", 2) || memmem(s, n, "][", 2) ||
	    memmem(s, n, "]:", 2);

	while (d < n && isdigit((unsigned char)s[d]))
		d++;
	if (d && d < n && (s[d] == '.' || s[d] == ')')) { /* no list item */
		strbuf_add(out, s, d);
		strbuf_addch(out, '\\');
		i = d;
		strbuf_addch(out, s[i++]);
	} else if (n && strchr("#>-+|=", s[0]) && !closes_heading(s, n, 0)) {
		strbuf_addch(out, '\\');
	}
	for (; i < n; i++) {
		if (s[i] == '\n') {
			strbuf_addch(out, ' ');
			continue;
		}
		if (strchr("\\`*_<&~", s[i]) || closes_heading(s, n, i) ||
		    is_link_bracket(s, n, i, links) ||
		    (s[i] == ':' && n - i > 2 && !memcmp(s + i, "://", 3)))
			strbuf_addch(out, '\\');
		strbuf_addch(out, s[i]);
	}
}
