/*
 * A source document as sentences that may be chosen: what a summary is made
 * from.
 */
#ifndef TEXT_MATERIAL_H
#define TEXT_MATERIAL_H

#include <stddef.h>

#include "text/markdown.h"
#include "text/pace.h"

#define MATERIAL_SENTENCES 20000 /* more are not looked at */

struct material_sentence {
	const char *text;   /* points into the document */
	size_t len;
	size_t section;     /* index in section[] */
	size_t block;       /* paragraph */
	double seconds;     /* spoken */
	size_t words;
	int fit;            /* may be chosen at all */
	int points_back;    /* needs the sentence before it */
};

struct material_section {
	const char *heading; /* NULL before the first one */
};

struct material {
	struct markdown doc;
	const char *title;   /* first heading or front matter; may be NULL */
	struct material_sentence *v;
	size_t nr, alloc;
	struct material_section *section;
	size_t section_nr, section_alloc;
	int cut;             /* there was more than MATERIAL_SENTENCES */
};

/* Read Markdown. Fit are whole sentences of 2 to 45 words in paragraphs,
 * items and quotations; a caption, a lone list entry, a line that ends with a
 * colon are not. */
void material_read(const char *text, size_t len, const char *language,
	const struct pace *pace, struct material *out);
void material_release(struct material *m);

#endif
