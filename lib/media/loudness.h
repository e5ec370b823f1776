/*
 * Loudness of sound as it comes, in blocks: ITU-R BS.1770-4 by libebur128.
 */
#ifndef MEDIA_LOUDNESS_H
#define MEDIA_LOUDNESS_H

#include <stddef.h>

struct loudness;

/* For float stereo at SOUND_RATE; true_peak 1: measure that as well, which
 * takes longer. */
struct loudness *loudness_new(int true_peak);
void loudness_add(struct loudness *l, const float *in, size_t n);
/* Integrated loudness in LUFS, -HUGE_VAL for silence or less than 400 ms;
 * *peak (may be NULL) the true peak as a factor. Frees l. */
double loudness_end(struct loudness *l, double *peak);

#endif
