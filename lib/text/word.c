#include "text/word.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "media/segment.h"
#include "text/stopword.h"

#define WORD_MAX 40 /* bytes; longer ones are in no table and have no stem */

int
language_is(const char *tag, const char *language)
{
	size_t n = strlen(language);

	return tag && !strncasecmp(tag, language, n) &&
	    (!tag[n] || tag[n] == '-' || tag[n] == '_');
}

/* Pango parts "16,000" and "10:30"; they are one word. */
static int
joins_number(const char *text, const struct word_span *last, size_t start)
{
	size_t end = last->off + last->len;

	return start == end + 1 && last->len &&
	    memchr(".,:", text[end], 3) &&
	    isdigit((unsigned char)text[end - 1]) &&
	    isdigit((unsigned char)text[start]);
}

static void
word_add(const char *text, size_t start, size_t end, struct word_list *out)
{
	struct word_span *last = out->nr ? &out->v[out->nr - 1] : NULL;

	if (last && joins_number(text, last, start)) {
		last->len = end - last->off;
		return;
	}
	ALLOC_GROW(out->v, out->nr, out->alloc);
	out->v[out->nr].off = start;
	out->v[out->nr++].len = end - start;
}

static unsigned
class_at(const char *text, size_t off, size_t len, size_t *next)
{
	uint32_t cp;
	size_t n = utf8_decode(text + off, len - off, &cp);

	*next = off + (n ? n : 1);
	return n ? segment_class(cp) : 0;
}

/* Pango finds only some of the words among ideographs and kana, so each of
 * these characters is a word of its own. */
void
word_split(const char *text, size_t len, const char *language,
    struct word_list *out)
{
	uint8_t *mark = xmalloc(len + 1);
	size_t i, next, start = 0;
	unsigned c;
	int in = 0;

	segment_text(text, len, language, mark);
	for (i = 0; i < len; i = next) {
		c = class_at(text, i, len, &next);
		if (in && (mark[i] & SEGMENT_WORD_END || c & SEGMENT_IDEO)) {
			word_add(text, start, i, out);
			in = 0;
		}
		if (c & SEGMENT_IDEO) {
			word_add(text, i, next, out);
		} else if (mark[i] & SEGMENT_WORD_START || (!in &&
		    c & (SEGMENT_LETTER | SEGMENT_DIGIT))) {
			start = i;
			in = 1;
		}
	}
	if (in)
		word_add(text, start, len, out);
	free(mark);
}

void
word_list_release(struct word_list *l)
{
	free(l->v);
	memset(l, 0, sizeof(*l));
}

size_t
word_count(const char *text, size_t len, const char *language)
{
	struct word_list l = WORD_LIST_INIT;
	size_t i, words = 0, unspaced = 0, gap = 0;
	unsigned c;
	uint32_t cp;

	word_split(text, len, language, &l);
	for (i = 0; i < l.nr; i++) {
		if (!utf8_decode(text + l.v[i].off, l.v[i].len, &cp))
			continue;
		c = segment_class(cp);
		if (c & (SEGMENT_IDEO | SEGMENT_THAI))
			unspaced += utf8_length(text + l.v[i].off, l.v[i].len);
		else if (i && l.v[i].off - gap == 1 &&
		    memchr("-'/.", text[gap], 4))
			; /* "co-operate" is one word */
		else
			words++;
		gap = l.v[i].off + l.v[i].len;
	}
	word_list_release(&l);
	return words + (unspaced + 1) / 2;
}

/* Is the folded word in a list " a b c "? */
static int
in_list(const char *list, const char *w, size_t len, size_t max)
{
	struct strbuf b = STRBUF_INIT;
	size_t i;
	int found = 0;

	if (!len || len > max || memchr(w, ' ', len))
		return 0;
	strbuf_addch(&b, ' ');
	segment_fold(w, len, &b);
	strbuf_addch(&b, ' ');
	/* a typographic apostrophe is an apostrophe */
	for (i = 0; i + 2 < b.len; i++)
		if (!memcmp(b.buf + i, "\xe2\x80\x99", 3)) {
			b.buf[i] = '\'';
			memmove(b.buf + i + 1, b.buf + i + 3, b.len - i - 2);
			strbuf_setlen(&b, b.len - 2);
		}
	found = strstr(list, b.buf) != NULL;
	strbuf_release(&b);
	return found;
}

