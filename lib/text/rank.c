#include "text/rank.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "media/segment.h"
#include "text/rank_words.h"
#include "text/word.h"

#define LIKE_LEAST 0.05   /* a weaker likeness is chance */
#define BACK_WEIGHT (-0.15) /* of sentences before it: it repeats them */
#define SECTION_SHARE 0.4 /* of the score, from its own section alone */
#define COMMON_PART 3     /* a term in more than 1/3 of many sentences ... */
#define COMMON_LEAST 200  /* ... (more than these) tells nothing */

/* Counts, before rank_score makes weights of them. */
static void
term_add(struct rank_sentence *s, size_t *alloc, size_t id)
{
	size_t i;

	for (i = 0; i < s->nr; i++)
		if (s->v[i].id == id) {
			s->v[i].weight += 1;
			return;
		}
	ALLOC_GROW(s->v, s->nr, *alloc);
	s->v[s->nr].id = id;
	s->v[s->nr++].weight = 1;
}

static int
by_id(const void *a, const void *b)
{
	const struct rank_term *x = a, *y = b;

	return (x->id > y->id) - (x->id < y->id);
}

static int
is_ideograph(const char *s, size_t n)
{
	uint32_t cp;

	return utf8_decode(s, n, &cp) && segment_class(cp) & SEGMENT_IDEO;
}

#define SENTENCE_TERMS 200 /* of one sentence; the rest is not looked at */

void
rank_add(struct rank *r, const char *text, size_t len, const char *language,
    size_t section)
{
	struct word_list l = WORD_LIST_INIT;
	struct rank_sentence *s;
	struct strbuf b = STRBUF_INIT;
	const struct word_span *w, *next;
	size_t i, alloc = 0;

	if (!r->words)
		r->words = rank_words_new();
	ALLOC_GROW(r->v, r->nr, r->alloc);
	s = &r->v[r->nr++];
	memset(s, 0, sizeof(*s));
	s->section = section;
	word_split(text, len, language, &l);
	for (i = 0; i < l.nr && s->nr < SENTENCE_TERMS; i++) {
		w = &l.v[i];
		next = i + 1 < l.nr ? &l.v[i + 1] : NULL;
		strbuf_reset(&b);
		if (is_ideograph(text + w->off, w->len)) {
			/* pairs of neighbours stand for words */
			if (!next || next->off != w->off + w->len)
				continue;
			strbuf_add(&b, text + w->off, w->len + next->len);
		} else if (!word_is_stop(text + w->off, w->len, language)) {
			word_stem(text + w->off, w->len, language, &b);
		}
		if (b.len)
			term_add(s, &alloc, rank_words_id(r->words, b.buf,
			    b.len));
	}
	if (s->nr)
		qsort(s->v, s->nr, sizeof(*s->v), by_id);
	strbuf_release(&b);
	word_list_release(&l);
}

/* tf-idf, each sentence scaled to length 1. Returns sentences per term. */
static size_t *
weigh(struct rank *r)
{
	size_t *df = xcalloc(rank_words_count(r->words) + 1, sizeof(*df));
	struct rank_sentence *s;
	size_t i, k;
	double sum;

	for (i = 0; i < r->nr; i++)
		for (k = 0; k < r->v[i].nr; k++)
			df[r->v[i].v[k].id]++;
	for (i = 0; i < r->nr; i++) {
		s = &r->v[i];
		for (k = 0, sum = 0; k < s->nr; k++) {
			s->v[k].weight = (1 + log(s->v[k].weight)) *
			    log(1 + (double)r->nr / (double)df[s->v[k].id]);
			sum += s->v[k].weight * s->v[k].weight;
		}
		for (k = 0; k < s->nr; k++)
			s->v[k].weight /= sqrt(sum);
	}
	return df;
}

struct posting {
	size_t sentence;
	double weight;
};

/* For each term the sentences that have it, in order: list[start[t]] up to
 * list[start[t + 1]]. Terms that nearly all have are left out. */
