#include "render/cue_break.h"

#include <string.h>

#include "base/utf8.h"
#include "media/segment.h"
#include "render/cue_break_part.h"
#include "render/cue_lists.h"

static const char abbreviations[] =
    " dr. mr. mrs. ms. prof. st. jr. sr. vs. e.g. i.e. etc. no. vol. fig. "
    "approx. gen. col. capt. sen. rep. gov. mt. inc. ltd. co. hr. fr. bzw. "
    "z.b. usw. ca. nr. m. mme. mlle. sig. sra. т.е. т.д. т.п. г. ул. им. "
    "np. tzn. tj. bv. dhr. mevr. t.ex. bl.a. vb. ";

static int
closes(uint32_t cp)
{
	return cp == '"' || cp == '\'' || cp == ')' || cp == ']' || cp == '}' ||
	    cp == 0xBB || cp == 0x2019 || cp == 0x201D || cp == 0x300D ||
	    cp == 0x300F || cp == 0xFF09 || cp == 0x3011 || cp == 0x300B;
}

int
cue_opens(uint32_t cp)
{
	return cp == 0x300C || cp == 0x300E || cp == 0xFF08 || cp == 0x3010 ||
	    cp == 0x300A || cp == 0x201C || cp == 0x201E || cp == 0xAB ||
	    cp == '(' || cp == '[';
}

static enum cue_stop
stop_of(uint32_t cp)
{
	switch (cp) {
	case '.': case '!': case '?':
	case 0x2026: case 0x3002: case 0xFF01: case 0xFF1F: case 0xFF0E:
	case 0x0964: case 0x0965: case 0x061F: case 0x06D4: case 0x203D:
		return CUE_STOP_SENTENCE;
	case ',': case ';': case ':':
	case 0x2013: case 0x2014: case 0x3001: case 0xFF0C: case 0xFF1B:
	case 0xFF1A: case 0x060C: case 0x061B:
		return CUE_STOP_COMMA;
	default:
		return CUE_STOP_NONE;
	}
}

uint32_t
cue_last_char(const char *s, size_t n, size_t *at)
{
	uint32_t cp = 0;
	size_t i = n;

	while (i && n - i < 4 && ((unsigned char)s[i - 1] & 0xC0) == 0x80)
		i--;
	*at = i ? i - 1 : 0;
	if (!utf8_decode(s + *at, n - *at, &cp))
		return 0;
	return cp;
}

enum cue_stop
cue_stop_of(const char *s, size_t n)
{
	enum cue_stop stop;
	uint32_t cp;
	size_t at;

	while (n) {
		cp = cue_last_char(s, n, &at);
		if (!closes(cp)) {
			stop = stop_of(cp);
			if (cp == '.' && (cue_listed(abbreviations, s, n) ||
			    (n == 2 && s[0] >= 'A' && s[0] <= 'Z')))
				return CUE_STOP_NONE;
			return stop;
		}
		n = at;
	}
	return CUE_STOP_NONE;
}

static int
is_upper(const char *s)
{
	unsigned char c = (unsigned char)s[0], d = (unsigned char)s[1];

	/* Latin, and Cyrillic. */
	return (c >= 'A' && c <= 'Z') || (c == 0xD0 && d >= 0x81 && d <= 0xAF);
}

int
cue_is_digit(uint32_t cp)
{
	return (cp >= '0' && cp <= '9') || (cp >= 0x660 && cp <= 0x669) ||
	    (cp >= 0x6F0 && cp <= 0x6F9) || (cp >= 0x966 && cp <= 0x96F) ||
	    (cp >= 0xE50 && cp <= 0xE59) || (cp >= 0xFF10 && cp <= 0xFF19);
}

/* "12 km", "50 %", "3 million": a number and what it counts. */
static int
number_unit(const char *a, size_t an, const char *b, size_t bn)
{
	size_t at;

	return an && cue_is_digit(cue_last_char(a, an, &at)) && bn &&
	    ((b[0] >= 'a' && b[0] <= 'z') || b[0] == '%' ||
	    (unsigned char)b[0] >= 0xC2);
}

/* Two words with capitals, the first not merely beginning a sentence. */
static int
inside_name(const struct cue_tokens *k, size_t i)
{
	const char *s = k->text.buf;
	const struct cue_token *a = &k->t[i - 1], *b = &k->t[i];

	if (!is_upper(s + a->off) || !is_upper(s + b->off))
		return 0;
	if (a->len < 2 || i < 2)
		return a->len >= 2;
	return cue_stop_of(s + k->t[i - 2].off, k->t[i - 2].len) !=
	    CUE_STOP_SENTENCE;
}

/* The bytes of a word without the punctuation after it. */
static size_t
word_length(const char *s, size_t n)
{
	uint32_t cp;
	size_t at;

	while (n) {
		cp = cue_last_char(s, n, &at);
		if (!closes(cp) && stop_of(cp) == CUE_STOP_NONE)
			break;
		n = at;
	}
	return n;
}

