/*
 * The inside of a drawn caption: what caption_draw.c lays out and
 * caption_paint.c paints. For these two files only.
 */
#ifndef MEDIA_CAPTION_PAINT_H
#define MEDIA_CAPTION_PAINT_H

#include <pango/pangocairo.h>
#include <stddef.h>

#include "media/card/palette.h"

#define CAPTION_LINES 2
#define CAPTION_BOX_PAD 0.80 /* em left and right of the text on its plate */
#define CAPTION_EDGE 0.17    /* em left and right, for outline or plate */
#define CAPTION_BIGGER 1.07  /* the spoken word of BIG */

/* A word, or a whole line where words are not told apart. */
struct caption_run {
	PangoLayout *layout;
	long word;     /* -1: a whole line */
	int line;
	double x, w;   /* pixels of the frame */
	double base;   /* its base line */
};

struct caption_draw {
	int style, w, h, lines;
	double em;
	struct caption_run *run; /* from left to right on each line */
	size_t nr, alloc;
	double left, right, top, bottom; /* top, bottom: first and last base
					    line */
	struct rgb ink, dark, accent, plate;
};

/* Set ink, dark, accent and plate by the tone's palette. */
void caption_paint_colours(struct caption_draw *d, const char *tone);

#endif
