/*
 * The two windows that a scene's motion may name, as windows of the frame's
 * shape inside the picture.
 */
#ifndef RENDER_MOTION_WINDOW_H
#define RENDER_MOTION_WINDOW_H

#include "base/strvec.h"
#include "render/film.h"
#include "render/motion.h"
#include "render/timeline.h"

/* Source pixels a frame pixel: a picture is shown at 1.25 times its own size
 * at most. */
#define MOTION_STEP_MIN 0.8

/*
 * Window `which` (0 from, 1 to) of a scene with has_windows: the smallest of
 * the frame's shape that holds what was asked for, in the middle of it, moved
 * into the picture. Where it holds less, as an upright frame of a wide
 * picture, it has the focus in it as far as it can. *widened becomes 1 where
 * it would be narrower than MOTION_STEP_MIN allows.
 */
struct window motion_window(const struct film_scene *s, int which,
	const struct timeline *t, int *widened);

/* Is a window of a scene so narrow that it was widened? 0 also for scenes
 * without windows or without a picture. */
int motion_is_widened(const struct film_scene *s, const struct timeline *t);

/* Append a line for each such scene of a film. */
void motion_warnings(const struct film *f, const struct timeline *t,
	struct strvec *lines);

#endif
