/*
 * A drawn card in a film of another shape: it is drawn again in that shape,
 * since to cut it would cut the words on it. This says when; what is drawn is
 * for render/film_fit.h.
 */
#ifndef STORE_FILM_CARD_H
#define STORE_FILM_CARD_H

#include "store/state.h"

/* The frame of a film in pixels, as its size or its preset says. */
void film_frame(const struct project *p, const struct video *v, int *w,
	int *h);

/* Is the picture of a a card as it was drawn for frames of a shape more than a
 * tenth off w x h? */
int film_card_is_off(const struct project *p, const struct asset_state *a,
	int w, int h);

#endif
