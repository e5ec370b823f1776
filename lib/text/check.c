#include "text/check.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/check_prompts.h"
#include "text/check_source.h"
#include "text/rank_words.h"
#include "text/sentence.h"
#include "text/stage.h"
#include "text/word.h"

#define SENTENCE_WORDS 25 /* longer ones are hard to follow by ear */
#define HOOK_WORDS 9      /* about three seconds */
#define REPEATS 2

static int
is_short_form(const char *platform)
{
	return platform && (!strcmp(platform, "shorts") ||
	    !strcmp(platform, "tiktok") || !strcmp(platform, "reels"));
}

static int
check_length(const struct check_request *q, size_t words, struct strbuf *out)
{
	double want = q->target_words ? (double)q->target_words : q->target;
	double got = q->target_words ? (double)words : q->got;

	if (want <= 0 || (got >= want * 0.9 && got <= want * 1.1))
		return 0;
	if (q->target_words)
		strbuf_addf(out, "the script has %zu words, %zu are wanted\n",
		    words, q->target_words);
	else
		strbuf_addf(out, "the film will last about %.0f s, %.0f s are "
		    "wanted\n", got, want);
	return 1;
}

/* Sentences of one scene; sets *words of the first. */
static int
check_sentences(const char *text, const char *language, size_t scene,
    size_t *first, struct strbuf *out)
{
	struct word_list l = WORD_LIST_INIT;
	size_t i, n;
	int bad = 0;

	sentence_split(text, strlen(text), language, &l);
	for (i = 0; i < l.nr; i++) {
		n = word_count(text + l.v[i].off, l.v[i].len, language);
		if (!i)
			*first = n;
		if (n > SENTENCE_WORDS) {
			strbuf_addf(out, "scene %zu has a sentence of %zu "
			    "words\n", scene, n);
			bad++;
		}
	}
	word_list_release(&l);
	return bad;
}

static int
has_markup(const char *s)
{
	const char *p;

	for (p = s; *p; p++) {
		if ((p[0] == '*' && p[1] == '*') || (p[0] == '`') ||
		    (p[0] == ']' && p[1] == '(') || !strncmp(p, "://", 3))
			return 1;
		if (*p == '<' && (p[1] == '/' || (p[1] >= 'a' && p[1] <= 'z')))
			return 1;
	}
	return *s == '#' || !strncmp(s, "- ", 2);
}

struct grams {
	struct rank_words *words, *grams;
	size_t *times, alloc;
};

static int
count_gram(struct grams *g, const size_t last[4])
{
	size_t id = rank_words_id(g->grams, (const char *)last,
	    4 * sizeof(*last)), was = g->alloc;

	if (id >= g->alloc) {
		g->alloc = id * 2 + 64;
		g->times = xreallocarray(g->times, g->alloc,
		    sizeof(*g->times));
		memset(g->times + was, 0, (g->alloc - was) *
		    sizeof(*g->times));
	}
	return ++g->times[id] == REPEATS + 1;
}

static int
check_repeats(const struct script *s, const char *language, struct strbuf *out)
{
	struct grams g = { rank_words_new(), rank_words_new(), NULL, 0 };
	struct word_list l = WORD_LIST_INIT;
	struct strbuf b = STRBUF_INIT;
	size_t i, k, last[4];
	const char *t;
	int bad = 0;

	for (i = 0; i < s->nr; i++) {
		t = s->v[i].text;
		l.nr = 0;
		word_split(t, strlen(t), language, &l);
		for (k = 0; k < l.nr; k++) {
			strbuf_reset(&b);
			word_stem(t + l.v[k].off, l.v[k].len, language, &b);
			memmove(last, last + 1, 3 * sizeof(*last));
			last[3] = rank_words_id(g.words, b.buf, b.len);
			if (k < 3 || !count_gram(&g, last))
				continue;
			bad++;
			strbuf_addf(out, "said more than %d times: \"%.*s\"\n",
			    REPEATS, (int)(l.v[k].off + l.v[k].len -
			    l.v[k - 3].off), t + l.v[k - 3].off);
		}
	}
	strbuf_release(&b);
	word_list_release(&l);
	rank_words_free(g.words);
	rank_words_free(g.grams);
	free(g.times);
	return bad;
}

static int
check_stage(const char *s, size_t scene, struct strbuf *out)
{
	size_t n = strlen(s), at = 0, len;
	int bad = 0;

	for (; (at = stage_find(s, n, at, &len)) < n; at += len, bad++)
		strbuf_addf(out, "scene %zu has a stage direction that would "
		    "be read aloud: \"%.*s\"\n", scene, (int)len, s + at);
	return bad;
}

static int
is_blank(const char *s)
{
	return !s || !s[strspn(s, " \t\r\n")];
}

/* What each scene must have. */
static int
check_parts(const struct script *s, struct strbuf *out)
{
	size_t i, prompts = 0;
	int bad = 0;

	for (i = 0; i < s->nr; i++)
		prompts += !is_blank(s->v[i].image);
	for (i = 0; i < s->nr; i++) {
		if (is_blank(s->v[i].text)) {
			strbuf_addf(out, "scene %zu has no narration\n", i + 1);
			bad++;
		}
		if (prompts && is_blank(s->v[i].image)) {
			strbuf_addf(out, "scene %zu has no image prompt\n",
			    i + 1);
			bad++;
		}
	}
	return bad;
}

int
check_script(const struct script *s, const struct check_request *q,
    struct strbuf *out)
{
	size_t i, words = 0, first = 0;
	int bad = 0;

	for (i = 0; i < s->nr; i++) {
		words += word_count(s->v[i].text, strlen(s->v[i].text),
		    q->language);
		bad += check_sentences(s->v[i].text, q->language, i + 1,
		    &first, out);
		if (!i && is_short_form(q->platform) && first > HOOK_WORDS) {
			strbuf_addf(out, "the first sentence has %zu words; in "
			    "short form it should have at most %d\n", first,
			    HOOK_WORDS);
			bad++;
		}
		if (has_markup(s->v[i].text)) {
			strbuf_addf(out, "scene %zu has markup that would be "
			    "read aloud\n", i + 1);
			bad++;
		}
		bad += check_stage(s->v[i].text, i + 1, out);
	}
	bad += check_parts(s, out);
	bad += check_prompts(s, q->language, out);
	if (q->source)
		bad += check_source(s, q->language, q->source, out);
	bad += check_length(q, words, out);
	return bad + check_repeats(s, q->language, out);
}
