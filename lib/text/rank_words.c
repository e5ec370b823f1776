#include "text/rank_words.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct word {
	char *s;
	size_t n;
};

struct rank_words {
	struct word *v;
	size_t nr, alloc;
	size_t *slot; /* id + 1, 0: free; a power of two of them */
	size_t slots;
};

struct rank_words *
rank_words_new(void)
{
	struct rank_words *w = xcalloc(1, sizeof(*w));

	w->slots = 1024;
	w->slot = xcalloc(w->slots, sizeof(*w->slot));
	return w;
}

/* FNV-1a, 64 bits. The numbers do not depend on it, only the speed. */
static uint64_t
hash(const char *s, size_t n)
{
	uint64_t h = 1469598103934665603u;
	size_t i;

	for (i = 0; i < n; i++)
		h = (h ^ (unsigned char)s[i]) * 1099511628211u;
	return h;
}

static size_t
find_slot(const struct rank_words *w, const char *s, size_t n)
{
	size_t i = hash(s, n) & (w->slots - 1);
	const struct word *k;

	for (; w->slot[i]; i = (i + 1) & (w->slots - 1)) {
		k = &w->v[w->slot[i] - 1];
		if (k->n == n && !memcmp(k->s, s, n))
			break;
	}
	return i;
}

static void
enlarge(struct rank_words *w)
{
	size_t i;

	w->slots *= 2;
	free(w->slot);
	w->slot = xcalloc(w->slots, sizeof(*w->slot));
	for (i = 0; i < w->nr; i++)
		w->slot[find_slot(w, w->v[i].s, w->v[i].n)] = i + 1;
}

size_t
rank_words_id(struct rank_words *w, const char *s, size_t n)
{
	size_t i = find_slot(w, s, n);

	if (w->slot[i])
		return w->slot[i] - 1;
	if (w->nr * 2 > w->slots) {
		enlarge(w);
		i = find_slot(w, s, n);
	}
	ALLOC_GROW(w->v, w->nr, w->alloc);
	w->v[w->nr].s = xmemdup(s, n);
	w->v[w->nr].n = n;
	w->slot[i] = ++w->nr;
	return w->nr - 1;
}

size_t
rank_words_count(const struct rank_words *w)
{
	return w->nr;
}

void
rank_words_free(struct rank_words *w)
{
	size_t i;

	if (!w)
		return;
	for (i = 0; i < w->nr; i++)
		free(w->v[i].s);
	free(w->v);
	free(w->slot);
	free(w);
}
