#include "text/phrase.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "media/segment.h"
#include "text/word.h"

#define PHRASE_BYTES 4000 /* only the start of a long text is looked at */
#define PHRASE_WORDS 7

/* A word between spaces; in scripts without spaces, a word of the script. */
struct token {
	size_t off, end; /* bytes, without the punctuation around it */
	int clause;      /* number of the clause it stands in */
	int stop, det;
	int unspaced;    /* written without spaces */
	int name;        /* a capital inside the clause, or a digit */
	uint32_t after;  /* what ended the clause after it, 0: nothing */
};

struct tokens {
	struct token *v;
	size_t nr, alloc;
	const char *text, *language;
};

struct pick {
	size_t from, to; /* tokens */
	double score;
};

/* Does cp end a clause when it stands between words? */
static int
breaks_clause(uint32_t cp)
{
	unsigned c = segment_class(cp);

	if (cp == '\n' || cp == 0x2026)
		return 1;
	if (!(c & SEGMENT_PUNCT) && cp != '"')
		return 0;
	return !strchr("%&#@*'-_", cp < 128 ? (int)cp : 'x') &&
	    cp != 0x2019 && cp != 0x2010 && cp != 0x2011 && cp != 0xb7 &&
	    cp != 0x30fb;
}

/* What stands between two words: sets *after to the mark that ends a clause
 * (a question mark wins); returns 1 where there is a space or such a mark. */
static int
look_between(const char *s, size_t n, uint32_t *after)
{
	size_t off, k;
	uint32_t cp;
	int apart = 0;

	*after = 0;
	for (off = 0; off < n; off += k) {
		k = utf8_decode(s + off, n - off, &cp);
		if (!k)
			return 1;
		if (segment_class(cp) & SEGMENT_BLANK)
			apart = 1;
		if (!breaks_clause(cp))
			continue;
		apart = 1;
		if (!*after || cp == '?' || cp == 0xff1f || cp == 0x61f)
			*after = cp;
	}
	return apart;
}

static void
token_add(struct tokens *t, const struct word_span *w, int clause)
{
	struct token *k;
	uint32_t cp = 0;
	unsigned c;

	ALLOC_GROW(t->v, t->nr, t->alloc);
	k = &t->v[t->nr++];
	memset(k, 0, sizeof(*k));
	k->off = w->off;
	k->end = w->off + w->len;
	k->clause = clause;
	utf8_decode(t->text + w->off, w->len, &cp);
	c = segment_class(cp);
	k->unspaced = (c & (SEGMENT_IDEO | SEGMENT_THAI)) != 0;
	k->name = (c & (SEGMENT_UPPER | SEGMENT_DIGIT)) != 0;
}

static void
token_list(struct tokens *t, size_t len)
{
	struct word_list l = WORD_LIST_INIT;
	struct token *last;
	size_t i, gap;
	uint32_t after;
	int clause = 0, apart;

	word_split(t->text, len, t->language, &l);
	for (i = 0; i < l.nr; i++) {
		last = t->nr ? &t->v[t->nr - 1] : NULL;
		gap = last ? last->end : 0;
		apart = look_between(t->text + gap, l.v[i].off - gap, &after);
		if (last && after) {
			last->after = after;
			clause++;
		}
		if (last && !apart && !last->unspaced) {
			last->end = l.v[i].off + l.v[i].len;
			continue;
		}
		token_add(t, &l.v[i], clause);
	}
	if (t->nr) {
		last = &t->v[t->nr - 1];
		look_between(t->text + last->end, len - last->end,
		    &last->after);
		if (!last->after)
			last->after = '.';
	}
	for (i = 0; i < t->nr; i++) {
		last = &t->v[i];
		last->stop = word_is_stop(t->text + last->off,
		    last->end - last->off, t->language);
		last->det = word_is_determiner(t->text + last->off,
		    last->end - last->off, t->language);
	}
	word_list_release(&l);
}

/* How many words these tokens stand for: two ideographs are a word. */
static double
token_words(const struct tokens *t, size_t from, size_t to)
{
	double n = 0;

	for (; from < to; from++)
		n += t->v[from].unspaced ? (double)utf8_length(t->text +
		    t->v[from].off, t->v[from].end - t->v[from].off) / 2 : 1;
	return n;
}

