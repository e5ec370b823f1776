#include "text/phrase.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "media/segment.h"
#include "text/phrase_score.h"
#include "text/sentence.h"
#include "text/word.h"

#define PHRASE_BYTES 4000 /* only the start of a long text is looked at */
#define PHRASE_WORDS 7

struct pick {
	size_t from, to; /* tokens */
	double score;
};

static int
is_quote(uint32_t cp)
{
	return cp == '"' || cp == 0xab || cp == 0xbb ||
	    (cp >= 0x201c && cp <= 0x201f);
}

static int
is_question(uint32_t cp)
{
	return cp == '?' || cp == 0xff1f || cp == 0x61f;
}

/* Does cp end a clause when it stands between words of a sentence? A full
 * stop there is that of an abbreviation. */
static int
breaks_clause(uint32_t cp)
{
	if (cp == 0x2026)
		return 1;
	if (!(segment_class(cp) & SEGMENT_PUNCT) || is_quote(cp))
		return 0;
	return !(cp < 128 && strchr("%&#@*'-_./", (int)cp)) &&
	    cp != 0x2018 && cp != 0x2019 && cp != 0x2010 && cp != 0x2011 &&
	    cp != 0xb7 && cp != 0x30fb && cp != 0x964;
}

/* What stands between two words: sets *after to the mark that ends a clause
 * (a question mark wins), counts the quotation marks; returns 1 where there is
 * a space or such a mark. */
static int
look_between(const char *s, size_t n, uint32_t *after, size_t *quotes)
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
		*quotes += is_quote(cp);
		if (!breaks_clause(cp))
			continue;
		apart = 1;
		if (!*after || is_question(cp))
			*after = cp;
	}
	return apart;
}

static struct phrase_token *
token_add(struct phrase_tokens *t, const struct word_span *w, size_t sentence)
{
	struct phrase_token *k;
	uint32_t cp = 0;
	unsigned c;

	ALLOC_GROW(t->v, t->nr, t->alloc);
	k = &t->v[t->nr++];
	memset(k, 0, sizeof(*k));
	k->off = w->off;
	k->end = w->off + w->len;
	k->sentence = sentence;
	utf8_decode(t->text + w->off, w->len, &cp);
	c = segment_class(cp);
	k->unspaced = (c & (SEGMENT_IDEO | SEGMENT_THAI)) != 0;
	k->kana = cp >= 0x3041 && cp <= 0x309f;
	k->name = (c & (SEGMENT_UPPER | SEGMENT_DIGIT)) != 0;
	return k;
}

/* Append the words of one sentence, with what stands between them. */
static void
token_sentence(struct phrase_tokens *t, const struct word_span *s, size_t nr)
{
	struct word_list l = WORD_LIST_INIT;
	size_t i, gap = s->off, first = t->nr, quotes = 0, off;
	struct phrase_token *last = NULL;
	uint32_t after;
	int apart;

	word_split(t->text + s->off, s->len, t->language, &l);
	for (i = 0; i < l.nr; i++) {
		off = (l.v[i].off += s->off);
		apart = look_between(t->text + gap, off - gap, &after,
		    &quotes);
		gap = off + l.v[i].len;
		if (last)
			last->after = after;
		if (last && !apart && !last->unspaced) {
			last->end = gap;
			continue;
		}
		last = token_add(t, &l.v[i], nr);
		last->quote = quotes & 1 ? quotes : 0;
		last->name &= t->nr - 1 > first;
	}
	if (last) {
		off = s->off + s->len;
		look_between(t->text + gap, off - gap, &last->after, &quotes);
		if (!last->after)
			last->after = '.';
	}
	for (i = first; i < t->nr; i++) {
		t->v[i].first = first;
		t->v[i].last = t->nr;
	}
	word_list_release(&l);
}

