/*
 * Loudness of sound as it comes, in blocks: ITU-R BS.1770-4 by libebur128.
 */
#ifndef MEDIA_LOUDNESS_H
#define MEDIA_LOUDNESS_H

#include <stddef.h>

struct loudness;

#define LOUDNESS_PEAK 1   /* measure the true peak as well, takes longer */
#define LOUDNESS_MOMENT 2 /* and the loudest 400 ms */

/* For float stereo at SOUND_RATE; what: bits of the above, or 0. */
struct loudness *loudness_new(int what);
void loudness_add(struct loudness *l, const float *in, size_t n);
/* Add 400 ms of silence, so that what is shorter is measured. */
void loudness_pad(struct loudness *l);
/* The loudest 400 ms so far, tried every 100 ms, in LUFS; -HUGE_VAL for
 * silence. */
double loudness_moment(const struct loudness *l);
/* Integrated loudness in LUFS, -HUGE_VAL for silence or less than 400 ms;
 * *peak (may be NULL) the true peak as a factor. Frees l. */
double loudness_end(struct loudness *l, double *peak);

#endif
