#include "base/rng.h"

uint64_t
rng_next(struct rng *r)
{
	uint64_t z = (r->state += 0x9E3779B97F4A7C15u);

	z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
	z = (z ^ z >> 27) * 0x94D049BB133111EBu;
	return z ^ z >> 31;
}

void
rng_seed(struct rng *r, uint64_t seed, uint64_t purpose)
{
	r->state = seed;
	r->state = rng_next(r) ^ purpose * 0xD6E8FEB86659FD93u;
	rng_next(r);
}

double
rng_unit(struct rng *r)
{
	return (double)(rng_next(r) >> 11) * 0x1p-53;
}

double
rng_range(struct rng *r, double lo, double hi)
{
	return lo + (hi - lo) * rng_unit(r);
}

unsigned
rng_below(struct rng *r, unsigned n)
{
	return (unsigned)(rng_unit(r) * n);
}
