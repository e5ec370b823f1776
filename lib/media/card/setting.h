/*
 * Words on a picture: ink by measured contrast, a scrim only where needed.
 */
#ifndef MEDIA_CARD_SETTING_H
#define MEDIA_CARD_SETTING_H

#include "media/card/canvas.h"
#include "media/card/type.h"

#define SETTING_CONTRAST 5.2 /* aimed at; 5.0 is promised after the last step */

struct setting {
	int light;      /* 1: light ink */
	float contrast; /* WCAG, 2nd percentile of the pixels near the glyphs */
	float scrim;    /* share, 0 none */
};

/* Measure what is under the words of b and choose: the ink with the better
 * contrast, then the least scrim in steps of 6 %. Paints nothing. */
void setting_measure(struct setting *s, const struct canvas *c,
	const struct type_block *b, const struct palette *p);

/* Paint scrim, shadow, rule or eyebrow, words. */
void setting_paint(const struct setting *s, struct canvas *c,
	const struct type_block *b, const struct palette *p);

#endif
