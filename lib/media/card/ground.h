/*
 * What the words of a card stand on: a family's picture, or a picture that was
 * given, shaded where words are to be read.
 */
#ifndef MEDIA_CARD_GROUND_H
#define MEDIA_CARD_GROUND_H

#include "media/card/card.h"
#include "media/card/family.h"

/* Draw s->back so that it fills the canvas and its focus lies as near to p's
 * as can be without showing its edge. EX_DATA for a picture that cannot be
 * brought to that size. */
int ground_picture(struct canvas *c, const struct card_spec *s,
	const struct scene_params *p, struct err *e);

/* Lay a gradient of the palette's deep over the side where the words stand,
 * from full darkness at the edge to none before the subject. */
void ground_shade(struct canvas *c, const struct card_spec *s,
	const struct scene_params *p);

#endif