static double
score(const struct tokens *t, size_t from, size_t to, int max)
{
	const struct token *a = &t->v[from], *z = &t->v[to - 1];
	double words = token_words(t, from, to), s = 0;
	int starts = !from || t->v[from - 1].clause != a->clause;
	size_t i;

	if (words > max || (z->stop && !z->after))
		return -1e9;
	for (i = from; i < to; i++)
		s += t->v[i].stop ? 0.15 : t->v[i].unspaced ? 0.5
		    : 1.0 + 0.25 * (t->v[i].name && i > 0);
	if (s > 4.2) /* four words of weight are enough for a title */
		s = 4.2 + (s - 4.2) * 0.2;
	s -= z->stop ? 1.5 : 0;
	if (!z->after) /* cut inside the clause: best before a small word */
		s -= to < t->nr && t->v[to].stop ? 0.6 : 2.2;
	if (!starts)
		s -= t->v[from - 1].stop ? 0.9 : 1.8;
	if (a->stop && !a->det)
		s -= starts ? 0.8 : 1.6;
	if (words < 2)
		s -= 2;
	s -= 0.12 * a->clause; /* the earlier, the better */
	return s + ((z->after == '?' || z->after == 0xff1f) && starts ? 0.8
	    : 0);
}

static struct pick
best(const struct tokens *t, int max)
{
	struct pick p = { 0, 0, -1e8 };
	size_t a, z;
	double s;

	for (a = 0; a < t->nr; a++)
		for (z = a + 1; z <= t->nr && z - a <= (size_t)max * 2 &&
		    t->v[z - 1].clause == t->v[a].clause; z++) {
			s = score(t, a, z, max);
			if (s > p.score) {
				p.score = s;
				p.from = a;
				p.to = z;
			}
		}
	if (t->nr && !p.to) { /* one word longer than all: cut it */
		p.from = 0;
		p.to = 1;
	}
	return p;
}

/* The end of the phrase in bytes: signs that belong to the last word. */
static size_t
phrase_end(const struct tokens *t, const struct token *z, size_t len)
{
	static const char *const sign[] = { "%", "\xc2\xb0", "\xe2\x82\xac",
		"+", "\xc2\xb0" "C", "\xc2\xb0" "F", " %", NULL };
	size_t i, n, add = 0;

	for (i = 0; sign[i]; i++) {
		n = strlen(sign[i]);
		if (n > add && z->end + n <= len &&
		    !memcmp(t->text + z->end, sign[i], n))
			add = n;
	}
	return z->end + add;
}

static void
phrase_start(const struct tokens *t, const struct token *a, struct strbuf *out)
{
	static const char *const sign[] = { "$", "\xc2\xa3", "\xe2\x82\xac",
		"\xc2\xbf", "\xe2\x88\x92", "#", NULL };
	size_t i, n;

	for (i = 0; sign[i]; i++) {
		n = strlen(sign[i]);
		if (a->off >= n && !memcmp(t->text + a->off - n, sign[i], n))
			strbuf_addstr(out, sign[i]);
	}
}

char *
phrase_key(const char *text, const char *language, int max_words)
{
	struct tokens t = { NULL, 0, 0, NULL, NULL };
	struct strbuf out = STRBUF_INIT;
	size_t len = strnlen(text, PHRASE_BYTES), i;
	struct pick p;
	char mark[4];

	while (len && ((unsigned char)text[len] & 0xc0) == 0x80)
		len--;
	if (max_words < 1 || max_words > PHRASE_WORDS)
		max_words = PHRASE_WORDS;
	t.text = text;
	t.language = language;
	token_list(&t, len);
	p = best(&t, max_words);
	if (p.to && t.v) {
		const struct token *z = &t.v[p.to - 1];

		phrase_start(&t, &t.v[p.from], &out);
		strbuf_add(&out, text + t.v[p.from].off,
		    phrase_end(&t, z, len) - t.v[p.from].off);
		if (z->after == '?' || z->after == 0xff1f || z->after == 0x61f)
			strbuf_add(&out, mark, utf8_encode(z->after, mark));
		segment_capitalise(&out, 0);
	}
	for (i = 0; i < out.len; i++)
		if (out.buf[i] == '\n' || out.buf[i] == '\t')
			out.buf[i] = ' ';
	free(t.v);
	return strbuf_detach(&out, NULL);
}
