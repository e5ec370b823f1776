/*
 * The film's pictures, decoded and made ready for the sampler: a few kept at a
 * time, shared by all workers.
 */
#ifndef RENDER_STILLS_H
#define RENDER_STILLS_H

#include "base/error.h"
#include "media/yuv.h"
#include "render/film.h"

#define STILLS_KEPT 4 /* that nobody is using */

struct still {
	struct yuv *yuv;
	double scale_x, scale_y; /* its pixels for one of the picture's */
};

struct clips;
struct stills;

/* For frames of w x h: a picture much larger than they need is scaled down
 * once. */
struct stills *stills_new(int w, int h);
void stills_free(struct stills *s); /* s may be NULL; nothing is in use */
/* The pictures that move, which share its life. */
struct clips *stills_clips(struct stills *s);

/* Borrow the picture of a scene; give it back with stills_done. Waits where
 * another thread is reading it. EX_DATA where it cannot be decoded, EX_LATER
 * where the file is not what the film says (image_sha256, image_w, image_h).*/
const struct still *stills_get(struct stills *s, const struct film_scene *f,
	struct err *e);
void stills_done(struct stills *s, const struct still *st);

#endif
