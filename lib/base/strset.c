#include "base/strset.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* Where it is, or would be; FNV-1a. */
static size_t
place(const struct strset *s, const char *str)
{
	uint64_t h = 1469598103934665603u;
	const char *p;
	size_t i;

	for (p = str; *p; p++)
		h = (h ^ (unsigned char)*p) * 1099511628211u;
	for (i = (h ^ h >> 32) & (s->size - 1);
	    s->slot[i] && strcmp(s->slot[i], str) != 0;
	    i = (i + 1) & (s->size - 1))
		;
	return i;
}

static void
grow(struct strset *s)
{
	char **old = s->slot;
	size_t n = s->size, i;

	s->size = n ? n * 2 : 64;
	s->slot = xcalloc(s->size, sizeof(*s->slot));
	for (i = 0; i < n; i++)
		if (old[i])
			s->slot[place(s, old[i])] = old[i];
	free(old);
}

int
strset_add(struct strset *s, const char *str)
{
	size_t i;

	if ((s->nr + 1) * 2 > s->size)
		grow(s);
	i = place(s, str);
	if (s->slot[i])
		return 0;
	s->slot[i] = xstrdup(str);
	s->nr++;
	return 1;
}

int
strset_has(const struct strset *s, const char *str)
{
	return s->nr && s->slot[place(s, str)];
}

void
strset_release(struct strset *s)
{
	size_t i;

	for (i = 0; i < s->size; i++)
		free(s->slot[i]);
	free(s->slot);
	memset(s, 0, sizeof(*s));
}
