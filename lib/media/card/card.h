/*
 * Cards: pictures drawn from a sentence and a seed, by rules and no model.
 */
#ifndef MEDIA_CARD_CARD_H
#define MEDIA_CARD_CARD_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "media/picture.h"

#define CARD_OVERSCAN 1.25 /* pictures are so much larger than the frame */
#define CARD_LINES 4       /* below the words of an end card */

enum card_use {
	CARD_SCENE,
	CARD_COVER, /* centred words in the upper part */
	CARD_TITLE, /* the same in a film: upright, below the apps' bars */
	CARD_END,   /* words and lines on one side, the other free */
	CARD_THUMB  /* as large as words can be */
};

struct card_spec {
	int width, height;    /* of the frame, pixels; any aspect */
	const char *phrase;   /* the words to set, "" or NULL for none */
	/* Does the word (of phrase) only hold the others together? It is set
	 * lighter. NULL: no word does. */
	int (*is_light)(const char *w, size_t len, const char *language);
	const char *text;     /* the whole text: cues and seed */
	const char *language; /* BCP 47; NULL: en */
	const char *tone;     /* picks palette and type; NULL: curious */
	const char *style;    /* words; one that names a family makes it the
				 home family; may be NULL */
	const char *look;     /* of the project, any text: what all its scenes
				 share (palette, type, home family); its words
				 may name a subject or a time of day */
	const char *eyebrow;  /* small capitals above; NULL or "": a rule */
	int use;              /* enum card_use */
	const char *line[CARD_LINES]; /* of an end card: small, below the
				 words; "label: text" in two columns; NULL
				 or "": none */
	const struct picture *back; /* drawn on this instead of a family's
				 picture; NULL: none */
	double back_x, back_y; /* its focus, 0..1; negative: not known */
	int take;             /* from 1; another take, another scene seed */
};

/* What was drawn, for records and tests. */
struct card_info {
	char family[16];
	int palette;          /* 0 A, 1 B */
	uint64_t seed;
	float contrast;       /* WCAG, 2nd percentile round the glyphs; 0 when
				 there are no words */
	float scrim;          /* share of the scrim under the words, 0..1 */
	float text_x0, text_y0, text_x1, text_y1; /* ink of the words, as
				 fractions of width and height */
	float focus_x, focus_y;
	int light;            /* the words are light on dark */
};

/* Draw at CARD_OVERSCAN times the frame. Same spec, same bytes. p is
 * initialised here; info may be NULL. EX_CONF and EX_DATA for fonts and
 * characters as font_check_text(), EX_BADUSE for a size outside 16..8192. */
int card_draw(const struct card_spec *s, struct picture *p,
	struct card_info *info, struct err *e);

/* Do the words of a style ask for something that a card can show? Those of
 * another are drawn all the same, as the tone has it. */
int card_style_is_known(const char *style);
/* Append the names of the families, "ridges, sea, ...". */
void card_style_names(struct strbuf *out);

#endif
