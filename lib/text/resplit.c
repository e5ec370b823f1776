#include "text/resplit.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/align.h"

struct merge {
	const struct resplit_text *base, *theirs, *ours;
	size_t base_nr, theirs_nr, ours_nr;
	size_t *base_theirs; /* index in theirs of each base */
	size_t *base_ours;   /* index in ours of each base, by id */
	size_t *ours_base, *theirs_base;
	size_t *theirs_ours; /* of ours made by hand with the same text */
	char *moved;         /* of theirs: the script moved it */
	struct resplit *out;
};

static int
is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

int
resplit_same(const char *a, const char *b)
{
	int gap_a, gap_b, any = 0;

	for (;; any = 1) {
		for (gap_a = 0; is_blank(*a); a++)
			gap_a = any;
		for (gap_b = 0; is_blank(*b); b++)
			gap_b = any;
		if (!*a || !*b)
			return *a == *b;
		if (gap_a != gap_b || *a++ != *b++)
			return 0;
	}
}

static int
same_or_unset(const char *a, const char *b)
{
	return a && b ? resplit_same(a, b) : a == b;
}

enum resplit_kind
resplit_field(const char *base, const char *theirs, const char *ours)
{
	if (same_or_unset(base, theirs) || same_or_unset(theirs, ours))
		return RESPLIT_KEEP;
	return same_or_unset(base, ours) ? RESPLIT_SET : RESPLIT_CONFLICT;
}

static size_t *
places(size_t n)
{
	size_t *v = xcalloc(n + 1, sizeof(*v)), i;

	for (i = 0; i <= n; i++)
		v[i] = RESPLIT_NONE;
	return v;
}

static void
find_script_texts(struct merge *m)
{
	const char **a = xcalloc(m->base_nr + 1, sizeof(*a));
	const char **b = xcalloc(m->theirs_nr + 1, sizeof(*b));
	size_t i;

	for (i = 0; i < m->base_nr; i++)
		a[i] = m->base[i].text;
	for (i = 0; i < m->theirs_nr; i++)
		b[i] = m->theirs[i].text;
	align_texts(a, m->base_nr, b, m->theirs_nr, m->base_theirs);
	for (i = 0; i < m->base_nr; i++)
		if (m->base_theirs[i] != RESPLIT_NONE)
			m->theirs_base[m->base_theirs[i]] = i;
	free(a);
	free(b);
}

struct by_id {
	const char *id;
	size_t at;
};

static int
id_order(const void *a, const void *b)
{
	return strcmp(((const struct by_id *)a)->id,
	    ((const struct by_id *)b)->id);
}

static void
find_scenes(struct merge *m)
{
	struct by_id *list = xcalloc(m->ours_nr + 1, sizeof(*list));
	struct by_id key = { NULL, 0 }, *hit;
	size_t i, nr = 0;

	for (i = 0; i < m->ours_nr; i++)
		if (m->ours[i].id) {
			list[nr].id = m->ours[i].id;
			list[nr++].at = i;
		}
	qsort(list, nr, sizeof(*list), id_order);
	for (i = 0; i < m->base_nr; i++) {
		key.id = m->base[i].id;
		hit = key.id ? bsearch(&key, list, nr, sizeof(*list),
		    id_order) : NULL;
		/* a scene without words is in no script: nor is it gone */
		if (!hit || (m->base_theirs[i] == RESPLIT_NONE &&
		    resplit_same(m->base[i].text, "")))
			continue;
		m->base_ours[i] = hit->at;
		m->ours_base[hit->at] = i;
	}
	free(list);
}

