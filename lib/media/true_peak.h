/*
 * True peaks of float stereo: the highest values between the samples too, at
 * 4 times the rate (ITU-R BS.1770-4, annex 2, with a longer filter).
 *
 * Interpolating costs a hundred multiplications a sample, so it is left out
 * wherever the samples are so low that nothing between them can count.
 */
#ifndef MEDIA_TRUE_PEAK_H
#define MEDIA_TRUE_PEAK_H

#include <stddef.h>

#define TRUE_PEAK_PHASES 4
#define TRUE_PEAK_TAPS 24 /* of each phase */
#define TRUE_PEAK_DELAY (TRUE_PEAK_TAPS / 2) /* samples that it runs behind */

struct true_peak {
	float tap[TRUE_PEAK_PHASES][TRUE_PEAK_TAPS];
	double most; /* a peak is at most so many times the highest sample */
	/* The last samples of both channels, twice, so that they are always in
	 * one piece. */
	float past[2][2 * TRUE_PEAK_TAPS];
	int at;
	int loud;    /* samples until the last loud one leaves the filter */
	double peak; /* true_peak_add: the highest so far, as a factor */
};

void true_peak_init(struct true_peak *t);

/* Take the next sample of each channel. Returns the highest value within a
 * sample of TRUE_PEAK_DELAY samples ago, or 0 where it is surely not over
 * floor. */
double true_peak_next(struct true_peak *t, float left, float right,
	double floor);

/* Take n frames and keep the highest peak in t->peak. */
void true_peak_add(struct true_peak *t, const float *in, size_t n);

#endif
