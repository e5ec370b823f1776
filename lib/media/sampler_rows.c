#include "media/sampler_rows.h"

#include <stddef.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

static void
plain_across(const uint8_t *const row[2], const struct sampler_axis *a,
    int16_t *const out[2], int n)
{
	int i, k;

	n = (n + 15) & ~15;
	for (k = 0; k < 2; k++)
		for (i = 0; i < n; i++) {
			const uint8_t *s = row[k] + a->index[i];
			int v = s[0] * a->tap01[2 * i] +
			    s[1] * a->tap01[2 * i + 1] +
			    s[2] * a->tap23[2 * i] +
			    s[3] * a->tap23[2 * i + 1];

			out[k][i] = (int16_t)((v + 128) >> 8);
		}
}

/* What pmulhrsw does: half the product's upper word, rounded. */
static int
times(int a, int b)
{
	return (a * b + 0x4000) >> 15;
}

static void
plain_down(const int16_t *const line[4], const int16_t c[4], uint8_t *out,
    int n)
{
	const int16_t *p = line[0], *q = line[1], *r = line[2], *s = line[3];
	int i;

	n = (n + 15) & ~15;
	for (i = 0; i < n; i++) {
		int v = times(p[i], c[0]) + times(q[i], c[1]) +
		    times(r[i], c[2]) + times(s[i], c[3]);

		v = (v + 16) >> 5;
		out[i] = v < 0 ? 0 : v > 255 ? 255 : v;
	}
}

static const struct sampler_rows plain = {
	"plain", plain_across, plain_down
};

#if defined(__x86_64__)

/* What of the axis four (SSE) or eight (AVX) columns need. */
struct sse_columns {
	__m128i pick01, pick23, tap01, tap23;
};

/* Pairs of samples by shuffle, multiply, add: four columns a register. */
__attribute__((target("sse4.1"), always_inline))
static inline __m128i
sse_four(__m128i s, const struct sse_columns *c)
{
	__m128i v = _mm_add_epi32(
	    _mm_madd_epi16(_mm_shuffle_epi8(s, c->pick01), c->tap01),
	    _mm_madd_epi16(_mm_shuffle_epi8(s, c->pick23), c->tap23));

	return _mm_srai_epi32(_mm_add_epi32(v, _mm_set1_epi32(128)), 8);
}

__attribute__((target("sse4.1")))
static void
sse_across(const uint8_t *const row[2], const struct sampler_axis *a,
    int16_t *const out[2], int n)
{
	int i, k, j;

	n = (n + 15) & ~15;
	for (i = 0; i < n; i += 8) {
		struct sse_columns c[2];

		for (k = 0; k < 2; k++) {
			j = i + 4 * k;
			c[k].pick01 = _mm_load_si128((const void *)
			    (a->pick + 4 * j));
			c[k].pick23 = _mm_add_epi8(c[k].pick01,
			    _mm_set1_epi16(2));
			c[k].tap01 = _mm_load_si128((const void *)
			    (a->tap01 + 2 * j));
			c[k].tap23 = _mm_load_si128((const void *)
			    (a->tap23 + 2 * j));
		}
		for (k = 0; k < 2; k++) {
			__m128i s = _mm_loadu_si128((const void *)
			    (row[k] + a->index[i]));

			_mm_store_si128((void *)(out[k] + i),
			    _mm_packs_epi32(sse_four(s, &c[0]),
			    sse_four(s, &c[1])));
		}
	}
}

__attribute__((target("sse4.1")))
static void
sse_down(const int16_t *const line[4], const int16_t c[4], uint8_t *out,
    int n)
{
	const __m128i half = _mm_set1_epi16(16);
	int i, k, j;

	for (i = 0; i < n; i += 16) {
		__m128i v[2];

		for (k = 0; k < 2; k++) {
			v[k] = half;
			for (j = 0; j < 4; j++)
				v[k] = _mm_add_epi16(v[k], _mm_mulhrs_epi16(
				    _mm_load_si128((const void *)
				    (line[j] + i + 8 * k)),
				    _mm_set1_epi16(c[j])));
			v[k] = _mm_srai_epi16(v[k], 5);
		}
		_mm_storeu_si128((void *)(out + i),
		    _mm_packus_epi16(v[0], v[1]));
	}
}

struct avx_columns {
	__m256i pick01, pick23, tap01, tap23;
};

