#include "text/phrase_token.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "media/segment.h"
#include "text/phrase_class.h"
#include "text/sentence.h"
#include "text/word.h"

int
phrase_is_quote(uint32_t cp)
{
	return cp == '"' || cp == 0xab || cp == 0xbb ||
	    (cp >= 0x201c && cp <= 0x201f);
}

int
phrase_is_question(uint32_t cp)
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
	if (!(segment_class(cp) & SEGMENT_PUNCT) || phrase_is_quote(cp))
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
		*quotes += phrase_is_quote(cp);
		if (!breaks_clause(cp))
			continue;
		apart = 1;
		if (!*after || phrase_is_question(cp))
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

void
phrase_tokens(struct phrase_tokens *t, size_t len)
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
