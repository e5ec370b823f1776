#include "text/phrase.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "base/utf8.h"
#include "media/segment.h"
#include "text/phrase_score.h"
#include "text/phrase_token.h"

#define PHRASE_BYTES 4000 /* only the start of a long text is looked at */
#define PHRASE_WORDS 7

struct pick {
	size_t from, to; /* tokens */
	double score;
};

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
		if (phrase_is_quote(cp) && !open)
			open = cp;
	}
	for (off = a->off; off < end; off += k ? k : 1) {
		k = utf8_decode(t->text + off, end - off, &cp);
		quotes += k && phrase_is_quote(cp);
	}
	if (open && quotes & 1)
		strbuf_add(out, u, utf8_encode(open, u));
	phrase_start(t, a, out);
	strbuf_add(out, t->text + a->off, end - a->off);
	if (phrase_is_question(z->after))
		strbuf_add(out, u, utf8_encode(z->after, u));
	else if (phrase_is_question(mark) && p->from == a->first)
		strbuf_add(out, u, utf8_encode(mark, u));
	if (quotes & 1 && !open && end < len && z->quote) {
		k = utf8_decode(t->text + end, len - end, &cp);
		if (k && phrase_is_quote(cp))
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
	phrase_tokens(&t, len);
	p = best(&t, max_words);
	if (p.to)
		phrase_write(&t, &p, len, &out);
	for (i = 0; i < out.len; i++)
		if (out.buf[i] == '\n' || out.buf[i] == '\t')
			out.buf[i] = ' ';
	free(t.v);
	return strbuf_detach(&out, NULL);
}
