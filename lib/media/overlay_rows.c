#include "media/overlay_rows.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

static void
plain_blend(uint8_t *dst, const uint16_t *value, const uint8_t *rest, int n)
{
	uint32_t v;
	int i;

	for (i = 0; i < n; i++) {
		/* v / 255, rounded: exact for 16 bits. */
		v = value[i] + (uint32_t)dst[i] * rest[i] + 128;
		dst[i] = (uint8_t)((v + (v >> 8)) >> 8);
	}
}

static const struct overlay_rows plain = { "plain", plain_blend };

#if defined(__x86_64__)

/* Eight samples as 16-bit numbers. */
static inline __m128i
sse_eight(__m128i dst, __m128i rest, const uint16_t *value)
{
	__m128i v = _mm_add_epi16(_mm_mullo_epi16(dst, rest),
	    _mm_loadu_si128((const void *)value));

	v = _mm_add_epi16(v, _mm_set1_epi16(128));
	return _mm_srli_epi16(_mm_add_epi16(v, _mm_srli_epi16(v, 8)), 8);
}

static void
sse_blend(uint8_t *dst, const uint16_t *value, const uint8_t *rest, int n)
{
	const __m128i zero = _mm_setzero_si128();
	__m128i d, r;
	int i;

	for (i = 0; i + 16 <= n; i += 16) {
		d = _mm_loadu_si128((const void *)(dst + i));
		r = _mm_loadu_si128((const void *)(rest + i));
		_mm_storeu_si128((void *)(dst + i), _mm_packus_epi16(
		    sse_eight(_mm_unpacklo_epi8(d, zero),
		    _mm_unpacklo_epi8(r, zero), value + i),
		    sse_eight(_mm_unpackhi_epi8(d, zero),
		    _mm_unpackhi_epi8(r, zero), value + i + 8)));
	}
	plain_blend(dst + i, value + i, rest + i, n - i);
}

__attribute__((target("avx2")))
static void
avx_blend(uint8_t *dst, const uint16_t *value, const uint8_t *rest, int n)
{
	const __m256i half = _mm256_set1_epi16(128);
	__m256i v;
	int i;

	for (i = 0; i + 16 <= n; i += 16) {
		v = _mm256_mullo_epi16(_mm256_cvtepu8_epi16(_mm_loadu_si128(
		    (const void *)(dst + i))), _mm256_cvtepu8_epi16(
		    _mm_loadu_si128((const void *)(rest + i))));
		v = _mm256_add_epi16(_mm256_add_epi16(v, half),
		    _mm256_loadu_si256((const void *)(value + i)));
		v = _mm256_srli_epi16(_mm256_add_epi16(v,
		    _mm256_srli_epi16(v, 8)), 8);
		_mm_storeu_si128((void *)(dst + i), _mm_packus_epi16(
		    _mm256_castsi256_si128(v),
		    _mm256_extracti128_si256(v, 1)));
	}
	plain_blend(dst + i, value + i, rest + i, n - i);
}

static const struct overlay_rows sse = { "sse2", sse_blend };
static const struct overlay_rows avx = { "avx2", avx_blend };

#endif

const struct overlay_rows *
overlay_rows_choose(enum overlay_code code)
{
#if defined(__x86_64__)
	if ((code == OVERLAY_BEST || code == OVERLAY_AVX2) &&
	    __builtin_cpu_supports("avx2"))
		return &avx;
	if (code != OVERLAY_PLAIN)
		return &sse;
#endif
	(void)code;
	return &plain;
}
