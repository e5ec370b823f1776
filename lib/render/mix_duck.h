/*
 * How far the music is down for speech: known from the timeline, so down before
 * somebody speaks, and up after.
 */
#ifndef RENDER_MIX_DUCK_H
#define RENDER_MIX_DUCK_H

#include <stddef.h>
#include <stdint.h>

#include "render/timeline.h"

struct mix_duck {
	const struct timeline *timeline;
	size_t past; /* scenes whose speech is over for good */
};

/* 0 (up) to 1 (down) at that frame, 200 ms before speech to 500 ms after it;
 * gaps under a second stay down. Frames are asked for in order. */
double mix_duck_at(struct mix_duck *d, int64_t at);

#endif
