/*
 * The film's moving pictures: each is read through once and then shared by all
 * workers; a worker draws its frames through a `moving` of its own.
 */
#ifndef RENDER_CLIPS_H
#define RENDER_CLIPS_H

#include "base/error.h"
#include "media/sampler.h"
#include "media/yuv.h"
#include "render/film.h"
#include "render/motion.h"
#include "render/timeline.h"

struct clips;

struct clips *clips_new(int w, int h); /* for frames of w x h */
void clips_free(struct clips *c); /* NULL is fine; nothing is in use */

struct moving; /* one scene's clip, for one thread */

/* EX_DATA where it cannot be read, EX_LATER where the file is not what the film
 * says. f, t and clips must outlive it. NULL on error. */
struct moving *moving_new(struct clips *c, const struct film *f,
	const struct timeline *t, size_t scene, struct err *e);
void moving_free(struct moving *m); /* NULL is fine */

/* Draw frame n, counted from the scene's voice, through window w of the
 * picture to out. After it, left - 1 more are likely to be wanted in order.
 * Which frame it is depends on n alone. */
int moving_draw(struct moving *m, struct sampler *s, int64_t n, int64_t left,
	const struct window *w, struct yuv *out, struct err *e);

#endif