__attribute__((target("avx2"), always_inline))
static inline struct avx_columns
avx_columns(const struct sampler_axis *a, int i)
{
	struct avx_columns c;

	c.pick01 = _mm256_load_si256((const void *)(a->pick + 4 * i));
	c.pick23 = _mm256_add_epi8(c.pick01, _mm256_set1_epi16(2));
	c.tap01 = _mm256_load_si256((const void *)(a->tap01 + 2 * i));
	c.tap23 = _mm256_load_si256((const void *)(a->tap23 + 2 * i));
	return c;
}

/* Eight columns whose samples start at s, as 32-bit sums. */
__attribute__((target("avx2"), always_inline))
static inline __m256i
avx_eight(const uint8_t *at, const struct avx_columns *c)
{
	__m256i s = _mm256_broadcastsi128_si256(_mm_loadu_si128(
	    (const void *)at));
	__m256i v = _mm256_add_epi32(
	    _mm256_madd_epi16(_mm256_shuffle_epi8(s, c->pick01), c->tap01),
	    _mm256_madd_epi16(_mm256_shuffle_epi8(s, c->pick23), c->tap23));

	return _mm256_srai_epi32(_mm256_add_epi32(v, _mm256_set1_epi32(128)),
	    8);
}

__attribute__((target("avx2")))
static void
avx_across(const uint8_t *const row[2], const struct sampler_axis *a,
    int16_t *const out[2], int n)
{
	int i;

	for (i = 0; i < n; i += 16) {
		struct avx_columns c = avx_columns(a, i);
		struct avx_columns d = avx_columns(a, i + 8);
		int at = a->index[i], next = a->index[i + 8];
		__m256i p = _mm256_packs_epi32(avx_eight(row[0] + at, &c),
		    avx_eight(row[0] + next, &d));
		__m256i q = _mm256_packs_epi32(avx_eight(row[1] + at, &c),
		    avx_eight(row[1] + next, &d));

		/* Packing works in each half: put the quarters in order. */
		_mm256_store_si256((void *)(out[0] + i),
		    _mm256_permute4x64_epi64(p, 0xd8));
		_mm256_store_si256((void *)(out[1] + i),
		    _mm256_permute4x64_epi64(q, 0xd8));
	}
}

__attribute__((target("avx2"), always_inline))
static inline __m256i
avx_sixteen(const int16_t *const line[4], const __m256i c[4], int i)
{
	__m256i v = _mm256_set1_epi16(16);
	int j;

	for (j = 0; j < 4; j++)
		v = _mm256_add_epi16(v, _mm256_mulhrs_epi16(_mm256_load_si256(
		    (const void *)(line[j] + i)), c[j]));
	return _mm256_srai_epi16(v, 5);
}

__attribute__((target("avx2")))
static void
avx_down(const int16_t *const line[4], const int16_t c[4], uint8_t *out,
    int n)
{
	__m256i t[4], v;
	int i;

	for (i = 0; i < 4; i++)
		t[i] = _mm256_set1_epi16(c[i]);
	for (i = 0; i + 16 < n; i += 32) {
		v = _mm256_packus_epi16(avx_sixteen(line, t, i),
		    avx_sixteen(line, t, i + 16));
		_mm256_storeu_si256((void *)(out + i),
		    _mm256_permute4x64_epi64(v, 0xd8));
	}
	if (i < n) {
		v = avx_sixteen(line, t, i);
		_mm_storeu_si128((void *)(out + i), _mm_packus_epi16(
		    _mm256_castsi256_si128(v),
		    _mm256_extracti128_si256(v, 1)));
	}
}

static const struct sampler_rows sse = {
	"sse4.1", sse_across, sse_down
};
static const struct sampler_rows avx = {
	"avx2", avx_across, avx_down
};

#endif

const struct sampler_rows *
sampler_rows_choose(enum sampler_code code)
{
#if defined(__x86_64__)
	if ((code == SAMPLER_BEST || code == SAMPLER_AVX512) &&
	    __builtin_cpu_supports("avx512bw") &&
	    __builtin_cpu_supports("avx512vl") &&
	    __builtin_cpu_supports("avx512vbmi"))
		return &sampler_rows_avx512;
	if (code != SAMPLER_PLAIN && code != SAMPLER_SSE41 &&
	    __builtin_cpu_supports("avx2"))
		return &avx;
	if (code != SAMPLER_PLAIN && __builtin_cpu_supports("sse4.1"))
		return &sse;
#endif
	(void)code;
	return &plain;
}