int
word_is_stop(const char *w, size_t len, const char *language)
{
	const struct stopword_table *t = stopword_table(language);

	return t && in_list(t->stop, w, len, WORD_MAX);
}

int
word_is_determiner(const char *w, size_t len, const char *language)
{
	const struct stopword_table *t = stopword_table(language);

	return t && in_list(t->determiner, w, len, WORD_MAX);
}

/* Does b end with suffix, with at least keep bytes before it? */
static int
ends(const struct strbuf *b, size_t from, const char *suffix, size_t keep)
{
	size_t n = strlen(suffix);

	return b->len - from >= n + keep &&
	    !memcmp(b->buf + b->len - n, suffix, n);
}

static int
has_vowel(const struct strbuf *b, size_t from, size_t n)
{
	size_t i;

	for (i = from; i < from + n; i++)
		if (strchr("aeiouy", b->buf[i]))
			return 1;
	return 0;
}

/* After -ed or -ing: "running" to "run". */
static void
undouble(struct strbuf *b, size_t from)
{
	char c;

	if (b->len - from < 4)
		return;
	c = b->buf[b->len - 1];
	if (c == b->buf[b->len - 2] && !strchr("lsz", c) &&
	    isalpha((unsigned char)c))
		strbuf_setlen(b, b->len - 1);
}

static void
stem_english(struct strbuf *b, size_t from)
{
	if (ends(b, from, "'s", 2))
		strbuf_setlen(b, b->len - 2);
	if (ends(b, from, "ies", 3) && !ends(b, from, "eies", 1)) {
		strbuf_setlen(b, b->len - 3);
		strbuf_addch(b, 'y');
	} else if (ends(b, from, "es", 2) && (ends(b, from, "shes", 1) ||
	    ends(b, from, "ches", 1) || ends(b, from, "xes", 1) ||
	    ends(b, from, "sses", 1))) {
		strbuf_setlen(b, b->len - 2);
	} else if (ends(b, from, "s", 3) && !ends(b, from, "us", 1) &&
	    !ends(b, from, "ss", 1) && !ends(b, from, "is", 1)) {
		strbuf_setlen(b, b->len - 1);
	}
	if (ends(b, from, "ly", 4))
		strbuf_setlen(b, b->len - 2);
	if (ends(b, from, "ing", 3) && has_vowel(b, from, b->len - from - 3)) {
		strbuf_setlen(b, b->len - 3);
		undouble(b, from);
	} else if (ends(b, from, "ed", 3) &&
	    has_vowel(b, from, b->len - from - 2)) {
		strbuf_setlen(b, b->len - 2);
		undouble(b, from);
	}
	if (ends(b, from, "e", 3))
		strbuf_setlen(b, b->len - 1);
}

static void
stem_by(struct strbuf *b, size_t from, const char *const *suffix)
{
	for (; *suffix; suffix++)
		if (ends(b, from, *suffix, 4)) {
			strbuf_setlen(b, b->len - strlen(*suffix));
			return;
		}
}

void
word_stem(const char *w, size_t len, const char *language, struct strbuf *out)
{
	static const char *const german[] = { "ern", "em", "en", "er", "es",
		"e", "n", "s", NULL };
	static const char *const romance[] = { "mente", "ments", "ment", "es",
		"os", "as", "s", "x", "e", "o", "a", "i", NULL };
	size_t from = out->len;

	segment_fold(w, len, out);
	if (out->len - from > WORD_MAX)
		return;
	if (language_is(language, "en"))
		stem_english(out, from);
	else if (language_is(language, "de"))
		stem_by(out, from, german);
	else if (language_is(language, "fr") || language_is(language, "es") ||
	    language_is(language, "it") || language_is(language, "pt"))
		stem_by(out, from, romance);
}
