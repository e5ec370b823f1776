#include "render/cue_break.h"

#include <string.h>

#include "base/utf8.h"
#include "media/segment.h"

#define COST_SENTENCE 0
#define COST_COMMA 2
#define COST_CONJUNCTION 5
#define COST_PREPOSITION 7
#define COST_WORD 12
#define COST_AFTER_SMALL 18 /* a preposition or conjunction left hanging */
#define COST_IN_WORD 25
#define COST_NAME 35
#define COST_NEVER 40

/* Words with a space before and after each. */
static const struct lists {
	const char *language, *articles, *prepositions, *conjunctions;
	int names; /* capitals mean names */
} lists[] = {
	{ "en",
	  " a an the my your his her its our their this that these those no "
	  "every each some any ",
	  " of in on at by for with from to into onto over under about after "
	  "before between through during without against among across behind "
	  "beyond near since until upon within toward towards like as than "
	  "per ",
	  " and or but nor so yet because although though while when where "
	  "which who whose whom that if unless whether why how ", 1 },
	{ "de",
	  " der die das den dem des ein eine einen einem einer eines mein dein "
	  "sein ihr unser euer kein keine diese dieser dieses jede jeder ",
	  " in im an am auf aus bei beim mit nach seit von vom zu zum zur "
	  "durch "
	  "für gegen ohne um unter über vor zwischen hinter neben wegen ",
	  " und oder aber denn sondern weil dass wenn als ob obwohl während "
	  "damit bevor nachdem wie ", 0 },
	{ "fr",
	  " le la les un une des du au aux mon ma mes ton ta tes son sa ses "
	  "notre nos votre vos leur leurs ce cet cette ces chaque ",
	  " de à en dans par pour sur avec sans sous vers chez entre depuis "
	  "pendant contre après avant ",
	  " et ou mais donc car ni or que qui quand si comme lorsque puisque "
	  "dont où ", 1 },
	{ "es",
	  " el la los las un una unos unas mi tu su sus mis nuestro nuestra "
	  "este esta estos estas ese esa cada al del ",
	  " de a en por para con sin sobre entre hasta desde hacia contra "
	  "según durante tras ",
	  " y e o u pero sino porque que cuando si aunque como donde mientras "
	  "pues ", 1 },
	{ "it",
	  " il lo la i gli le un uno una mio mia tuo suo sua questo questa "
	  "ogni del della dei delle al alla nel nella dal dalla sul sulla ",
	  " di a da in con su per tra fra senza verso durante contro dopo ",
	  " e ed o ma che perché quando se come dove mentre anche quindi ", 1 },
	{ "pt",
	  " o a os as um uma uns umas meu minha seu sua este esta esse essa "
	  "cada do da dos das no na nos nas ao ",
	  " de em por para com sem sobre entre até desde contra durante após ",
	  " e ou mas porque que quando se embora como onde enquanto ", 1 },
};

static const char abbreviations[] =
    " dr. mr. mrs. ms. prof. st. jr. sr. vs. e.g. i.e. etc. no. vol. fig. "
    "approx. gen. col. capt. sen. rep. gov. mt. inc. ltd. co. hr. fr. bzw. "
    "z.b. usw. ca. nr. m. mme. mlle. sig. sra. ";

static const struct lists *
lists_for(const char *language)
{
	size_t i, n;

	language = language ? language : "";
	n = strcspn(language, "-_");
	for (i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		if (strlen(lists[i].language) == n &&
		    !strncmp(lists[i].language, language, n))
			return &lists[i];
	return NULL;
}

/* Is the word at s (letters only, any case of ASCII) in the list? */
static int
listed(const char *list, const char *s, size_t n)
{
	char word[24];
	size_t i;

	if (!n || n + 3 > sizeof(word))
		return 0;
	word[0] = ' ';
	for (i = 0; i < n; i++)
		word[i + 1] = s[i] >= 'A' && s[i] <= 'Z' ? s[i] + 32 : s[i];
	word[n + 1] = ' ';
	word[n + 2] = '\0';
	return strstr(list, word) != NULL;
}

static int
closes(uint32_t cp)
{
	return cp == '"' || cp == '\'' || cp == ')' || cp == ']' || cp == '}' ||
	    cp == 0xBB || cp == 0x2019 || cp == 0x201D || cp == 0x300D ||
	    cp == 0x300F || cp == 0xFF09 || cp == 0x3011 || cp == 0x300B;
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

/* The last code point of the n bytes at s; *at is its offset. */
static uint32_t
last_char(const char *s, size_t n, size_t *at)
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
		cp = last_char(s, n, &at);
		if (!closes(cp)) {
			stop = stop_of(cp);
			if (cp == '.' && (listed(abbreviations, s, n) ||
			    (n == 2 && s[0] >= 'A' && s[0] <= 'Z')))
				return CUE_STOP_NONE;
			return stop;
		}
		n = at;
	}
	return CUE_STOP_NONE;
}

