#include "base/chunk.h"

#include <stdint.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "base/chunk_sort.h"

#define SHORT_NAME 3 /* letters of "Dr.", "No.", "St." at the most */

/* One code point after the other, and what may end before the next. */
struct scan {
	const char *text;
	size_t len, at;    /* at: byte after cp */
	uint32_t cp;
	enum chunk_sort sort, before; /* of cp, and of what stands before it */
	enum chunk_sort pending; /* the mark that quotes may still follow */
	int name;          /* that mark is the stop of "Dr." or "J." */
	size_t letters;    /* of the word so far */
	int capital;       /* it began with one */
	int dotted;        /* a stop stands inside it: "e.g" */
	int flags;         /* halves of flags in a row */
};

/* A part of a search: the best end so far when what is left of the text is
 * made into k pieces. */
struct best {
	size_t low, ideal;
	size_t cut[CHUNK_SENTENCE + 1];  /* bytes; 0: none of that sort */
	size_t miss[CHUNK_SENTENCE + 1]; /* code points from the ideal */
	size_t used[CHUNK_SENTENCE + 1]; /* code points up to the cut */
};

static int
is_letter(uint32_t cp)
{
	return (cp | 32) >= 'a' && (cp | 32) <= 'z' && cp < 0x80;
}

/* What the code point that was just read leaves for the next one. */
static void
remember(struct scan *s)
{
	if (s->sort == SORT_STOP) {
		s->pending = SORT_STOP;
		s->name = s->cp == '.' && (s->dotted || (s->capital &&
		    s->letters && s->letters <= SHORT_NAME));
		s->dotted = s->letters > 0;
		s->letters = 0;
		return;
	}
	if (s->sort == SORT_STOP_WIDE || s->sort == SORT_PAUSE ||
	    s->sort == SORT_PAUSE_WIDE)
		s->pending = s->sort;
	else if (s->sort != SORT_CLOSE && s->sort != SORT_MARK &&
	    s->sort != SORT_JOINER)
		s->pending = SORT_OTHER;
	s->flags = s->sort == SORT_FLAG ? s->flags + 1 : 0;
	if (!is_letter(s->cp)) {
		s->letters = 0;
		s->dotted = 0;
	} else if (!s->letters++) {
		s->capital = s->cp < 'a';
	}
}

static struct scan
scan_from(const char *text, size_t len, size_t at)
{
	struct scan s = { 0 };

	s.text = text;
	s.len = len;
	s.at = at;
	return s;
}

/* Read the next code point; 0 at the end. */
static int
scan_next(struct scan *s)
{
	size_t k;

	s->before = s->sort;
	if (s->at >= s->len)
		return 0;
	k = utf8_decode(s->text + s->at, s->len - s->at, &s->cp);
	if (!k) {
		k = 1;
		s->cp = 0xfffd;
	}
	s->at += k;
	s->sort = chunk_sort_of(s->cp);
	return 1;
}

/* The newlines among the blanks from this one on; *next is what follows them,
 * 0 at the end. */
static int
newlines(const struct scan *s, char *next)
{
	int n = s->cp == '\n' || s->cp == 0x2028;
	size_t i = s->at;

	while (i < s->len && s->text[i] && strchr(" \t\r\n", s->text[i]))
		n += s->text[i++] == '\n';
	*next = i < s->len ? s->text[i] : '\0';
	return s->cp == 0x2029 ? 2 : n;
}

/* How good an end is before this white space. */
static int
end_before_space(const struct scan *s)
{
	char next;
	int lines = newlines(s, &next), small = next >= 'a' && next <= 'z';

	if (lines > 1 || s->pending == SORT_STOP_WIDE)
		return CHUNK_SENTENCE;
	if (s->pending == SORT_STOP) /* "etc. and" goes on */
		return s->name || small ? CHUNK_CLAUSE : CHUNK_SENTENCE;
	if (s->pending != SORT_OTHER)
		return CHUNK_CLAUSE;
	if (lines) /* a title, or a line that was wrapped */
		return small ? CHUNK_CLAUSE : CHUNK_SENTENCE;
	return CHUNK_SPACE;
}

/* How good an end is just before the code point read? -1 where a piece that
 * ends there would not be another one than one that ended before. */