/* Does the token open a bracket that it does not close? */
static int
is_open(const char *s, size_t n)
{
	uint32_t cp = 0;
	size_t at;

	utf8_decode(s, n, &cp);
	if (!cue_opens(cp))
		return 0;
	while (n) {
		cp = cue_last_char(s, n, &at);
		if (closes(cp))
			return 0;
		if (stop_of(cp) == CUE_STOP_NONE)
			break;
		n = at;
	}
	return 1;
}

static int
cost_by_words(const struct cue_tokens *k, size_t i, const struct cue_lists *l)
{
	const char *s = k->text.buf;
	const struct cue_token *a = &k->t[i - 1], *b = &k->t[i];
	uint32_t first = 0;

	if (number_unit(s + a->off, a->len, s + b->off, b->len))
		return COST_NEVER;
	if (is_open(s + a->off, a->len))
		return COST_TORN;
	if (!l)
		return COST_WORD;
	if (cue_listed(l->enclitics, s + b->off, word_length(s + b->off,
	    b->len)))
		return COST_NEVER;
	if (cue_listed(l->articles, s + a->off, a->len))
		return COST_NEVER;
	if (cue_listed(abbreviations, s + a->off, a->len))
		return COST_NEVER;
	if (cue_listed(l->prepositions, s + a->off, a->len) ||
	    cue_listed(l->conjunctions, s + a->off, a->len))
		return COST_AFTER_SMALL;
	if (l->names && inside_name(k, i))
		return COST_NAME;
	utf8_decode(s + b->off, b->len, &first);
	if (cue_opens(first))
		return COST_CONJUNCTION;
	if (cue_listed(l->conjunctions, s + b->off, b->len))
		return COST_CONJUNCTION;
	if (cue_listed(l->prepositions, s + b->off, b->len))
		return COST_PREPOSITION;
	return COST_WORD;
}

/* Thai has no spaces but between phrases. */
static int
both_thai(const struct cue_tokens *k, size_t i)
{
	const struct cue_token *a = &k->t[i - 1], *b = &k->t[i];
	uint32_t before, after = 0;
	size_t at;

	before = cue_last_char(k->text.buf + a->off, a->len, &at);
	utf8_decode(k->text.buf + b->off, b->len, &after);
	return !cue_is_digit(before) && !cue_is_digit(after) &&
	    (segment_class(before) & segment_class(after) & SEGMENT_THAI);
}

/* An emoji, which belongs to what it stands behind. */
static int
is_picture(const struct cue_tokens *k, size_t i)
{
	uint32_t cp = 0;

	utf8_decode(k->text.buf + k->t[i].off, k->t[i].len, &cp);
	return (cp >= 0x1F000 && cp <= 0x1FAFF) ||
	    (cp >= 0x2600 && cp <= 0x27BF);
}

int
cue_break_cost(const struct cue_tokens *k, size_t i, const char *language)
{
	const struct cue_token *a = &k->t[i - 1], *b = &k->t[i];
	size_t at;

	if (is_picture(k, i))
		return COST_NEVER;
	for (at = i - 1; at > 0 && is_picture(k, at); at--)
		a = &k->t[at - 1];
	switch (cue_stop_of(k->text.buf + a->off, a->len)) {
	case CUE_STOP_SENTENCE:
		return COST_SENTENCE;
	case CUE_STOP_COMMA:
		return COST_COMMA;
	case CUE_STOP_NONE:
		break;
	}
	if (b->space && both_thai(k, i))
		return COST_PHRASE;
	if (!b->space)
		return cue_cost_unspaced(k, i, language);
	return cost_by_words(k, i, cue_lists_for(language));
}

int
cue_columns(const struct cue_tokens *k, size_t i, size_t j)
{
	int n = 0;
	size_t x;

	for (x = i; x <= j; x++)
		n += k->t[x].columns + (x > i && k->t[x].space);
	return n;
}

long
cue_line_break(const struct cue_tokens *k, size_t i, size_t j, int columns,
    const char *language, int *cost)
{
	int upper = 0, lower = cue_columns(k, i, j), c, best = -1;
	long at = -1;
	size_t x;

	if (cost)
		*cost = 0;
	if (lower <= columns || i == j)
		return 0;
	for (x = i + 1; x <= j; x++) {
		upper += k->t[x - 1].columns;
		if (x > i + 1)
			upper += k->t[x - 1].space;
		lower = cue_columns(k, x, j);
		if ((upper > columns && x > i + 1) ||
		    (lower > columns && x < j))
			continue;
		c = 4 * cue_break_cost(k, x, language);
		c += upper > lower ? upper - lower + 4 : lower - upper;
		if (best < 0 || c <= best) {
			best = c;
			at = (long)x;
		}
	}
	if (cost)
		*cost = best < 0 ? 0 : best;
	return at;
}
