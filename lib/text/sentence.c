#include "text/sentence.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "media/segment.h"
#include "text/abbreviation.h"

#define THAI_CLAUSE 40  /* bytes of Thai before a space ends a sentence */
#define LOOK_BACK 64    /* bytes of the word before a stop that we read */

struct ground {
	const char *s; /* text with single newlines as spaces */
	size_t len;
	const char *language;
};

/* The code point that ends at off; *start is where it starts. */
static uint32_t
before(const struct ground *g, size_t off, size_t *start)
{
	uint32_t cp = 0;
	size_t p = off;

	if (!off)
		return 0;
	do {
		p--;
	} while (p && off - p < 4 && ((unsigned char)g->s[p] & 0xc0) == 0x80);
	*start = p;
	return utf8_decode(g->s + p, off - p, &cp) ? cp : 0xfffd;
}

static uint32_t
at(const struct ground *g, size_t off, size_t *next)
{
	uint32_t cp = 0;
	size_t n = utf8_decode(g->s + off, g->len - off, &cp);

	*next = off + (n ? n : off < g->len);
	return n ? cp : off < g->len ? 0xfffd : 0;
}

/* The text with each newline that is alone turned into a space. */
static char *
flatten(const char *text, size_t len)
{
	char *s = xmemdup(text, len);
	size_t i, j, nl;

	for (i = 0; i < len; i = j) {
		for (j = i, nl = 0; j < len && memchr(" \t\r\n", s[j], 4); j++)
			nl += s[j] == '\n';
		if (j == i)
			j++;
		else if (nl < 2)
			memset(s + i, ' ', j - i);
	}
	return s;
}

struct stop {
	size_t end;     /* just after the mark that ends the sentence */
	uint32_t mark;  /* it */
	int closed;     /* a quote or bracket closes after it */
	int spaced;     /* white space follows */
	int paragraph;  /* an empty line follows */
};

static void
look_behind(const struct ground *g, size_t off, struct stop *k)
{
	size_t start = 0, p = off;
	uint32_t cp;

	memset(k, 0, sizeof(*k));
	while (p) {
		cp = before(g, p, &start);
		if (segment_class(cp) & SEGMENT_BLANK) {
			k->spaced = 1;
			k->paragraph |= cp == '\n' || cp == 0x2029;
		} else if (segment_class(cp) & SEGMENT_CLOSE) {
			k->closed = 1;
		} else {
			k->mark = cp;
			k->end = p;
			return;
		}
		p = start;
	}
}

/* The first word at or after off, opening quotes skipped. */
static struct word_span
word_after(const struct ground *g, size_t off)
{
	struct word_span w = { off, 0 };
	size_t next;
	uint32_t cp;
	unsigned c;

	for (; off < g->len; off = next) {
		cp = at(g, off, &next);
		c = segment_class(cp);
		if (c & (SEGMENT_LETTER | SEGMENT_DIGIT | SEGMENT_MARK) ||
		    cp == '\'' || cp == 0x2019) {
			if (!w.len)
				w.off = off;
			w.len = next - w.off;
			if (w.len > LOOK_BACK)
				break;
		} else if (w.len || !(c & (SEGMENT_PUNCT | SEGMENT_CLOSE))) {
			break;
		}
	}
	return w;
}

/* The word that ends at off: letters, digits, and stops inside. */
static struct word_span
word_before(const struct ground *g, size_t off)
{
	struct word_span w = { off, 0 };
	size_t start = 0;
	uint32_t cp;
	unsigned c;

	while (w.off && off - w.off < LOOK_BACK) {
		cp = before(g, w.off, &start);
		c = segment_class(cp);
		if (!(c & (SEGMENT_LETTER | SEGMENT_DIGIT | SEGMENT_MARK)) &&
		    cp != '.' && cp != '-')
			break;
		w.off = start;
	}
	w.len = off - w.off;
	return w;
}

/* One letter, or letters with a stop between each: "J", "U.S". Sets *upper
 * for capitals. Ideographs do not count. */
static int
is_initials(const struct ground *g, struct word_span w, int *upper)
{
	size_t off = w.off, end = w.off + w.len, next;
	unsigned c;
	int letter = 1;

	*upper = 1;
	for (; off < end; off = next, letter = !letter) {
		uint32_t cp = at(g, off, &next);

		if (!letter && cp != '.')
			return 0;
		c = segment_class(cp);
		if (letter && (!(c & SEGMENT_LETTER) || c & SEGMENT_IDEO))
			return 0;
		if (letter && !(c & SEGMENT_UPPER))
			*upper = 0;
	}
	return w.len > 0 && !letter;
}

static int
is_number(const struct ground *g, struct word_span w)
{
	size_t i;

	for (i = 0; i < w.len; i++)
		if (!isdigit((unsigned char)g->s[w.off + i]))
			return 0;
	return w.len > 0;
}

/* A full stop before a word that is not in lower case: does it end the
 * sentence that began at start? */