static struct posting *
invert(const struct rank *r, const size_t *df, size_t *start)
{
	size_t terms = rank_words_count(r->words), i, k, t, n = 0;
	size_t *fill = xcalloc(terms + 1, sizeof(*fill));
	struct posting *list;

	for (t = 0; t < terms; t++) {
		start[t] = fill[t] = n;
		if (df[t] <= COMMON_LEAST || df[t] <= r->nr / COMMON_PART)
			n += df[t];
	}
	start[terms] = n;
	list = xcalloc(n + 1, sizeof(*list));
	for (i = 0; i < r->nr; i++)
		for (k = 0; k < r->v[i].nr; k++) {
			t = r->v[i].v[k].id;
			if (start[t + 1] == start[t])
				continue;
			list[fill[t]].sentence = i;
			list[fill[t]++].weight = r->v[i].v[k].weight;
		}
	free(fill);
	return list;
}

/* Sums of likeness forward and back, in the text and in the section. */
struct sums {
	double *all, *own;
};

static void
add_edge(const struct rank *r, struct sums *s, size_t i, size_t j, double e)
{
	e -= LIKE_LEAST;
	s->all[i] += e; /* i stands before j */
	s->all[j] += e * BACK_WEIGHT;
	if (r->v[i].section == r->v[j].section) {
		s->own[i] += e;
		s->own[j] += e * BACK_WEIGHT;
	}
}

static void
add_edges(const struct rank *r, const size_t *start,
    const struct posting *list, struct sums *s)
{
	double *like = xcalloc(r->nr, sizeof(*like));
	size_t *seen = xcalloc(r->nr, sizeof(*seen)), nr, i, j, k, p;
	const struct rank_term *t;

	for (i = 0; i < r->nr; i++) {
		nr = 0;
		for (k = 0; k < r->v[i].nr; k++) {
			t = &r->v[i].v[k];
			for (p = start[t->id + 1]; p > start[t->id]; p--) {
				j = list[p - 1].sentence;
				if (j <= i)
					break;
				if (like[j] == 0)
					seen[nr++] = j;
				like[j] += t->weight * list[p - 1].weight;
			}
		}
		for (k = 0; k < nr; k++) {
			if (like[seen[k]] > LIKE_LEAST)
				add_edge(r, s, i, seen[k], like[seen[k]]);
			like[seen[k]] = 0;
		}
	}
	free(like);
	free(seen);
}

/* Scale n numbers so that the largest is 1 and the least is 0. */
static void
normalise(double *v, size_t n)
{
	double lo = HUGE_VAL, hi = -HUGE_VAL;
	size_t i;

	for (i = 0; i < n; i++) {
		lo = v[i] < lo ? v[i] : lo;
		hi = v[i] > hi ? v[i] : hi;
	}
	for (i = 0; i < n; i++)
		v[i] = hi > lo ? (v[i] - lo) / (hi - lo) : 1;
}

void
rank_score(struct rank *r)
{
	struct sums s;
	struct posting *list;
	size_t *df, *start, i, j;

	if (!r->nr)
		return;
	s.all = xcalloc(r->nr, sizeof(double));
	s.own = xcalloc(r->nr, sizeof(double));
	df = weigh(r);
	start = xcalloc(rank_words_count(r->words) + 1, sizeof(*start));
	list = invert(r, df, start);
	add_edges(r, start, list, &s);
	normalise(s.all, r->nr);
	for (i = 0; i < r->nr; i = j) {
		for (j = i; j < r->nr && r->v[j].section == r->v[i].section;)
			j++;
		normalise(s.own + i, j - i);
	}
	for (i = 0; i < r->nr; i++)
		r->v[i].score = (1 - SECTION_SHARE) * s.all[i] +
		    SECTION_SHARE * s.own[i];
	free(list);
	free(start);
	free(df);
	free(s.all);
	free(s.own);
}

double
rank_likeness(const struct rank *r, size_t a, size_t b)
{
	const struct rank_sentence *x = &r->v[a], *y = &r->v[b];
	size_t i = 0, j = 0;
	double sum = 0;

	while (i < x->nr && j < y->nr) {
		if (x->v[i].id == y->v[j].id)
			sum += x->v[i++].weight * y->v[j++].weight;
		else if (x->v[i].id < y->v[j].id)
			i++;
		else
			j++;
	}
	return sum;
}

void
rank_release(struct rank *r)
{
	size_t i;

	for (i = 0; i < r->nr; i++)
		free(r->v[i].v);
	free(r->v);
	rank_words_free(r->words);
	memset(r, 0, sizeof(*r));
}
