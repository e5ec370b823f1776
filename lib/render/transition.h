/*
 * Transitions: what is drawn at each frame between two pictures.
 *
 * A direction is the way that things move: wipe-left has its edge travel to
 * the left, push-left moves both pictures to the left.
 */
#ifndef RENDER_TRANSITION_H
#define RENDER_TRANSITION_H

#include <stddef.h>
#include <stdint.h>

#include "media/blend.h"
#include "media/yuv.h"

enum film_transition {
	TRANSITION_FADE, TRANSITION_CUT, TRANSITION_DIP,
	TRANSITION_WIPE, /* and four of each: enum blend_side is added */
	TRANSITION_SLIDE = TRANSITION_WIPE + 4,
	TRANSITION_PUSH = TRANSITION_SLIDE + 4,
	TRANSITIONS = TRANSITION_PUSH + 4
};

/* The transition of that name, also "wipe", "slide" and "push", which go to
 * the left; -1 where there is none. */
int transition_named(const char *name);
const char *transition_name(int transition);

/* Of one frame: which pictures are drawn, by how many pixels each is moved,
 * and how they are put together. */
struct transition_step {
	enum { STEP_A, STEP_B, STEP_EVEN, STEP_EDGE, STEP_DARK_A,
		STEP_DARK_B } how;
	double a_x, a_y, b_x, b_y;
	int weight;             /* of b, or of the dark: 0..BLEND_ALL */
	struct blend_edge edge;
};

/* Frame n of `frames` in which the transition takes place; before and after
 * them n may be outside. A cut is in the middle. frame gives the
 * size. */
void transition_step(struct transition_step *s, int transition, int n,
	int frames, const struct yuv *frame);

/* The dark through which a dip goes: the deep colour of the tone's palette,
 * darkened, as Y, Cb, Cr. */
void transition_dark(const char *tone, uint8_t dark[3]);

#endif
