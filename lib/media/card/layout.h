/*
 * Where things stand on a card, by its use and its shape.
 */
#ifndef MEDIA_CARD_LAYOUT_H
#define MEDIA_CARD_LAYOUT_H

#include "media/card/card.h"
#include "media/card/family.h"
#include "media/card/pick.h"
#include "media/card/type.h"

/* The box for words and the focus, in fractions, for a canvas of this aspect
 * (width by height). Everything lies within 0.10-0.90, which the tightest Ken
 * Burns window still shows; of a thumbnail, which does not move, within
 * 0.05-0.95 and clear of the lower right corner. */
void layout_place(struct scene_params *p, const struct card_spec *s,
	const struct pick *k, float aspect);

/* The same box in pixels, and the sizes of type that fit the use. */
void layout_frame(struct type_frame *f, const struct scene_params *p,
	const struct card_spec *s, const int size[2],
	const struct family *family);

/* How the tone speaks in this use. */
void layout_voice(struct type_voice *v, const struct card_spec *s,
	const struct family *family);

#endif
