/*
 * The music and the sounds of a film, read from its project.
 */
#ifndef RENDER_FILM_READ_SOUND_H
#define RENDER_FILM_READ_SOUND_H

#include "base/error.h"
#include "render/film.h"
#include "store/film_state.h"

struct film_sounds; /* owns what the film borrows */

/* Set f->music and the sound of each of f->scene (v->nr of them). EX_DATA and
 * EX_IO name the file and where it is named. */
int film_read_sounds(struct film *f, struct film_scene *scene,
	struct film_sounds **out, const struct project *p,
	const struct video *v, const struct survey *s, struct err *e);
void film_sounds_free(struct film_sounds *a); /* NULL is fine */

#endif