static int
end_before(const struct scan *s)
{
	if (s->before == SORT_SPACE)
		return -1;
	if (s->sort == SORT_SPACE)
		return end_before_space(s);
	if (s->sort == SORT_MARK || s->sort == SORT_JOINER ||
	    s->before == SORT_JOINER ||
	    (s->sort == SORT_FLAG && s->flags % 2))
		return CHUNK_BROKEN;
	if (s->sort == SORT_OTHER || s->sort == SORT_FLAG) {
		if (s->pending == SORT_STOP_WIDE ||
		    (s->pending == SORT_STOP && chunk_is_cjk(s->cp)))
			return CHUNK_SENTENCE;
		if (s->pending == SORT_PAUSE_WIDE)
			return CHUNK_CLAUSE;
		return CHUNK_CHARACTER;
	}
	return CHUNK_BROKEN;
}

static void
consider(struct best *b, int end, size_t at, size_t used)
{
	size_t miss = used > b->ideal ? used - b->ideal : b->ideal - used;

	if (used < b->low || (b->cut[end] && b->miss[end] < miss))
		return;
	b->cut[end] = at;
	b->miss[end] = miss;
	b->used[end] = used;
}

static void
best_init(struct best *b, size_t n, size_t k, size_t cap)
{
	memset(b, 0, sizeof(*b));
	b->ideal = (n + k - 1) / k;
	/* what is left has to fit in k - 1 pieces */
	b->low = n > (k - 1) * cap ? n - (k - 1) * cap : 1;
	if (b->low < b->ideal / 2)
		b->low = b->ideal / 2;
	if (!b->low)
		b->low = 1;
}

/* The best end that was found: the sort counts, then the number of pieces. */
static int
best_of(const struct best *b, int nr, struct chunk *c, size_t *n)
{
	int end, i;

	for (end = CHUNK_SENTENCE; end >= 0; end--) {
		for (i = 0; i < nr; i++) {
			if (!b[i].cut[end])
				continue;
			c->len = b[i].cut[end] - c->off;
			c->end = (enum chunk_end)end;
			*n -= b[i].used[end];
			return 1;
		}
	}
	return 0;
}

/*
 * One piece of what is left: n code points from at. The fewest pieces are
 * tried first, and one more: a sentence kept whole is worth a call. Where
 * both leave nothing, for a long stretch of spaces, any end will do.
 */
static struct chunk
take(const char *text, size_t len, size_t at, size_t cap, size_t *n)
{
	struct scan s = scan_from(text, len, at);
	struct chunk c = { at, len - at, CHUNK_SENTENCE };
	struct best b[3];
	size_t used, from, k = (*n + cap - 1) / cap;
	int end, i;

	best_init(&b[0], *n, k, cap);
	best_init(&b[1], *n, k + 1, cap);
	best_init(&b[2], cap, 1, cap);
	b[2].low = 1;
	for (used = 0; used <= cap; used++) {
		from = s.at;
		if (!scan_next(&s))
			break;
		end = used ? end_before(&s) : -1;
		for (i = 0; end >= 0 && i < 3; i++)
			consider(&b[i], end, from, used);
		remember(&s);
	}
	if (!best_of(b, 2, &c, n))
		best_of(b + 2, 1, &c, n);
	return c;
}

/* Skip white space; the code points of it are taken off *n. */
static size_t
skip(const char *text, size_t len, size_t at, size_t *n)
{
	struct scan s = scan_from(text, len, at);

	while (scan_next(&s) && s.sort == SORT_SPACE) {
		at = s.at;
		--*n;
	}
	return at;
}

/* Bytes up to the last that is no white space; *n gets all code points. */
static size_t
measure(const char *text, size_t len, size_t *n)
{
	struct scan s = scan_from(text, len, 0);
	size_t end = 0, count = 0;

	*n = 0;
	while (scan_next(&s)) {
		count++;
		if (s.sort != SORT_SPACE) {
			end = s.at;
			*n = count;
		}
	}
	return end;
}

static size_t
split(const char *text, size_t len, size_t cap, struct chunk **out)
{
	size_t n, at, nr = 0, alloc = 0;
	struct chunk c;

	len = measure(text, len, &n);
	for (at = skip(text, len, 0, &n); at < len;
	    at = skip(text, len, c.off + c.len, &n)) {
		c.off = at;
		c.len = len - at;
		c.end = CHUNK_SENTENCE;
		if (cap && n > cap)
			c = take(text, len, at, cap, &n);
		if (out) {
			ALLOC_GROW(*out, nr, alloc);
			(*out)[nr] = c;
		}
		nr++;
	}
	return nr;
}

size_t
chunk_split(const char *text, size_t len, size_t cap, struct chunk **out)
{
	*out = NULL;
	return split(text, len, cap, out);
}

size_t
chunk_count(const char *text, size_t len, size_t cap)
{
	return split(text, len, cap, NULL);
}
