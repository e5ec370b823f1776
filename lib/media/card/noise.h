/*
 * Gradient noise on an integer-hash lattice: unit gradients from a table of
 * 16, quintic fade (Perlin 2002). Values lie within +-0.71, mostly +-0.35.
 * Coordinates may be anything within +-1e6.
 *
 * fBm sums octaves with lacunarity 2.03, +101 to the seed per octave, divided
 * by the sum of the gains, so that it keeps the range of one octave.
 */
#ifndef MEDIA_CARD_NOISE_H
#define MEDIA_CARD_NOISE_H

#include <stdint.h>

#define NOISE_LACUNARITY 2.03f

float noise1(uint32_t seed, float x);          /* a line of noise2 */
float noise2(uint32_t seed, float x, float y);
float fbm2(uint32_t seed, float x, float y, int octaves, float gain);
float fbm1(uint32_t seed, float x, int octaves, float gain);
/* fBm of 1 - 2|noise|: crests. */
float ridged2(uint32_t seed, float x, float y, int octaves, float gain);

/* n values at x0, x0 + dx ... and one y: many times faster than noise2 a
 * point. ridged and fBm as above. dx > 0. */
void noise_row(float *out, int n, float x0, float dx, float y, uint32_t seed);
void fbm_row(float *out, int n, float x0, float dx, float y, uint32_t seed,
	int octaves, float gain);
void ridged_row(float *out, int n, float x0, float dx, float y, uint32_t seed,
	int octaves, float gain);

/* An integer hash, uniform in 32 bits. */
static inline uint32_t
noise_hash(uint32_t x, uint32_t y, uint32_t seed)
{
	uint32_t h = x * 0x9e3779b1u ^ y * 0x85ebca77u ^ seed * 0xc2b2ae3du;

	h ^= h >> 15;
	h *= 0x2c1b3c6du;
	h ^= h >> 12;
	h *= 0x297a2d39u;
	return h ^ h >> 15;
}

/* The same as a float in [0, 1). */
static inline float
noise_unit(uint32_t x, uint32_t y, uint32_t seed)
{
	return (float)(noise_hash(x, y, seed) >> 8) * (1.0f / 16777216.0f);
}

#endif
