#include "text/material.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "media/segment.h"
#include "text/opener.h"
#include "text/sentence.h"
#include "text/word.h"

#define WORDS_LEAST 2
#define WORDS_MOST 45

/* Does the sentence end as one does, and is every quote and bracket closed? */
static int
is_whole(const char *s, size_t len)
{
	size_t off, n;
	uint32_t cp, last = 0;
	long depth = 0, quotes = 0;
	unsigned c;

	for (off = 0; off < len; off += n) {
		n = utf8_decode(s + off, len - off, &cp);
		if (!n)
			return 0;
		c = segment_class(cp);
		quotes += cp == '"';
		depth += cp == '(' || cp == '[' || cp == 0xab || cp == 0x201c;
		depth -= cp == ')' || cp == ']' || cp == 0xbb || cp == 0x201d;
		if (!(c & (SEGMENT_CLOSE | SEGMENT_BLANK)))
			last = cp;
	}
	if (depth || quotes & 1)
		return 0;
	return last == '.' || last == '!' || last == '?' || last == 0x3002 ||
	    last == 0xff01 || last == 0xff1f || last == 0x61f ||
	    last == 0x6d4 || last == 0x964 || last == 0x965 || last == 0x2026;
}

/* Thai and its kin end a sentence with a space. */
static int
needs_no_stop(const char *s, size_t len)
{
	uint32_t cp;

	return utf8_decode(s, len, &cp) && segment_class(cp) & SEGMENT_THAI;
}

static void
sentence_add(struct material *m, const char *s, size_t len,
    const char *language, const struct pace *pace)
{
	struct material_sentence *k;

	if (m->nr == MATERIAL_SENTENCES) {
		m->cut = 1;
		return;
	}
	ALLOC_GROW(m->v, m->nr, m->alloc);
	k = &m->v[m->nr++];
	memset(k, 0, sizeof(*k));
	k->text = s;
	k->len = len;
	k->section = m->section_nr - 1;
	k->seconds = pace_seconds(pace, s, len) + pace->stop;
	k->words = word_count(s, len, language);
	k->fit = k->words >= WORDS_LEAST && k->words <= WORDS_MOST &&
	    (is_whole(s, len) || needs_no_stop(s, len)) &&
	    !memmem(s, len, "[placeholder", 12);
	k->points_back = opener_points_back(s, len, language);
}

static void
section_add(struct material *m, const char *heading)
{
	ALLOC_GROW(m->section, m->section_nr, m->section_alloc);
	m->section[m->section_nr++].heading = heading;
}

void
material_read(const char *text, size_t len, const char *language,
    const struct pace *pace, struct material *out)
{
	struct word_list l = WORD_LIST_INIT;
	const struct markdown_block *b;
	size_t i, k;

	memset(out, 0, sizeof(*out));
	markdown_parse(text, len, NULL, &out->doc);
	out->title = out->doc.title;
	section_add(out, NULL);
	for (i = 0; i < out->doc.nr; i++) {
		b = &out->doc.v[i];
		if (b->kind == MARKDOWN_HEADING) {
			if (!out->title && !out->nr)
				out->title = b->text;
			else if (*b->text && !(b->level == 1 && out->title &&
			    !strcmp(b->text, out->title)))
				section_add(out, b->text);
			continue;
		}
		l.nr = 0;
		sentence_split(b->text, strlen(b->text), language, &l);
		for (k = 0; k < l.nr; k++) {
			sentence_add(out, b->text + l.v[k].off, l.v[k].len,
			    language, pace);
			out->v[out->nr - 1].block = i;
		}
	}
	word_list_release(&l);
}

void
material_release(struct material *m)
{
	markdown_release(&m->doc);
	free(m->v);
	free(m->section);
	memset(m, 0, sizeof(*m));
}