/* The first and last token of every clause. */
static void
token_clauses(struct phrase_tokens *t)
{
	size_t i, from = 0, k;

	for (i = 0; i < t->nr; i++) {
		if (!t->v[i].after)
			continue;
		for (k = from; k <= i; k++) {
			t->v[k].from = from;
			t->v[k].to = i + 1;
		}
		from = i + 1;
	}
}

/* Is there a verb for every subject before token i, so that one more is none?
 * "The Moon raises two broad swells". A past form may be a participle. */
static int
clause_has_verb(const struct phrase_tokens *t, size_t i)
{
	const struct phrase_token *k = &t->v[i], *p;
	size_t verbs = 0, more = 1, n;

	for (n = 0, p = k - 1; p >= t->v + k->from && n < 16; p--, n++) {
		if (p->cls & PHRASE_CONJ)
			return verbs >= more;
		verbs += !!(p->cls & (PHRASE_VERB | PHRASE_AUX)) &&
		    !(p->cls & PHRASE_PAST);
		more += !!(p->cls & PHRASE_SUB);
		if (p == t->v)
			break;
	}
	return verbs >= more;
}

/* Is the word that may be a verb one, where it stands? English: after its
 * subject, which is a plural before a base form. */
static int
is_finite(const struct phrase_tokens *t, size_t i)
{
	const struct phrase_token *k = &t->v[i], *p = k - 1;
	const char *s = t->text;

	if (i == k->from)
		return (k->cls & PHRASE_BASE) && i + 1 < k->to &&
		    t->v[i + 1].cls & (PHRASE_DET | PHRASE_YOU);
	if (p->cls & (PHRASE_REL | PHRASE_YOU | PHRASE_AWAY) ||
	    (p->cls & PHRASE_PRON && !(p->cls & PHRASE_DET)))
		return 1;
	if (i == k->from + 1 && p->cls & PHRASE_NEG && k->cls & PHRASE_BASE &&
	    !(p->cls & PHRASE_DET)) /* "Never leave" */
		return 1;
	if (p->end - p->off == 4 && !(k->cls & PHRASE_BASE) &&
	    !memcmp(s + p->off + 1, "his", 3)) /* "This spreads" */
		return 1;
	while (p > t->v + k->from && p->stop && !p->cls)
		p--; /* "now" */
	if (clause_has_verb(t, i))
		return 0;
	if (p->cls & PHRASE_CONJ)
		return k->verbs > t->v[k->from].verbs;
	if (p->cls & (PHRASE_DET | PHRASE_PREP | PHRASE_AUX | PHRASE_OF |
	    PHRASE_VERB))
		return 0;
	if (k->cls & PHRASE_PAST || !(k->cls & PHRASE_BASE))
		return 1;
	return p->cls & (PHRASE_NUMBER | PHRASE_TIME) || s[p->end - 1] == 's' ||
	    (p->end - p->off > 4 && !memcmp(s + p->end - 3, "men", 3)) ||
	    (p->end - p->off > 5 && (!memcmp(s + p->end - 5, "eople", 5) ||
	    !memcmp(s + p->end - 4, "dren", 4)));
}

static void
token_classes(struct phrase_tokens *t)
{
	struct phrase_token *k;
	const char *w;
	size_t i, n;

	for (i = 0; i < t->nr; i++) {
		k = &t->v[i];
		w = t->text + k->off;
		n = k->end - k->off;
		k->words = k->unspaced ? (double)utf8_length(w, n) / 2 : 1;
		k->stop = word_is_stop(w, n, t->language);
		k->det = word_is_determiner(w, n, t->language);
		k->cls = phrase_class(w, n, t->language);
		if (i) {
			k->negations = k[-1].negations +
			    !!(k[-1].cls & PHRASE_NEG);
			k->unsure = k[-1].unsure +
			    !!(k[-1].cls & PHRASE_UNSURE);
			k->verbs = k[-1].verbs +
			    !!(k[-1].cls & (PHRASE_VERB | PHRASE_AUX));
		}
		if (k->cls & PHRASE_VERB && !is_finite(t, i))
			k->cls &= ~(unsigned)PHRASE_VERB;
	}
}

