#include "provider/word_unit.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "media/segment.h"
#include "provider/spoken.h"

static size_t
decode(const char *s, size_t n, uint32_t *cp)
{
	size_t k = utf8_decode(s, n, cp);

	if (k)
		return k;
	*cp = 0xfffd;
	return 1;
}

static void
add_unit(struct word_units *u, uint32_t cp, int start)
{
	ALLOC_GROW(u->unit, u->nr, u->alloc);
	u->unit[u->nr].cp = cp;
	u->unit[u->nr].word = u->part_nr;
	u->unit[u->nr++].start = start;
}

/* A letter with its accents: composed, since servers write them either way. */
static void
add_folded(struct word_units *u, const char *s, size_t n, int start)
{
	struct strbuf b = STRBUF_INIT;
	size_t i, k;
	uint32_t cp;

	segment_fold(s, n, &b);
	for (i = 0; i < b.len; i += k) {
		k = decode(b.buf + i, b.len - i, &cp);
		if (segment_class(cp) & (SEGMENT_LETTER | SEGMENT_DIGIT))
			add_unit(u, cp, start && !i);
	}
	strbuf_release(&b);
}

/* The units of one word. */
static void
add_units(struct word_units *u, const char *s, size_t n)
{
	size_t i, k, more;
	uint32_t cp, next;
	int start = 1;

	for (i = 0; i < n; i += k) {
		k = decode(s + i, n - i, &cp);
		if (!(segment_class(cp) & (SEGMENT_LETTER | SEGMENT_DIGIT))) {
			start = 1;
			continue;
		}
		start |= spoken_is_cjk(cp);
		for (; i + k < n; k += more) {
			more = decode(s + i + k, n - i - k, &next);
			if (!(segment_class(next) & SEGMENT_MARK))
				break;
		}
		add_folded(u, s + i, k, start);
		start = 0;
	}
}

static void
add_part(struct word_units *u, const char *text, size_t off, size_t len)
{
	add_units(u, text + off, len);
	ALLOC_GROW(u->part, u->part_nr, u->part_alloc);
	u->part[u->part_nr].off = off;
	u->part[u->part_nr++].len = len;
}

void
word_units_add(struct word_units *u, const char *s)
{
	add_part(u, s, 0, strlen(s));
}

void
word_units_read(struct word_units *u, const char *text, size_t off, size_t len)
{
	size_t end = off + len, begin = off, i, k;
	int sounds = 0, wide = 0, cjk; /* of the word that begins at begin */
	uint32_t cp;

	for (i = off; i < end; i += k) {
		k = decode(text + i, end - i, &cp);
		cjk = spoken_is_cjk(cp);
		if (segment_class(cp) & SEGMENT_BLANK) {
			if (sounds)
				add_part(u, text, begin, i - begin);
			begin = i + k;
			sounds = wide = 0;
			continue;
		}
		if (sounds && spoken_sounds(cp) && (cjk || wide)) {
			add_part(u, text, begin, i - begin);
			begin = i;
			wide = 0;
		}
		sounds |= spoken_sounds(cp);
		wide |= cjk;
	}
	if (sounds)
		add_part(u, text, begin, end - begin);
}

void
word_units_release(struct word_units *u)
{
	free(u->part);
	free(u->unit);
	memset(u, 0, sizeof(*u));
}
