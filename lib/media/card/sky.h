/*
 * Skies, shared by families that have a horizon.
 */
#ifndef MEDIA_CARD_SKY_H
#define MEDIA_CARD_SKY_H

#include "media/card/family.h"

struct sky {
	struct ramp ramp;  /* 0 the top, 1 the horizon */
	struct rgb haze;   /* what far things fade to */
	struct rgb sun, glow, cloud;
	int dark;          /* words on it are light */
};

/* Colours of a sky by palette and time, down to horizon (a fraction of the
 * height). Where words stand, one of the inks reads on the bare sky. */
void sky_make(struct sky *s, const struct scene_params *p, float horizon);

/* Where a sun stands, in pixels. */
struct sun {
	float x, y, r;
};

/* Paint the whole canvas: ramp down to horizon (pixels), clouds, stars at
 * night, glow and sun. */
void sky_paint(struct canvas *c, const struct sky *s,
	const struct scene_params *p, float horizon, const struct sun *sun);

/* Stars by brightness r^5 with spikes on the brightest; none under words.
 * Down to row bottom. */
void sky_stars(struct canvas *c, const struct scene_params *p,
	struct rgb colour, int nr, float bottom);

#endif