static void
token_list(struct phrase_tokens *t, size_t len)
{
	struct word_list l = WORD_LIST_INIT;
	size_t i;

	sentence_split(t->text, len, t->language, &l);
	for (i = 0; i < l.nr; i++)
		token_sentence(t, &l.v[i], i);
	word_list_release(&l);
	token_clauses(t);
	token_classes(t);
}

static struct pick
best(const struct phrase_tokens *t, int max)
{
	struct pick p = { 0, 0, PHRASE_NONE };
	size_t a, z;
	double s;

	for (a = 0; a < t->nr; a++)
		for (z = a + 1; z <= t->v[a].last &&
		    z - a <= (size_t)max * 2; z++) {
			s = phrase_score(t, a, z, max);
			if (s > p.score) {
				p.score = s;
				p.from = a;
				p.to = z;
			}
		}
	if (t->nr && !p.to) /* one word longer than all: cut it */
		p.to = 1;
	return p;
}

/* The end of the phrase in bytes: signs that belong to the last word. */
static size_t
phrase_end(const struct phrase_tokens *t, const struct phrase_token *z,
    size_t len)
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
phrase_start(const struct phrase_tokens *t, const struct phrase_token *a,
    struct strbuf *out)
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

/* The phrase with the quotation marks that belong to it. */
static void
phrase_write(const struct phrase_tokens *t, const struct pick *p, size_t len,
    struct strbuf *out)
{
	const struct phrase_token *a = &t->v[p->from], *z = &t->v[p->to - 1];
	uint32_t mark = t->v[a->last - 1].after;
	size_t end = phrase_end(t, z, len), quotes = 0, at, off, k;
	uint32_t cp, open = 0;
	char u[4];

	for (at = a->off; a->quote && at &&
	    at + 4 > a->off; ) {
		at--;
		if (((unsigned char)t->text[at] & 0xc0) == 0x80)
			continue;
		utf8_decode(t->text + at, a->off - at, &cp);
		if (is_quote(cp) && !open)
			open = cp;
	}
	for (off = a->off; off < end; off += k ? k : 1) {
		k = utf8_decode(t->text + off, end - off, &cp);
		quotes += k && is_quote(cp);
	}
	if (open && quotes & 1)
		strbuf_add(out, u, utf8_encode(open, u));
	phrase_start(t, a, out);
	strbuf_add(out, t->text + a->off, end - a->off);
	if (is_question(z->after))
		strbuf_add(out, u, utf8_encode(z->after, u));
	else if (is_question(mark) && p->from == a->first)
		strbuf_add(out, u, utf8_encode(mark, u));
	if (quotes & 1 && !open && end < len && z->quote) {
		k = utf8_decode(t->text + end, len - end, &cp);
		if (k && is_quote(cp))
			strbuf_add(out, t->text + end, k);
	}
	segment_capitalise(out, 0);
}

char *
phrase_key(const char *text, const char *language, int max_words)
{
	struct phrase_tokens t = { NULL, 0, 0, NULL, NULL };
	struct strbuf out = STRBUF_INIT;
	size_t len = strnlen(text, PHRASE_BYTES), i;
	struct pick p;

	while (len && ((unsigned char)text[len] & 0xc0) == 0x80)
		len--;
	if (max_words < 1 || max_words > PHRASE_WORDS)
		max_words = PHRASE_WORDS;
	t.text = text;
	t.language = language;
	token_list(&t, len);
	p = best(&t, max_words);
	if (p.to)
		phrase_write(&t, &p, len, &out);
	for (i = 0; i < out.len; i++)
		if (out.buf[i] == '\n' || out.buf[i] == '\t')
			out.buf[i] = ' ';
	free(t.v);
	return strbuf_detach(&out, NULL);
}
