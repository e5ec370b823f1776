/*
 * A caption drawn: one or two lines laid out once by Pango, then drawn once
 * for each word that can be the spoken one. Nothing moves between two states;
 * only colour, plate and scale change.
 */
#ifndef MEDIA_CAPTION_DRAW_H
#define MEDIA_CAPTION_DRAW_H

#include <stddef.h>

#include "base/error.h"
#include "media/font.h"
#include "media/overlay.h"

enum caption_draw_style {
	CAPTION_CLASSIC, /* outlined text, low in the frame */
	CAPTION_BOX,     /* text on a dark plate with an accent bar */
	CAPTION_KARAOKE, /* the word on an accent plate, coming words dim */
	CAPTION_BIG      /* heavy capitals, the word in accent and larger */
};

/* "classic" ...; -1 for another name. */
int caption_draw_style(const char *name);

struct caption_spec {
	int style;         /* enum caption_draw_style */
	int w, h;          /* of the frame */
	const char *language, *tone; /* tone chooses the palette */
	double size;       /* em in pixels, made smaller where a line would
			      not fit */
	double left, right; /* pixels between which text may stand */
	double bottom;     /* the last base line */
};

/* A word: bytes of the text. Words of one line lie side by side in it. */
struct caption_span {
	size_t off, len;
};

struct caption_draw;

/* text has one line or more, '\n' between. EX_CONF or EX_DATA, naming the
 * character and the package, where there is no glyph. fonts and spec are not
 * kept. */
int caption_draw_new(struct caption_draw **out, struct font_set *fonts,
	const struct caption_spec *spec, const char *text,
	const struct caption_span *word, size_t nr, struct err *e);
void caption_draw_free(struct caption_draw *d); /* NULL is fine */

/* Does the picture depend on the word that is spoken? */
int caption_draw_follows(const struct caption_draw *d);

/* Draw the state in which word number `now` is spoken, from 0; -1: none of
 * them yet. */
struct overlay *caption_draw_state(const struct caption_draw *d, long now);

#endif
