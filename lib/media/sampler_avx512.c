/*
 * The sampler's loops for processors with AVX-512 and its byte permutation
 * (VBMI): the samples of sixteen columns are picked by one instruction.
 */
#include "media/sampler_rows.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define TARGET \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi")))
#define INLINE \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi"), \
    always_inline)) static inline

/* What sixteen columns need of the axis. */
struct columns {
	__m512i pick01, pick23, tap01, tap23;
};

INLINE struct columns
columns_at(const struct sampler_axis *a, int i)
{
	struct columns c;
	/* The upper eight are counted from a first sample of their own. */
	__m256i on = _mm256_set1_epi8((char)(a->index[i + 8] - a->index[i]));

	c.pick01 = _mm512_add_epi8(
	    _mm512_load_si512((const void *)(a->pick + 4 * i)),
	    _mm512_inserti64x4(_mm512_setzero_si512(), on, 1));
	c.pick23 = _mm512_add_epi8(c.pick01, _mm512_set1_epi16(2));
	c.tap01 = _mm512_load_si512((const void *)(a->tap01 + 2 * i));
	c.tap23 = _mm512_load_si512((const void *)(a->tap23 + 2 * i));
	return c;
}

/* 32 bytes from `at` on hold the samples of all sixteen: 15 steps of 1.5 and
 * four samples. Every other byte stays 0, which makes 16-bit lanes. */
INLINE __m256i
sixteen(const uint8_t *at, const struct columns *c)
{
	const __mmask64 even = 0x5555555555555555;
	__m512i s = _mm512_castsi256_si512(_mm256_loadu_si256(
	    (const void *)at));
	__m512i v = _mm512_add_epi32(
	    _mm512_madd_epi16(_mm512_maskz_permutexvar_epi8(even, c->pick01,
	    s), c->tap01),
	    _mm512_madd_epi16(_mm512_maskz_permutexvar_epi8(even, c->pick23,
	    s), c->tap23));

	return _mm512_cvtsepi32_epi16(_mm512_srai_epi32(_mm512_add_epi32(v,
	    _mm512_set1_epi32(128)), 8));
}

TARGET static void
across(const uint8_t *const row[2], const struct sampler_axis *a,
    int16_t *const out[2], int n)
{
	int i;

	for (i = 0; i < n; i += 16) {
		struct columns c = columns_at(a, i);
		int at = a->index[i];

		_mm256_store_si256((void *)(out[0] + i),
		    sixteen(row[0] + at, &c));
		_mm256_store_si256((void *)(out[1] + i),
		    sixteen(row[1] + at, &c));
	}
}

TARGET static void
down(const int16_t *const line[4], const int16_t c[4], uint8_t *out, int n)
{
	__m512i t[4], v;
	__mmask32 some;
	int i, j;

	for (j = 0; j < 4; j++)
		t[j] = _mm512_set1_epi16(c[j]);
	for (i = 0; i < n; i += 32) {
		v = _mm512_set1_epi16(16);
		for (j = 0; j < 4; j++)
			v = _mm512_add_epi16(v, _mm512_mulhrs_epi16(
			    _mm512_load_si512((const void *)(line[j] + i)),
			    t[j]));
		v = _mm512_max_epi16(_mm512_srai_epi16(v, 5),
		    _mm512_setzero_si512());
		some = n - i > 16 ? 0xffffffff : 0xffff;
		_mm256_mask_storeu_epi8(out + i, some,
		    _mm512_cvtusepi16_epi8(v));
	}
}

const struct sampler_rows sampler_rows_avx512 = {
	"avx512", across, down
};

#endif
