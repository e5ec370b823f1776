#include "text/align.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

#define LCS_CELLS 16000000 /* more than this: equal texts in order, greedily */
#define LIKE_PAIRS 1000000 /* comparisons; beyond that nothing is alike */
#define LIKE_LEAST 0.5
#define HOLD_LEAST 0.8     /* of the smaller text's pairs */
#define HOLD_PAIRS 8       /* a text with fewer is too short for that */

static int
is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* FNV-1a over text, runs of white space as one space, none at the ends. */
static uint64_t
text_hash(const char *s)
{
	uint64_t h = 1469598103934665603u;
	int space = 0, any = 0;

	for (; *s; s++) {
		if (is_space(*s)) {
			space = any;
			continue;
		}
		if (space)
			h = (h ^ ' ') * 1099511628211u;
		h = (h ^ (unsigned char)*s) * 1099511628211u;
		space = 0;
		any = 1;
	}
	return h;
}

struct pairs {
	uint64_t *v;
	size_t nr;
};

static int
by_value(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static struct pairs
pairs_of(const char *s)
{
	size_t len = strlen(s), off, n;
	struct pairs p = { xcalloc(len + 1, sizeof(uint64_t)), 0 };
	uint32_t cp, last = 0;

	for (off = 0; off < len; off += n) {
		n = utf8_decode(s + off, len - off, &cp);
		if (!n) {
			n = 1;
			continue;
		}
		if (cp < 128 && (is_space((char)cp) || strchr(".,;:!?",
		    (int)cp)))
			cp = ' ';
		if (cp >= 'A' && cp <= 'Z')
			cp += 'a' - 'A';
		if (last && !(cp == ' ' && last == ' '))
			p.v[p.nr++] = (uint64_t)last << 32 | cp;
		last = cp;
	}
	qsort(p.v, p.nr, sizeof(*p.v), by_value);
	return p;
}

static double
pairs_likeness(const struct pairs *a, const struct pairs *b)
{
	size_t i = 0, j = 0, both = 0, least = a->nr < b->nr ? a->nr : b->nr;
	double dice, hold;

	while (i < a->nr && j < b->nr) {
		if (a->v[i] == b->v[j]) {
			both++;
			i++;
			j++;
		} else if (a->v[i] < b->v[j]) {
			i++;
		} else {
			j++;
		}
	}
	if (!both)
		return 0;
	dice = 2.0 * (double)both / (double)(a->nr + b->nr);
	hold = (double)both / (double)least;
	if (least >= HOLD_PAIRS && hold >= HOLD_LEAST && dice < LIKE_LEAST)
		return LIKE_LEAST + dice / 100; /* merged or split */
	return dice;
}

struct work {
	const char *const *a, *const *b;
	uint64_t *ha, *hb;
	size_t an, bn, *to;
	char *used; /* of b */
};

static void
pair(struct work *w, size_t i, size_t j)
{
	w->to[i] = j;
	w->used[j] = 1;
}

/* Longest common subsequence of a[from..ae) and b[from..be). */
static void
lcs(struct work *w, size_t from, size_t ae, size_t be)
{
	size_t n = ae - from, m = be - from, i, j;
	uint32_t *t;

	if (!n || !m || n > LCS_CELLS / (m + 1))
		return;
	t = xcalloc((n + 1) * (m + 1), sizeof(*t));
#define CELL(x, y) t[(x) * (m + 1) + (y)]
	for (i = n; i-- > 0;)
		for (j = m; j-- > 0;)
			CELL(i, j) = w->ha[from + i] == w->hb[from + j]
			    ? CELL(i + 1, j + 1) + 1
			    : CELL(i + 1, j) >= CELL(i, j + 1)
			    ? CELL(i + 1, j) : CELL(i, j + 1);
	for (i = j = 0; i < n && j < m;) {
		if (w->ha[from + i] == w->hb[from + j])
			pair(w, from + i++, from + j++);
		else if (CELL(i + 1, j) >= CELL(i, j + 1))
			i++;
		else
			j++;
	}
#undef CELL
	free(t);
}

static void
equal_in_order(struct work *w)
{
	size_t ae = w->an, be = w->bn, from = 0;

	while (from < ae && from < be && w->ha[from] == w->hb[from]) {
		pair(w, from, from);
		from++;
	}
	while (ae > from && be > from && w->ha[ae - 1] == w->hb[be - 1])
		pair(w, --ae, --be);
	lcs(w, from, ae, be);
}

struct by_hash {
	uint64_t h;
	size_t j, next; /* of the first of a hash: how many were taken */
};

static int
hash_order(const void *pa, const void *pb)
{
	const struct by_hash *x = pa, *y = pb;

	if (x->h != y->h)
		return x->h < y->h ? -1 : 1;
	return (x->j > y->j) - (x->j < y->j);
}

/* The place of the first of that hash among nr, or nr. */
static size_t
first_of(const struct by_hash *v, size_t nr, uint64_t h)
{
	size_t lo = 0, hi = nr, mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (v[mid].h < h)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < nr && v[lo].h == h ? lo : nr;
}

/* Each of a that is left with the first of b that is. */
static void
equal_anywhere(struct work *w)
{
	struct by_hash *v = xcalloc(w->bn + 1, sizeof(*v));
	size_t i, nr = 0, at, k;

	for (i = 0; i < w->bn; i++)
		if (!w->used[i]) {
			v[nr].h = w->hb[i];
			v[nr++].j = i;
		}
	qsort(v, nr, sizeof(*v), hash_order);
	for (i = 0; i < w->an; i++) {
		if (w->to[i] != ALIGN_NONE)
			continue;
		at = first_of(v, nr, w->ha[i]);
		if (at == nr)
			continue;
		k = at + v[at].next;
		if (k == nr || v[k].h != w->ha[i])
			continue;
		v[at].next++;
		pair(w, i, v[k].j);
	}
	free(v);
}

struct likeness {
	double d;
	size_t i, j;
};

/* The most alike first; among equals those that stand closest. */
static int
by_likeness(const void *pa, const void *pb)
{
	const struct likeness *x = pa, *y = pb;
	size_t dx = x->i > x->j ? x->i - x->j : x->j - x->i;
	size_t dy = y->i > y->j ? y->i - y->j : y->j - y->i;

	if (x->d != y->d)
		return x->d < y->d ? 1 : -1;
	if (dx != dy)
		return dx > dy ? 1 : -1;
	return x->i != y->i ? (x->i > y->i ? 1 : -1) : (x->j > y->j) -
	    (x->j < y->j);
}

static void
alike(struct work *w)
{
	struct pairs *pa = xcalloc(w->an + 1, sizeof(*pa));
	struct pairs *pb = xcalloc(w->bn + 1, sizeof(*pb));
	struct likeness *v = NULL;
	size_t i, j, nr = 0, alloc = 0, left_a = 0, left_b = 0;
	double d;

	for (i = 0; i < w->an; i++)
		left_a += w->to[i] == ALIGN_NONE;
	for (j = 0; j < w->bn; j++)
		left_b += !w->used[j];
	if (left_b && left_a <= LIKE_PAIRS / left_b) {
		for (j = 0; j < w->bn; j++)
			if (!w->used[j])
				pb[j] = pairs_of(w->b[j]);
		for (i = 0; i < w->an; i++) {
			if (w->to[i] != ALIGN_NONE)
				continue;
			pa[i] = pairs_of(w->a[i]);
			for (j = 0; j < w->bn; j++) {
				if (w->used[j])
					continue;
				d = pairs_likeness(&pa[i], &pb[j]);
				if (d < LIKE_LEAST)
					continue;
				ALLOC_GROW(v, nr, alloc);
				v[nr].d = d;
				v[nr].i = i;
				v[nr++].j = j;
			}
		}
	}
	if (nr)
		qsort(v, nr, sizeof(*v), by_likeness);
	for (i = 0; i < nr; i++)
		if (w->to[v[i].i] == ALIGN_NONE && !w->used[v[i].j])
			pair(w, v[i].i, v[i].j);
	for (i = 0; i < w->an; i++)
		free(pa[i].v);
	for (j = 0; j < w->bn; j++)
		free(pb[j].v);
	free(pa);
	free(pb);
	free(v);
}

/* One text alone between the same neighbours was rewritten. */
static void
alone_between(struct work *w)
{
	size_t i, before, after;

	for (i = 0; i < w->an; i++) {
		if (w->to[i] != ALIGN_NONE)
			continue;
		before = i ? w->to[i - 1] : ALIGN_NONE;
		after = i + 1 < w->an ? w->to[i + 1] : w->bn;
		if ((i && before == ALIGN_NONE) || after == ALIGN_NONE)
			continue;
		before = i ? before + 1 : 0;
		if (after == before + 1 && !w->used[before])
			pair(w, i, before);
	}
}

static void
begin(struct work *w, const char *const *a, size_t an, const char *const *b,
    size_t bn)
{
	size_t i;

	w->a = a;
	w->an = an;
	w->b = b;
	w->bn = bn;
	w->ha = xcalloc(an + 1, sizeof(uint64_t));
	w->hb = xcalloc(bn + 1, sizeof(uint64_t));
	w->used = xcalloc(bn + 1, 1);
	for (i = 0; i < an; i++) {
		w->ha[i] = text_hash(a[i]);
		w->to[i] = ALIGN_NONE;
	}
	for (i = 0; i < bn; i++)
		w->hb[i] = text_hash(b[i]);
}

static void
end(struct work *w)
{
	free(w->ha);
	free(w->hb);
	free(w->used);
}

void
align_texts(const char *const *a, size_t an, const char *const *b, size_t bn,
    size_t *to)
{
	struct work w = { .to = to };

	begin(&w, a, an, b, bn);
	equal_in_order(&w);
	equal_anywhere(&w);
	alike(&w);
	alone_between(&w);
	end(&w);
}

void
align_equal(const char *const *a, size_t an, const char *const *b, size_t bn,
    size_t *to)
{
	struct work w = { .to = to };

	begin(&w, a, an, b, bn);
	equal_anywhere(&w);
	end(&w);
}

void
align_in_order(const size_t *v, size_t n, char *in_order)
{
	size_t *tail = xcalloc(n + 1, sizeof(*tail)); /* ends a run */
	size_t *from = xcalloc(n + 1, sizeof(*from)); /* the one before */
	size_t len = 0, i, lo, hi, mid;

	memset(in_order, 0, n);
	for (i = 0; i < n; i++) {
		if (v[i] == ALIGN_NONE)
			continue;
		for (lo = 0, hi = len; lo < hi;) {
			mid = (lo + hi) / 2;
			if (v[tail[mid]] < v[i])
				lo = mid + 1;
			else
				hi = mid;
		}
		from[i] = lo ? tail[lo - 1] : ALIGN_NONE;
		tail[lo] = i;
		len = lo == len ? len + 1 : len;
	}
	for (i = len ? tail[len - 1] : ALIGN_NONE; i != ALIGN_NONE; i = from[i])
		in_order[i] = 1;
	free(tail);
	free(from);
}
