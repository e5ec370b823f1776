/*
 * A true peak limiter for float stereo at SOUND_RATE: peaks are found between
 * the samples too, at 4 times the rate, and the gain goes down before them.
 */
#ifndef MEDIA_LIMITER_H
#define MEDIA_LIMITER_H

#include <stddef.h>

#define LIMITER_DELAY 256 /* frames by which the output runs behind */

struct limiter;

/* limit: the highest true peak let through, as a factor (1.0: full scale). */
struct limiter *limiter_new(double limit);
void limiter_free(struct limiter *l); /* NULL is fine */

/* Take n frames, multiplied by gain, and write as many to out, which may be
 * in: those of LIMITER_DELAY frames before, silence at the start. The tail
 * comes out by feeding LIMITER_DELAY frames of silence. */
void limiter_run(struct limiter *l, const float *in, size_t n, double gain,
	float *out);

#endif
