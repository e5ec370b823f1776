#include "text/check_source.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "media/segment.h"
#include "text/markdown.h"
#include "text/rank_words.h"
#include "text/sentence.h"
#include "text/word.h"

#define SMALL_NUMBER 12 /* up to it a source writes words */
#define STEM_LEAST 4    /* bytes of a name that must agree */

struct checker {
	const char *language;
	struct rank_words *numbers; /* of the source, and told of */
	struct rank_words *said;    /* names that were told of */
	char **words;               /* of the source, folded, sorted */
	size_t nr, alloc;
	struct strbuf *out;
	size_t scene;
	int bad;
};

/* Bytes of a sign at s that parts groups of digits or decimals; 0: none. */
static size_t
separator(const char *s, size_t n)
{
	static const char *const wide[] = { "\xc2\xa0", "\xe2\x80\xaf",
		"\xe2\x80\x89", "\xe2\x80\x99" };
	size_t i, k;

	if (n && memchr(".,'", s[0], 3))
		return 1;
	for (i = 0; i < sizeof(wide) / sizeof(*wide); i++) {
		k = strlen(wide[i]);
		if (n >= k && !memcmp(s, wide[i], k))
			return k;
	}
	return 0;
}

static size_t
digits(const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < n && isdigit((unsigned char)s[i]);)
		i++;
	return i;
}

/* The number at s without its grouping, its decimal sign as a point. Three
 * digits after a sign are a group. spaces: a space groups, too. Returns the
 * bytes read. */
static size_t
number(const char *s, size_t n, int spaces, struct strbuf *out)
{
	size_t i = digits(s, n), k, d;

	strbuf_reset(out);
	strbuf_add(out, s, i);
	for (;;) {
		k = separator(s + i, n - i);
		if (!k && spaces && i < n && s[i] == ' ')
			k = 1;
		d = k ? digits(s + i + k, n - i - k) : 0;
		if (!d || (d != 3 && k == 1 && s[i] != '.' && s[i] != ',') ||
		    (d != 3 && k > 1))
			return i;
		if (d != 3)
			strbuf_addch(out, '.');
		strbuf_add(out, s + i + k, d);
		i += k + d;
	}
}

static void
source_numbers(struct checker *c, const char *s, size_t n)
{
	struct strbuf b = STRBUF_INIT;
	size_t i, k;

	for (i = 0; i < n; i += k) {
		k = 1;
		if (!isdigit((unsigned char)s[i]))
			continue;
		number(s + i, n - i, 1, &b);
		rank_words_id(c->numbers, b.buf, b.len);
		k = number(s + i, n - i, 0, &b);
		rank_words_id(c->numbers, b.buf, b.len);
	}
	strbuf_release(&b);
}

static void
source_words(struct checker *c, const char *s, size_t n)
{
	struct word_list l = WORD_LIST_INIT;
	struct strbuf b = STRBUF_INIT;
	size_t i;

	word_split(s, n, c->language, &l);
	for (i = 0; i < l.nr; i++) {
		strbuf_reset(&b);
		segment_fold(s + l.v[i].off, l.v[i].len, &b);
		ALLOC_GROW(c->words, c->nr, c->alloc);
		c->words[c->nr++] = xmemdup(b.buf, b.len);
	}
	strbuf_release(&b);
	word_list_release(&l);
}

static int
by_bytes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* As it stands, and as Markdown reads it: "**W**hales" is a word. */
static void
read_source(struct checker *c, const char *source)
{
	struct markdown m = MARKDOWN_INIT;
	size_t i;

	source_numbers(c, source, strlen(source));
	source_words(c, source, strlen(source));
	markdown_parse(source, strlen(source), NULL, &m);
	for (i = 0; i < m.nr; i++) {
		source_numbers(c, m.v[i].text, strlen(m.v[i].text));
		source_words(c, m.v[i].text, strlen(m.v[i].text));
	}
	markdown_release(&m);
	if (c->nr)
		qsort(c->words, c->nr, sizeof(*c->words), by_bytes);
}

static void
tell(struct checker *c, const char *what, size_t n)
{
	if (c->bad++ < CHECK_SOURCE_LINES)
		strbuf_addf(c->out, "scene %zu: \"%.*s\" is not in the "
		    "source\n", c->scene, (int)n, what);
}

