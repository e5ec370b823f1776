/*
 * How the picture moves under the frame (Ken Burns): which window of the
 * picture fills the frame at each moment.
 *
 * Motion follows from the scene alone: its text, its picture, the length of
 * its voice. It runs on before and after the body, through the transitions,
 * so that a body never depends on what stands beside it.
 */
#ifndef RENDER_MOTION_H
#define RENDER_MOTION_H

#include <stdint.h>

#include "render/film.h"
#include "render/timeline.h"

/* A rectangle of the picture, in its pixels from the left upper edge. */
struct window {
	double x, y, w, h;
};

struct motion {
	struct window from, to;  /* at u = 0 and 1 */
	double log_zoom;         /* log of from.w / to.w */
	int easing;              /* enum film_easing */
	int64_t first, length;   /* frames from the voice's start at which u
				    is 0; frames until it is 1 */
};

/* w and h are the picture's size in pixels, image_w and image_h. */
void motion_choose(struct motion *m, const struct film_scene *s,
	const struct timeline *t, int64_t voice_frames, int w, int h);

/* The window at frame n from the voice's start (negative before it). */
struct window motion_at(const struct motion *m, int64_t n);

#endif
