/*
 * The small lines below the words of an end card.
 */
#ifndef MEDIA_CARD_ROWS_H
#define MEDIA_CARD_ROWS_H

#include "media/card/card.h"
#include "media/card/family.h"
#include "media/card/type.h"

struct rows {
	struct type_line label[CARD_LINES], text[CARD_LINES];
	int nr;
	double x0, y0, x1, y1; /* of all, pixels */
};

/* Lay out s->line under the words of b, as wide as their box f; each in two
 * lines at most, what is longer ends in an ellipsis. nr is 0 where there are
 * none. -1 when a glyph is missing (font_check_text). */
int rows_lay(struct rows *r, struct font_set *fonts, const struct card_spec *s,
	const struct type_block *b, const struct type_frame *f,
	struct err *e);

/* Paint them in light ink on canvas c, with as much of a scrim as they need to
 * read at 5:1. */
void rows_paint(const struct rows *r, struct canvas *c,
	const struct palette *p);
void rows_release(struct rows *r);

#endif
