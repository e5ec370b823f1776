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
		if (!hit)
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
	char *taken = xcalloc(m->ours_nr + 1, 1);
	size_t i, k;

	for (i = 0; i < m->theirs_nr; i++) {
		if (m->theirs_base[i] != RESPLIT_NONE)
			continue;
		for (k = 0; k < m->ours_nr; k++)
			if (!taken[k] && m->ours_base[k] == RESPLIT_NONE &&
			    resplit_same(m->ours[k].text, m->theirs[i].text)) {
				taken[k] = 1;
				m->theirs_ours[i] = k;
				break;
			}
	}
	free(taken);
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

static void
put(struct resplit *r, size_t at, struct resplit_item it)
{
	ALLOC_GROW(r->v, r->nr, r->alloc);
	memmove(r->v + at + 1, r->v + at, (r->nr - at) * sizeof(*r->v));
	r->v[at] = it;
	r->nr++;
	r->conflicts += it.kind == RESPLIT_CONFLICT;
}

/* Scenes that stay where they are, in the user's order; the deleted. */
static void
lay_scenes(struct merge *m)
{
	struct resplit *r = m->out;
	size_t i, b, t;

	r->gone = xcalloc(m->ours_nr + 1, sizeof(*r->gone));
	for (i = 0; i < m->ours_nr; i++) {
		b = m->ours_base[i];
		t = b == RESPLIT_NONE ? RESPLIT_NONE : m->base_theirs[b];
		if (b != RESPLIT_NONE && t == RESPLIT_NONE &&
		    resplit_same(m->ours[i].text, m->base[b].text))
			r->gone[r->gone_nr++] = i;
		else if (t == RESPLIT_NONE || !m->moved[t])
			put(r, r->nr, item_of(m, i));
	}
	for (i = 0; i < m->theirs_nr; i++)
		if (m->theirs_ours[i] != RESPLIT_NONE)
			for (t = 0; t < r->nr; t++)
				if (r->v[t].ours == m->theirs_ours[i])
					r->v[t].theirs = i;
}

/* Where in the list the text t of the script belongs: after the nearest one
 * before it that is there, else before the nearest after it. */
static size_t
place_of(const struct merge *m, const size_t *item, size_t t)
{
	size_t i;

	for (i = t; i-- > 0;)
		if (item[i] != RESPLIT_NONE)
			return item[i] + 1;
	for (i = t + 1; i < m->theirs_nr; i++)
		if (item[i] != RESPLIT_NONE)
			return item[i];
	return m->out->nr;
}

static void
lay_script(struct merge *m)
{
	struct resplit *r = m->out;
	size_t *item = places(m->theirs_nr), i, k, at, b;
	struct resplit_item it;

	for (i = 0; i < r->nr; i++)
		if (r->v[i].theirs != RESPLIT_NONE)
			item[r->v[i].theirs] = i;
	for (i = 0; i < m->theirs_nr; i++) {
		b = m->theirs_base[i];
		if (item[i] != RESPLIT_NONE)
			continue;
		if (b != RESPLIT_NONE && m->base_ours[b] == RESPLIT_NONE)
			continue; /* the user deleted it */
		if (m->moved[i]) {
			it = item_of(m, m->base_ours[b]);
		} else {
			it.kind = RESPLIT_INSERT;
			it.ours = it.base = RESPLIT_NONE;
			it.theirs = i;
		}
		it.moved = 1;
		at = place_of(m, item, i);
		put(r, at, it);
		for (k = 0; k < m->theirs_nr; k++)
			if (item[k] != RESPLIT_NONE && item[k] >= at)
				item[k]++;
		item[i] = at;
	}
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
	free(r->theirs_base);
	memset(r, 0, sizeof(*r));
}
