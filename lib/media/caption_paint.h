/*
 * The inside of a drawn caption: what caption_draw.c lays out and
 * caption_paint.c paints. For these two files only.
 */
#ifndef MEDIA_CAPTION_PAINT_H
#define MEDIA_CAPTION_PAINT_H

#include <pango/pangocairo.h>
#include <stddef.h>

#include "media/caption_look.h"

#define CAPTION_LINES 2
#define CAPTION_BOX_PAD 0.80 /* em left and right of the text on its plate */
#define CAPTION_EDGE 0.17    /* em left and right, for the word's plate */
#define CAPTION_SHADOW 0.18  /* em that can be seen of a shadow */
#define CAPTION_BIGGER 1.07  /* the spoken word of BIG */

/* Glyphs of one font, as they lie side by side. */
struct caption_piece {
	PangoFont *font;
	PangoGlyphString *glyphs;
	double x;      /* pixels from the run's left */
};

/* What lies together of a word, or a whole line where words are not told
 * apart. */
struct caption_run {
	long word;     /* -1: a whole line */
	int line;
	int minor;     /* only a bracket or the like, away from its word */
	double x, w;   /* pixels of the frame */
	double base;   /* its base line */
	size_t piece, piece_nr;
};

struct caption_draw {
	struct caption_look look;
	int w, h, lines;
	int rtl;    /* the text is read from right to left */
	double em;
	struct caption_run *run; /* from left to right on each line */
	size_t nr, alloc;
	struct caption_piece *piece;
	size_t piece_nr, piece_alloc;
	double left, right, top, bottom; /* top, bottom: first and last base
					    line */
	double up, down; /* ink above the first and below the last of them */
	struct caption_colours colour;
	cairo_surface_t *ground; /* kept by caption_paint.c; NULL: not drawn */
};

/* Ink above and below the run's base line where that is more than *up and
 * *down. */
void caption_reach(const struct caption_draw *d, const struct caption_run *r,
	double *up, double *down);

/* Ink and its outline, or the plate, above the first and below the last base
 * line. */
void caption_extent(const struct caption_draw *d, double *up, double *down);

#endif
