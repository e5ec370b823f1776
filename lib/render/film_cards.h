/*
 * The cards before and after a film, and what lies over it: read from the
 * project as store/around.h has it. The cards are scenes of the film without
 * words; their pictures are drawn into build/cards, by digest.
 */
#ifndef RENDER_FILM_CARDS_H
#define RENDER_FILM_CARDS_H

#include "base/error.h"
#include "render/film.h"
#include "store/around.h"

struct film_cards; /* owns what the film borrows of it */

/* Choose for a film whose preset, size, language, tone and title are set: fill
 * its before, logo and bar, and *nr with how many cards there are. EX_CONF and
 * EX_DATA for files that cannot be used. */
int film_cards_read(struct film_cards **out, struct film *f,
	const struct project *p, const struct video *v,
	const struct survey *s, size_t *nr, struct err *e);
void film_cards_free(struct film_cards *c); /* NULL is fine */

/* Fill the first and the last of f->scene, as far as they are cards; the
 * pictures are not there yet. */
void film_cards_place(struct film_cards *c, struct film *f);

/* Draw the card of scene i of the film, where it is one and not drawn yet. */
int film_card_draw(struct film_cards *c, struct film *f, size_t i,
	struct err *e);

/* What the platform or its viewers would not like of the cards: one line each,
 * for people. Appended. */
void film_cards_warn(const struct film_cards *c, const struct film *f,
	struct strvec *lines);

#endif
