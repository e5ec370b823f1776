/*
 * A caption drawn: one or two lines laid out once by Pango, then drawn once
 * for each word that can be the spoken one. Nothing moves between two states;
 * only colour, plate and scale change.
 */
#ifndef MEDIA_CAPTION_DRAW_H
#define MEDIA_CAPTION_DRAW_H

#include <stddef.h>

#include "base/error.h"
#include "media/caption_look.h"
#include "media/font.h"
#include "media/overlay.h"

struct caption_spec {
	const struct caption_look *look;
	int w, h;          /* of the frame */
	const char *language, *tone; /* tone chooses the palette */
	double size;       /* em in pixels, made smaller where a line would
			      not fit */
	double left, right; /* pixels between which text may stand */
	double top;        /* nothing stands above */
	double bottom;     /* the last base line, at the lowest */
	double floor;      /* nothing stands below */
	double middle;     /* where their middle is to be; negative: at the
			      top or bottom, as the look says */
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

/* From where to where in the frame anything is drawn but the shadow. */
void caption_draw_span(const struct caption_draw *d, double *top,
	double *bottom);

/* Draw the state in which word number `now` is spoken, from 0; -1: none of
 * them yet. */
struct overlay *caption_draw_state(struct caption_draw *d, long now);

/* text in capitals, to be freed, with the words' places in it: ß is SS, i is
 * İ in Turkish and Azeri, and Greek capitals have no accents. */
char *caption_capitals(const char *text, const struct caption_span *word,
	size_t nr, const char *language, struct caption_span *out);

#endif