/* A scene made by hand may be what the script now says too. */
static void
find_twins(struct merge *m)
{
	const char **a = xcalloc(m->theirs_nr + 1, sizeof(*a));
	const char **b = xcalloc(m->ours_nr + 1, sizeof(*b));
	size_t *theirs = places(m->theirs_nr), *ours = places(m->ours_nr);
	size_t *to = places(m->theirs_nr), an = 0, bn = 0, i;

	for (i = 0; i < m->theirs_nr; i++)
		if (m->theirs_base[i] == RESPLIT_NONE) {
			a[an] = m->theirs[i].text;
			theirs[an++] = i;
		}
	for (i = 0; i < m->ours_nr; i++)
		if (m->ours_base[i] == RESPLIT_NONE) {
			b[bn] = m->ours[i].text;
			ours[bn++] = i;
		}
	align_equal(a, an, b, bn, to);
	for (i = 0; i < an; i++)
		if (to[i] != RESPLIT_NONE)
			m->theirs_ours[theirs[i]] = ours[to[i]];
	free(a);
	free(b);
	free(theirs);
	free(ours);
	free(to);
}

/* Those the script moved and the user did not. */
static void
find_moves(struct merge *m)
{
	char *still = xcalloc(m->base_nr + 1, 1);
	char *ours_still = xcalloc(m->base_nr + 1, 1);
	size_t i;

	align_in_order(m->base_theirs, m->base_nr, still);
	align_in_order(m->base_ours, m->base_nr, ours_still);
	for (i = 0; i < m->base_nr; i++)
		if (m->base_theirs[i] != RESPLIT_NONE && !still[i] &&
		    m->base_ours[i] != RESPLIT_NONE && ours_still[i])
			m->moved[m->base_theirs[i]] = 1;
	free(still);
	free(ours_still);
}

static enum resplit_kind
judge(const struct merge *m, size_t ours, size_t base)
{
	size_t theirs;
	int edited;

	if (base == RESPLIT_NONE)
		return RESPLIT_KEEP; /* made by hand */
	theirs = m->base_theirs[base];
	edited = !resplit_same(m->ours[ours].text, m->base[base].text);
	if (theirs == RESPLIT_NONE) /* an unedited one is gone: not here */
		return edited ? RESPLIT_CONFLICT : RESPLIT_KEEP;
	return resplit_field(m->base[base].text, m->theirs[theirs].text,
	    m->ours[ours].text);
}

static struct resplit_item
item_of(const struct merge *m, size_t ours)
{
	struct resplit_item it;

	it.ours = ours;
	it.base = m->ours_base[ours];
	it.theirs = it.base == RESPLIT_NONE ? RESPLIT_NONE
	    : m->base_theirs[it.base];
	it.kind = judge(m, ours, it.base);
	it.moved = 0;
	return it;
}

static size_t
put(struct resplit *r, struct resplit_item it)
{
	ALLOC_GROW(r->v, r->nr, r->alloc);
	r->v[r->nr] = it;
	r->conflicts += it.kind == RESPLIT_CONFLICT;
	return r->nr++;
}

static void
put_gone(struct merge *m, size_t ours)
{
	struct resplit *r = m->out;

	r->gone[r->gone_nr] = ours;
	r->gone_base[r->gone_nr++] = m->ours_base[ours];
}

/* Scenes that stay where they are, in the user's order; the deleted. */
static void
lay_scenes(struct merge *m)
{
	size_t *at = places(m->ours_nr), i, b, t;
	struct resplit *r = m->out;

	r->gone = xcalloc(m->ours_nr + 1, sizeof(*r->gone));
	r->gone_base = xcalloc(m->ours_nr + 1, sizeof(*r->gone_base));
	for (i = 0; i < m->ours_nr; i++) {
		b = m->ours_base[i];
		t = b == RESPLIT_NONE ? RESPLIT_NONE : m->base_theirs[b];
		if (b != RESPLIT_NONE && t == RESPLIT_NONE &&
		    resplit_same(m->ours[i].text, m->base[b].text))
			put_gone(m, i);
		else if (t == RESPLIT_NONE || !m->moved[t])
			at[i] = put(r, item_of(m, i));
	}
	for (i = 0; i < m->theirs_nr; i++) {
		t = m->theirs_ours[i];
		if (t != RESPLIT_NONE && at[t] != RESPLIT_NONE)
			r->v[at[t]].theirs = i;
	}
	free(at);
}

