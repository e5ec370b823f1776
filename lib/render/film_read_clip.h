/*
 * A scene's picture that moves, read from its record or its file.
 */
#ifndef RENDER_FILM_READ_CLIP_H
#define RENDER_FILM_READ_CLIP_H

#include "base/error.h"
#include "render/film.h"
#include "store/state.h"

/* Fill size and clip of fs where the media that a has is a moving picture: 1;
 * 0 where it is none. EX_DATA where it cannot be read, or where the scene wants
 * what it does not hold. */
int film_read_clip(struct film_scene *fs, const struct scene *sc,
	const struct asset_state *a, struct err *e);

#endif