static int
stop_ends(const struct ground *g, const struct stop *k, size_t off,
    size_t start)
{
	struct word_span w = word_before(g, k->end - 1), n = word_after(g, off);
	int stop = word_is_stop(g->s + n.off, n.len, g->language), upper;
	int digit = n.len && isdigit((unsigned char)g->s[n.off]);

	if (k->closed)
		return 1;
	switch (abbreviation_find(g->s + w.off, w.len, g->language)) {
	case ABBREVIATION_NEVER:
		return 0;
	case ABBREVIATION_NUMBER:
		return !digit;
	case ABBREVIATION_NAME:
		return stop;
	case ABBREVIATION_END:
		return stop || !abbreviation_ordinals(g->language);
	case ABBREVIATION_NONE:
		break;
	}
	if (is_initials(g, w, &upper))
		return stop && (upper || w.len > 2);
	if (is_number(g, w)) {
		if (w.off == start)
			return 0; /* "1. First" */
		if (w.len <= 2 && abbreviation_ordinals(g->language))
			return stop;
	}
	return 1;
}

/* Next comes a word in lower case, and not one like "iPhone". */
static int
goes_on_small(const struct ground *g, size_t off)
{
	struct word_span w = word_after(g, off);
	size_t next;

	if (!w.len || !(segment_class(at(g, w.off, &next)) & SEGMENT_LOWER))
		return 0;
	return next >= w.off + w.len ||
	    !(segment_class(at(g, next, &next)) & SEGMENT_UPPER);
}

/* Is the boundary that UAX#29 sees at off one? */
static int
boundary_holds(const struct ground *g, size_t off, size_t start)
{
	struct stop k;
	uint32_t next_cp;
	size_t next;

	look_behind(g, off, &k);
	if (k.paragraph)
		return 1;
	if (k.mark == '\n' || !k.end)
		return k.mark == '\n';
	next_cp = at(g, off, &next);
	if (k.mark < 128 && !k.spaced && !(segment_class(next_cp) &
	    (SEGMENT_IDEO | SEGMENT_HANGUL)))
		return 0; /* "example.org/?q" */
	if (goes_on_small(g, off))
		return 0;
	if (next_cp == 0xbb || next_cp == ')' || next_cp == ']')
		return 0; /* French puts a space before it */
	if (k.closed && !k.spaced && (next_cp == 0x3068 || next_cp == 0x3063))
		return 0; /* a Japanese quotation: "... to" */
	if (k.mark == '.' && !(k.end > 1 && g->s[k.end - 2] == '.'))
		return stop_ends(g, &k, off, start);
	return 1;
}

/* Boundaries that UAX#29 does not see: after an ellipsis, and at a space
 * within Thai. off is just after white space. */
static int
boundary_added(const struct ground *g, size_t off, size_t start)
{
	size_t p = 0, next;
	unsigned c = segment_class(at(g, off, &next));
	struct stop k;

	look_behind(g, off, &k);
	if (!k.spaced || !k.end)
		return 0;
	if (k.mark == 0x2026)
		return !(c & SEGMENT_LOWER) && !goes_on_small(g, off);
	if (k.mark == '.' && c & SEGMENT_LOWER) /* "iPhone" */
		return !goes_on_small(g, off) && stop_ends(g, &k, off, start);
	before(g, k.end, &p);
	return c & SEGMENT_THAI && k.mark != 0xe46 &&
	    segment_class(k.mark) & (SEGMENT_THAI | SEGMENT_MARK) &&
	    k.end - start >= THAI_CLAUSE;
}

static void
span_add(const char *s, size_t from, size_t to, struct word_list *out)
{
	uint32_t cp;
	size_t n;

	while (from < to && (n = utf8_decode(s + from, to - from, &cp)) &&
	    segment_class(cp) & SEGMENT_BLANK)
		from += n;
	while (to > from && memchr(" \t\r\n", s[to - 1], 4))
		to--;
	if (to == from)
		return;
	ALLOC_GROW(out->v, out->nr, out->alloc);
	out->v[out->nr].off = from;
	out->v[out->nr++].len = to - from;
}

/* UAX#29 puts the bracket that opens the next sentence to this one, where no
 * space stands before it. */
static size_t
before_brackets(const struct ground *g, size_t off)
{
	size_t start = 0;

	while (off && segment_class(before(g, off, &start)) & SEGMENT_OPEN)
		off = start;
	return off;
}

void
sentence_split(const char *text, size_t len, const char *language,
    struct word_list *out)
{
	struct ground g = { flatten(text, len), len, language };
	uint8_t *mark = xmalloc(len + 1);
	size_t off, cut, start = 0;
	int space = 0;

	segment_text(g.s, len, language, mark);
	for (off = 0; off < len; off++) {
		if (!(mark[off] & SEGMENT_GRAPHEME))
			continue;
		cut = mark[off] & SEGMENT_SENTENCE ? before_brackets(&g, off)
		    : off;
		if (cut > start && ((mark[off] & SEGMENT_SENTENCE &&
		    boundary_holds(&g, cut, start)) ||
		    (space && !(mark[off] & SEGMENT_SPACE) &&
		    boundary_added(&g, off, start)))) {
			span_add(text, start, cut, out);
			start = cut;
			while (start < len && g.s[start] == ' ')
				start++;
		}
		space = mark[off] & SEGMENT_SPACE;
	}
	span_add(text, start, len, out);
	free(mark);
	free((char *)g.s);
}
