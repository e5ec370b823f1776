/*
 * The pictures of a film brought to its shape, where the project's are of
 * another: several films of one project share their pictures.
 *
 * A card is drawn again for the film's frame, as it would be if the project
 * had that shape: to cut it would cut the words on it. A picture that had to be
 * enlarged until it is soft is set on a ground of its own
 * (media/picture_frame.h). Any other is cut round its focus by its motion
 * (motion.h). What is made is free, and kept in build/fitted by digest.
 */
#ifndef RENDER_FILM_FIT_H
#define RENDER_FILM_FIT_H

#include "base/error.h"
#include "render/film.h"
#include "store/film_state.h"

struct film_fit; /* owns what the film borrows */

/*
 * Change image, its size, focus and keep of the nr scenes at scene (places in
 * the video; NULL: all) and of the one before each, which a transition shows.
 * With several to make they are made by as many processes as there are cores.
 * EX_DATA for a picture that cannot be decoded; as card_keep else.
 */
int film_fit(struct film_fit **out, struct film *f, const struct project *p,
	const struct video *v, const struct survey *s, const size_t *scene,
	size_t nr, struct err *e);
void film_fit_free(struct film_fit *fit); /* NULL is fine */

#endif