static int
is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static int
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* "12 km", "50 %", "3 million": a number and what it counts. */
static int
number_unit(const char *a, size_t an, const char *b, size_t bn)
{
	return an && is_digit(a[an - 1]) && bn &&
	    ((b[0] >= 'a' && b[0] <= 'z') || b[0] == '%' ||
	    (unsigned char)b[0] >= 0xC2);
}

/* Two words with capitals, the first not merely beginning a sentence. */
static int
inside_name(const struct cue_tokens *k, size_t i)
{
	const char *s = k->text.buf;
	const struct cue_token *a = &k->t[i - 1], *b = &k->t[i];

	if (!is_upper(s[a->off]) || !is_upper(s[b->off]))
		return 0;
	if (a->len < 2 || i < 2)
		return a->len >= 2;
	return cue_stop_of(s + k->t[i - 2].off, k->t[i - 2].len) !=
	    CUE_STOP_SENTENCE;
}

static int
cost_by_words(const struct cue_tokens *k, size_t i, const struct lists *l)
{
	const char *s = k->text.buf;
	const struct cue_token *a = &k->t[i - 1], *b = &k->t[i];

	if (number_unit(s + a->off, a->len, s + b->off, b->len))
		return COST_NEVER;
	if (!l)
		return COST_WORD;
	if (listed(l->articles, s + a->off, a->len))
		return COST_NEVER;
	if (listed(abbreviations, s + a->off, a->len))
		return COST_NEVER;
	if (l->names && inside_name(k, i))
		return COST_NAME;
	if (listed(l->prepositions, s + a->off, a->len) ||
	    listed(l->conjunctions, s + a->off, a->len))
		return COST_AFTER_SMALL;
	if (listed(l->conjunctions, s + b->off, b->len))
		return COST_CONJUNCTION;
	if (listed(l->prepositions, s + b->off, b->len))
		return COST_PREPOSITION;
	return COST_WORD;
}

static int
is_hiragana(uint32_t cp)
{
	return cp >= 0x3041 && cp <= 0x309F;
}

/* No space between the two: inside a Latin or Korean word, or in a script
 * that has none. Japanese phrases end with hiragana, mostly particles. */
static int
cost_unspaced(const struct cue_tokens *k, size_t i)
{
	const struct cue_token *a = &k->t[i - 1], *b = &k->t[i];
	uint32_t before, after = 0;
	size_t at;

	before = last_char(k->text.buf + a->off, a->len, &at);
	utf8_decode(k->text.buf + b->off, b->len, &after);
	if (segment_class(before) & SEGMENT_HANGUL)
		return COST_IN_WORD;
	if (is_hiragana(before))
		return is_hiragana(after) ? COST_AFTER_SMALL : COST_PREPOSITION;
	if (is_hiragana(after))
		return COST_AFTER_SMALL;
	return a->columns == a->graphemes &&
	    !(segment_class(before) & SEGMENT_THAI) ? COST_IN_WORD : COST_WORD;
}

int
cue_break_cost(const struct cue_tokens *k, size_t i, const char *language)
{
	const struct cue_token *a = &k->t[i - 1], *b = &k->t[i];

	switch (cue_stop_of(k->text.buf + a->off, a->len)) {
	case CUE_STOP_SENTENCE:
		return COST_SENTENCE;
	case CUE_STOP_COMMA:
		return COST_COMMA;
	case CUE_STOP_NONE:
		break;
	}
	if (!b->space)
		return cost_unspaced(k, i);
	return cost_by_words(k, i, lists_for(language));
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
