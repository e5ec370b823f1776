/*
 * Which stretch of a music file is played under a film, and where it starts
 * anew when the film is longer.
 *
 * Silence at both ends of the file is never played. Where the film says from
 * where, that is the start. Else, in a file that is longer than the film, it is
 * the stretch whose loudness is steadiest and which ends where the music is
 * quiet (the standard deviation of the loudness of half seconds in dB, plus a
 * quarter of the dB by which its last two seconds are over its mean); the
 * earliest of those within 0.3 dB of the best, started at the nearest onset.
 *
 * A file that is shorter is looped. The seam is looked for within 10 s of
 * either end: where the rise and fall of the sound in the 1.5 s before one
 * point is most like that before the other, and then, sample by sample, where
 * the waves themselves are. Both stretches are faded into each other.
 */
#ifndef RENDER_MUSIC_FIND_H
#define RENDER_MUSIC_FIND_H

#include <stdint.h>

#include "base/error.h"
#include "render/film.h"

#define MUSIC_LEAST 4.0    /* s that sound; less cannot be looped */
#define MUSIC_SCAN 1800.0  /* s of a file that are looked at and played */
#define MUSIC_SEAM 72000   /* frames of the cross-fade of a loop, 1.5 s */

struct music_span {
	int64_t from;  /* frame of the file at which it starts */
	int64_t to;    /* frame at which it ends, or is taken up again */
	int64_t back;  /* where: the MUSIC_SEAM frames before it are faded
			  into those before to; -1: it is not looped */
	double match;  /* how like those are, 0 to 1 */
};

/* For need frames of the film. EX_DATA names the file: no sound, silent, from
 * behind its end, or too short to be looped. */
int music_find(const struct film_music *m, int64_t need,
	struct music_span *out, struct err *e);

#endif
