/*
 * The same bytes on every processor. What libav computes in floating point
 * (resampling, decoded sound) differs in the last bits between its code for
 * SSE2, AVX and FMA; so only what every processor of the kind has is used
 * there. It is little work. libx264 and our own sampler, where the work is,
 * have code whose results are equal, and choose it themselves.
 */
#ifndef MEDIA_CPU_H
#define MEDIA_CPU_H

/* Before libav is asked for a resampler, a decoder or an encoder. */
void cpu_level(void);

/* For tests: the variable STUDIO_SIMD is "plain". Then the code for the oldest
 * processor is taken that gives the same bytes. */
int cpu_is_plain(void);

#endif
