#include "media/blend.h"

#include <stdlib.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "base/mem.h"

/* n columns, rounded up to 16; weights 0..BLEND_ALL. */
struct blend_rows {
	void (*even)(const uint8_t *a, const uint8_t *b, int weight,
	    uint8_t *out, int n);
	void (*each)(const uint8_t *a, const uint8_t *b,
	    const int16_t *weight, uint8_t *out, int n);
};

/* As pmulhrsw rounds: a + round((b - a) * weight / 32768). */
static uint8_t
mix(int a, int b, int weight)
{
	return (uint8_t)(a + (((b - a) * weight + 0x4000) >> 15));
}

static void
plain_even(const uint8_t *a, const uint8_t *b, int weight, uint8_t *out, int n)
{
	int i;

	n = (n + 15) & ~15;
	for (i = 0; i < n; i++)
		out[i] = mix(a[i], b[i], weight);
}

static void
plain_each(const uint8_t *a, const uint8_t *b, const int16_t *weight,
    uint8_t *out, int n)
{
	int i;

	n = (n + 15) & ~15;
	for (i = 0; i < n; i++)
		out[i] = mix(a[i], b[i], weight[i]);
}

static const struct blend_rows plain = { plain_even, plain_each };

#if defined(__x86_64__)

__attribute__((target("sse4.1"), always_inline))
static inline __m128i
sse_mix(__m128i a, __m128i b, __m128i weight)
{
	return _mm_add_epi16(a, _mm_mulhrs_epi16(_mm_sub_epi16(b, a),
	    weight));
}

/* Sixteen columns, with the weights of the lower and the upper eight. */
__attribute__((target("sse4.1"), always_inline))
static inline void
sse_group(const uint8_t *a, const uint8_t *b, __m128i lower, __m128i upper,
    uint8_t *out)
{
	const __m128i zero = _mm_setzero_si128();
	__m128i p = _mm_loadu_si128((const void *)a);
	__m128i q = _mm_loadu_si128((const void *)b);

	lower = sse_mix(_mm_unpacklo_epi8(p, zero),
	    _mm_unpacklo_epi8(q, zero), lower);
	upper = sse_mix(_mm_unpackhi_epi8(p, zero),
	    _mm_unpackhi_epi8(q, zero), upper);
	_mm_storeu_si128((void *)out, _mm_packus_epi16(lower, upper));
}

__attribute__((target("sse4.1")))
static void
sse_even(const uint8_t *a, const uint8_t *b, int weight, uint8_t *out, int n)
{
	const __m128i w = _mm_set1_epi16((short)weight);
	int i;

	for (i = 0; i < n; i += 16)
		sse_group(a + i, b + i, w, w, out + i);
}

__attribute__((target("sse4.1")))
static void
sse_each(const uint8_t *a, const uint8_t *b, const int16_t *weight,
    uint8_t *out, int n)
{
	int i;

	for (i = 0; i < n; i += 16)
		sse_group(a + i, b + i,
		    _mm_loadu_si128((const void *)(weight + i)),
		    _mm_loadu_si128((const void *)(weight + i + 8)), out + i);
}

static const struct blend_rows sse41 = { sse_even, sse_each };

#endif

static const struct blend_rows *
choose(enum blend_code code)
{
#if defined(__x86_64__)
	if (code == BLEND_BEST && __builtin_cpu_supports("sse4.1"))
		return &sse41;
#endif
	(void)code;
	return &plain;
}

static int
columns(const struct yuv *v, int plane)
{
	return plane ? (v->w + 1) / 2 : v->w;
}

static int
rows(const struct yuv *v, int plane)
{
	return plane ? (v->h + 1) / 2 : v->h;
}

static uint8_t *
row(const struct yuv *v, int plane, int y)
{
	return v->plane[plane] + (ptrdiff_t)y * v->stride[plane];
}

/* b's weight at a place; an edge that is wider than a pixel starts and ends
 * gently. */
static int
weight_at(const struct blend_edge *g, double place, double width)
{
	double way = g->side == BLEND_LEFT || g->side == BLEND_UP ?
	    place - g->at : g->at - place;
	double v = way / width + 0.5;

	if (v <= 0)
		return 0;
	if (v >= 1)
		return BLEND_ALL;
	if (g->width > 2)
		v = v * v * (3 - 2 * v);
	return (int)(v * BLEND_ALL + 0.5);
}

void
blend_even(const struct yuv *a, const struct yuv *b, int weight,
    struct yuv *out, enum blend_code code)
{
	const struct blend_rows *r = choose(code);
	int i, y;

	weight = weight < 0 ? 0 : weight > BLEND_ALL ? BLEND_ALL : weight;
	for (i = 0; i < 3; i++)
		for (y = 0; y < rows(out, i); y++)
			r->even(row(a, i, y), row(b, i, y), weight,
			    row(out, i, y), columns(out, i));
}

/* Where sample n of a plane stands, in luma pixels: a column of chroma on the
 * left one of two, a row of it between two. */
static double
place_of(int plane, int upright, int n)
{
	return plane == 0 ? n + 0.5 : upright ? 2 * n + 1 : 2 * n + 0.5;
}

void
blend_across(const struct yuv *a, const struct yuv *b,
    const struct blend_edge *edge, struct yuv *out, enum blend_code code)
{
	const struct blend_rows *r = choose(code);
	int upright = edge->side == BLEND_UP || edge->side == BLEND_DOWN;
	int16_t *weight = xcalloc(((size_t)out->w + 15) & ~(size_t)15,
	    sizeof(*weight));
	int i, x, y, n;

	for (i = 0; i < 3; i++) {
		/* a sample of chroma is two pixels wide */
		double width = i && edge->width < 2 ? 2 : edge->width;

		n = columns(out, i);
		for (x = 0; !upright && x < n; x++)
			weight[x] = (int16_t)weight_at(edge,
			    place_of(i, 0, x), width);
		for (y = 0; y < rows(out, i); y++) {
			if (!upright)
				r->each(row(a, i, y), row(b, i, y), weight,
				    row(out, i, y), n);
			else
				r->even(row(a, i, y), row(b, i, y),
				    weight_at(edge, place_of(i, 1, y), width),
				    row(out, i, y), n);
		}
	}
	free(weight);
}
