/*
 * Random numbers that are the same on every machine: a seed, then streams.
 */
#ifndef BASE_RNG_H
#define BASE_RNG_H

#include <stdint.h>

struct rng {
	uint64_t state;
};

/* A stream of its own for each purpose (any constant), so that a new detail
 * does not shift the old ones. */
void rng_seed(struct rng *r, uint64_t seed, uint64_t purpose);
/* The next 64 bits (splitmix64, Steele, Lea and Flood 2014). */
uint64_t rng_next(struct rng *r);
/* Uniform in [0, 1), 53 bits. */
double rng_unit(struct rng *r);
/* Uniform in [lo, hi). */
double rng_range(struct rng *r, double lo, double hi);
/* Uniform in 0 .. n-1; n > 0. */
unsigned rng_below(struct rng *r, unsigned n);

#endif