static void
check_numbers(struct checker *c, const char *s)
{
	struct strbuf b = STRBUF_INIT;
	size_t n = strlen(s), i, k, before;

	for (i = 0; i < n; i += k) {
		k = 1;
		if (!isdigit((unsigned char)s[i]))
			continue;
		k = number(s + i, n - i, 0, &b);
		if (b.len <= 2 && strtol(b.buf, NULL, 10) <= SMALL_NUMBER)
			continue;
		before = rank_words_count(c->numbers);
		if (rank_words_id(c->numbers, b.buf, b.len) >= before)
			tell(c, s + i, k);
	}
	strbuf_release(&b);
}

/* Does a word of the source start with these bytes? */
static int
is_start(const struct checker *c, const char *s, size_t n)
{
	size_t lo = 0, hi = c->nr, mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (strncmp(c->words[mid], s, n) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < c->nr && !strncmp(c->words[lo], s, n);
}

static int
is_word(const struct checker *c, const char *s, size_t n)
{
	char *key = xmemdup(s, n), **found = NULL;

	if (c->nr)
		found = bsearch(&key, c->words, c->nr, sizeof(*c->words),
		    by_bytes);
	free(key);
	return found != NULL;
}

/* The folded name in the source, maybe with another ending. */
static int
is_known(const struct checker *c, const char *s, size_t n)
{
	size_t keep = n, i;

	if (n > 2 && s[n - 1] == 's' && (s[n - 2] == '\'' || (n > 4 &&
	    !memcmp(s + n - 4, "\xe2\x80\x99", 3))))
		n = keep = n - (s[n - 2] == '\'' ? 2 : 4);
	if (!language_is(c->language, "en") && n >= STEM_LEAST + 2)
		keep = n - 2;
	if (is_start(c, s, keep))
		return 1;
	for (i = n; i >= STEM_LEAST; i--)
		if (is_word(c, s, i))
			return 1;
	return 0;
}

/* Is the word at off the first, or after a sign that starts anew? */
static int
opens(const char *s, size_t off)
{
	uint32_t cp = 0;
	size_t p = off;

	while (p && s[p - 1] == ' ')
		p--;
	if (!p)
		return 1;
	do
		p--;
	while (p && ((unsigned char)s[p] & 0xc0) == 0x80);
	utf8_decode(s + p, off - p, &cp);
	return cp == ':' || cp == '.' || cp == '!' || cp == '?' ||
	    cp == 0x2026 || cp == 0x2013 || cp == 0x2014 ||
	    (segment_class(cp) & (SEGMENT_OPEN | SEGMENT_CLOSE) && cp != ')' &&
	    cp != ']');
}

static void
check_names(struct checker *c, const char *s, size_t len)
{
	struct word_list l = WORD_LIST_INIT;
	struct strbuf b = STRBUF_INIT;
	size_t i, before;
	uint32_t cp;

	word_split(s, len, c->language, &l);
	for (i = 1; i < l.nr; i++) {
		if (l.v[i].len < 2 || opens(s, l.v[i].off) ||
		    !utf8_decode(s + l.v[i].off, l.v[i].len, &cp) ||
		    !(segment_class(cp) & SEGMENT_UPPER))
			continue;
		strbuf_reset(&b);
		segment_fold(s + l.v[i].off, l.v[i].len, &b);
		if (is_known(c, b.buf, b.len) ||
		    word_is_stop(b.buf, b.len, c->language))
			continue;
		before = rank_words_count(c->said);
		if (rank_words_id(c->said, b.buf, b.len) >= before)
			tell(c, s + l.v[i].off, l.v[i].len);
	}
	strbuf_release(&b);
	word_list_release(&l);
}

static void
check_part(struct checker *c, const struct script_part *p)
{
	struct word_list l = WORD_LIST_INIT;
	size_t i;

	check_numbers(c, p->text);
	if (p->notes)
		check_numbers(c, p->notes);
	if (language_is(c->language, "de"))
		return;
	sentence_split(p->text, strlen(p->text), c->language, &l);
	for (i = 0; i < l.nr; i++)
		check_names(c, p->text + l.v[i].off, l.v[i].len);
	word_list_release(&l);
}

int
check_source(const struct script *s, const char *language, const char *source,
    struct strbuf *out)
{
	struct checker c = { .language = language, .out = out,
		.numbers = rank_words_new(), .said = rank_words_new() };
	size_t i;

	read_source(&c, source);
	for (i = 0; i < s->nr; i++) {
		c.scene = i + 1;
		check_part(&c, &s->v[i]);
	}
	if (c.bad > CHECK_SOURCE_LINES)
		strbuf_addf(out, "and %d more\n", c.bad - CHECK_SOURCE_LINES);
	for (i = 0; i < c.nr; i++)
		free(c.words[i]);
	free(c.words);
	rank_words_free(c.numbers);
	rank_words_free(c.said);
	return c.bad;
}
