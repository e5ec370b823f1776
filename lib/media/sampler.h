/*
 * A window of a picture, at sub-pixel position and size, drawn to a frame.
 *
 * Separable Catmull-Rom (Keys 1981, a = -1/2) in whole numbers: the same bytes
 * from the plain code and from SSE4.1, AVX2 and AVX-512, of which one is chosen
 * at run time.
 */
#ifndef MEDIA_SAMPLER_H
#define MEDIA_SAMPLER_H

#include "media/yuv.h"

/* The most source pixels that a frame pixel may step over: beyond it the
 * kernel, which is not widened, would alias. Scale the picture down first. */
#define SAMPLER_STEP_MAX 1.5

enum sampler_code { SAMPLER_BEST, SAMPLER_PLAIN, SAMPLER_SSE41,
	SAMPLER_AVX2, SAMPLER_AVX512 };

struct sampler; /* scratch for one thread and one frame size */

/* code is for tests; what the processor lacks becomes plain code. */
struct sampler *sampler_new(int w, int h, enum sampler_code code);
void sampler_free(struct sampler *s); /* s may be NULL */
/* "avx512", "avx2", "sse4.1" or "plain". */
const char *sampler_name(const struct sampler *s);

/* Draw the rectangle x, y, w, h of from (pixels from its left upper edge, edge
 * repeated outside) to out, which has the sampler's size. from is from
 * yuv_new. Writes whole groups of 16 bytes: out's stride allows it. */
void sampler_draw(struct sampler *s, const struct yuv *from, double x,
	double y, double w, double h, struct yuv *out);

#endif
