/*
 * The two inner loops of the sampler, in plain code and for x86: all give the
 * same bytes, as they do the same whole-number steps.
 */
#ifndef MEDIA_SAMPLER_ROWS_H
#define MEDIA_SAMPLER_ROWS_H

#include <stdint.h>

#include "media/sampler.h"

/* One entry a column; arrays are 32-byte aligned and filled to a multiple of
 * 32 columns. */
struct sampler_axis {
	int32_t *index;          /* of the first of the four samples */
	int16_t *tap01, *tap23;  /* weights in pairs, 1/16384 */
	uint8_t *pick;           /* shuffle that makes the first pair two
				    16-bit lanes: where its samples are within
				    16 bytes from the first of the group of
				    eight, 0x80 for the upper bytes; the other
				    pair is 2 further */
};

struct sampler_rows {
	const char *name;
	/* out[k][i] = 64 * (row[k] filtered at column i), n columns rounded up
	 * to 16. Two rows at once, since reading the weights takes as long as
	 * using them. */
	void (*across)(const uint8_t *const row[2],
	    const struct sampler_axis *a, int16_t *const out[2], int n);
	/* Four such rows weighted by c, to 8 bits; n rounded up to 16. */
	void (*down)(const int16_t *const line[4], const int16_t c[4],
	    uint8_t *out, int n);
};

const struct sampler_rows *sampler_rows_choose(enum sampler_code code);

/* In media/sampler_avx512.c, on x86-64. */
extern const struct sampler_rows sampler_rows_avx512;

#endif
