/*
 * A film as it would be, at once and for nothing: what is there and fresh as it
 * is, and stand-ins for the rest. A voice that is stale, missing, failed or was
 * never made is spoken by the free voice of its language; so is a picture drawn
 * as a card of the spoken words. Nobody is asked anything, and nothing is
 * written but stand-ins, which are kept in build/preview by digest.
 */
#ifndef RENDER_FILM_PREVIEW_H
#define RENDER_FILM_PREVIEW_H

#include "base/error.h"
#include "base/strbuf.h"
#include "render/film.h"
#include "store/film_state.h"

#define PREVIEW_SIDE 1280 /* the longer side is at most this */

struct film_preview; /* owns what the film borrows */

/*
 * To be called with what film_read gave, before film_fit. The film becomes a
 * draft of half the size (halved again while it is over PREVIEW_SIDE, and not
 * at all where a side would be under 64), whose title says what it is. With
 * several stand-ins to make they are made by as many processes as there are
 * cores. A text that no free voice can speak is left silent for about its
 * length. EX_CONF where a card needs a font that is not there.
 */
int film_preview(struct film_preview **out, struct film *f,
	const struct project *p, const struct video *v,
	const struct survey *s, struct err *e);
void film_preview_free(struct film_preview *w); /* NULL is fine */

/* Which scenes of the nr films at v would have stand-ins, for people, on one
 * line: "scenes 3, 7-9 with stand-in pictures; scene 2 with a stand-in voice".
 * Nothing where there are none. Appended. */
void film_preview_words(const struct project *p, const struct survey *s,
	const struct video *const *v, size_t nr, struct strbuf *out);

#endif
