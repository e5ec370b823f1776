/*
 * A music file as it is looked at to find a stretch or a seam: its power and
 * its waves, both at low rates.
 */
#ifndef RENDER_MUSIC_SCAN_H
#define RENDER_MUSIC_SCAN_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define SCAN_STEP 480  /* frames of the file to a value of power: 10 ms */
#define SCAN_WAVE 8    /* frames to a value of wave */

struct music_scan {
	float *power;    /* mean square of both channels, together */
	size_t nr;
	int16_t *wave;   /* mean of both channels */
	size_t wave_nr;
	int64_t frames;  /* read of the file */
	int64_t first, last; /* frames between which it sounds */
	size_t alloc, wave_alloc;
};

/* Read at most so many seconds of the file. Silence is what lies 45 dB below
 * the loudest, or under -60 dBFS; EX_DATA names a file that is nothing else. */
int music_scan(struct music_scan *s, const char *path, double seconds,
	struct err *e);
void music_scan_release(struct music_scan *s);

/* Decibels of a mean square, -120 at least. */
double music_scan_db(double power);

#endif
