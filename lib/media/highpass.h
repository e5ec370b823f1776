/*
 * Takes what is below hearing off a sound from anywhere, a constant offset
 * above all: second order Butterworth at HIGHPASS_HZ, float stereo at
 * SOUND_RATE.
 */
#ifndef MEDIA_HIGHPASS_H
#define MEDIA_HIGHPASS_H

#include <stddef.h>

#define HIGHPASS_HZ 20.0

struct highpass {
	int started;
	double x[2][2], y[2][2]; /* of each channel the last two in and out */
};

/* In place. A zeroed struct starts as if the first sample had been there for
 * ever, so that an offset makes no step. */
void highpass_run(struct highpass *h, float *s, size_t n);

#endif
