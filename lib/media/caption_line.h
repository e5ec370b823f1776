/*
 * One line of a caption as runs: what belongs to one word and lies together.
 *
 * The line is laid out as a whole, so that its directions, ligatures and
 * brackets come out as in any other text, and then cut where the word changes.
 * A word can have several runs: in "(Blue Whale)" within Arabic, the bracket
 * that the first word begins with stands at the far end.
 *
 * For caption_draw.c and caption_paint.c only.
 */
#ifndef MEDIA_CAPTION_LINE_H
#define MEDIA_CAPTION_LINE_H

#include <pango/pangocairo.h>
#include <stddef.h>

#include "media/caption_draw.h"
#include "media/caption_paint.h"

/* All that is needed while laying out. */
struct caption_setting {
	PangoContext *context;
	PangoFontDescription *font;
	const char *text;
	const struct caption_span *word; /* in text, in its order */
	size_t nr;
	double gap;   /* pixels: least space between two words */
	int by_words; /* 0: a line is one run */
};

/* Append the runs of bytes off..off+len of the text as line number `line`, its
 * left end at 0; returns its width in pixels. */
double caption_line_set(struct caption_draw *d,
	const struct caption_setting *s, size_t off, size_t len, int line);

/* Drop all runs. */
void caption_line_drop(struct caption_draw *d);

#endif