/* Is the text t of the script put into a list that does not have it? */
static int
is_missing(const struct merge *m, const size_t *item, size_t t)
{
	size_t b = m->theirs_base[t];

	return item[t] == RESPLIT_NONE && /* else: the user deleted it */
	    (b == RESPLIT_NONE || m->base_ours[b] != RESPLIT_NONE);
}

static struct resplit_item
missing_item(const struct merge *m, size_t t)
{
	struct resplit_item it = { RESPLIT_INSERT, RESPLIT_NONE, t,
		RESPLIT_NONE, 1 };

	if (m->moved[t]) {
		it = item_of(m, m->base_ours[m->theirs_base[t]]);
		it.moved = 1;
	}
	return it;
}

/* The link to the first of the script's texts that is there; where none is,
 * the list's end. */
static size_t *
before_all(const struct merge *m, const size_t *item, size_t *next,
    size_t *first)
{
	size_t *link = first, t = 0;

	while (t < m->theirs_nr && item[t] == RESPLIT_NONE)
		t++;
	while (*link != RESPLIT_NONE && (t == m->theirs_nr ||
	    *link != item[t]))
		link = &next[*link];
	return link;
}

static void
in_order(struct resplit *r, const size_t *next, size_t first)
{
	struct resplit_item *v = xcalloc(r->nr + 1, sizeof(*v));
	size_t i, n = 0;

	for (i = first; i != RESPLIT_NONE && n < r->nr; i = next[i])
		v[n++] = r->v[i];
	free(r->v);
	r->v = v;
	r->alloc = r->nr + 1;
}

/* Each of the script's texts goes after the nearest one before it that is
 * there, else before the nearest after it. next links the items as they will
 * stand; a list, so that many cost no more than one each. */
static void
lay_script(struct merge *m)
{
	struct resplit *r = m->out;
	size_t *item = places(m->theirs_nr);
	size_t *next = places(r->nr + m->theirs_nr + 1);
	size_t first = r->nr ? 0 : RESPLIT_NONE, last = RESPLIT_NONE, i, at;
	size_t *link;

	for (i = 0; i + 1 < r->nr; i++)
		next[i] = i + 1;
	for (i = 0; i < r->nr; i++)
		if (r->v[i].theirs != RESPLIT_NONE)
			item[r->v[i].theirs] = i;
	for (i = 0; i < m->theirs_nr; i++) {
		if (is_missing(m, item, i)) {
			at = put(r, missing_item(m, i));
			link = last != RESPLIT_NONE ? &next[last]
			    : before_all(m, item, next, &first);
			next[at] = *link;
			*link = at;
			item[i] = at;
		}
		if (item[i] != RESPLIT_NONE)
			last = item[i];
	}
	in_order(r, next, first);
	free(next);
	free(item);
}

void
resplit_make(const struct resplit_text *base, size_t base_nr,
    const struct resplit_text *theirs, size_t theirs_nr,
    const struct resplit_text *ours, size_t ours_nr, struct resplit *out)
{
	struct merge m = { base, theirs, ours, base_nr, theirs_nr, ours_nr,
		places(base_nr), places(base_nr), places(ours_nr),
		places(theirs_nr), places(theirs_nr),
		xcalloc(theirs_nr + 1, 1), out };

	memset(out, 0, sizeof(*out));
	find_script_texts(&m);
	find_scenes(&m);
	find_twins(&m);
	find_moves(&m);
	lay_scenes(&m);
	lay_script(&m);
	free(m.base_theirs);
	free(m.base_ours);
	free(m.ours_base);
	out->theirs_base = m.theirs_base;
	free(m.theirs_ours);
	free(m.moved);
}

void
resplit_release(struct resplit *r)
{
	free(r->v);
	free(r->gone);
	free(r->gone_base);
	free(r->theirs_base);
	memset(r, 0, sizeof(*r));
}
