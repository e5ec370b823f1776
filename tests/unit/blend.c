/* Blending: the same bytes from all code, and what the weights promise. */
#include <stdlib.h>

#include "base/rng.h"
#include "media/blend.h"
#include "render/transition.h"
#include "../tests/unit/tap.h"

static struct yuv *
random_frame(struct rng *r, int w, int h)
{
	struct yuv *v = yuv_new(w, h);
	int i, x, y;

	for (i = 0; i < 3; i++)
		for (y = 0; y < (i ? (h + 1) / 2 : h); y++)
			for (x = 0; x < v->stride[i] - YUV_PAD; x++)
				v->plane[i][y * v->stride[i] + x] =
				    (uint8_t)(rng_unit(r) * 255.99);
	return v;
}

static struct yuv *
flat_frame(int w, int h, int value)
{
	struct yuv *v = yuv_new(w, h);
	int i;

	for (i = 0; i < 3; i++)
		memset(v->plane[i], value, (size_t)v->stride[i] *
		    (size_t)(i ? (h + 1) / 2 : h) - 2 * YUV_PAD);
	return v;
}

static int
same(const struct yuv *a, const struct yuv *b)
{
	int i, y;

	for (i = 0; i < 3; i++)
		for (y = 0; y < (i ? (a->h + 1) / 2 : a->h); y++)
			if (memcmp(a->plane[i] + (size_t)y * a->stride[i],
			    b->plane[i] + (size_t)y * b->stride[i],
			    (size_t)(i ? (a->w + 1) / 2 : a->w)))
				return 0;
	return 1;
}

static void
test_codes(void)
{
	static const int size[][2] = { { 128, 72 }, { 66, 34 }, { 70, 90 } };
	struct rng r;
	int i, even = 1, across = 1, exact = 1, k;

	rng_seed(&r, 5, 6);
	for (i = 0; i < 60; i++) {
		int w = size[i % 3][0], h = size[i % 3][1];
		int weight = (int)rng_range(&r, 0, BLEND_ALL);
		struct blend_edge g = { (enum blend_side)(i % 4),
			rng_range(&r, -20, 150), i % 2 ? 1 :
			rng_range(&r, 3, 40) };
		struct yuv *a = random_frame(&r, w, h);
		struct yuv *b = random_frame(&r, w, h);
		struct yuv *p = yuv_new(w, h), *q = yuv_new(w, h);

		blend_even(a, b, weight, p, BLEND_PLAIN);
		blend_even(a, b, weight, q, BLEND_BEST);
		even &= same(p, q);
		for (k = 0; k < w; k++) {
			int x = a->plane[0][k], y = b->plane[0][k];

			exact &= q->plane[0][k] == (x * (32768 - weight) +
			    y * weight + 16384) >> 15;
		}
		blend_across(a, b, &g, p, BLEND_PLAIN);
		blend_across(a, b, &g, a, BLEND_BEST);
		across &= same(p, a);
		yuv_free(a);
		yuv_free(b);
		yuv_free(p);
		yuv_free(q);
	}
	ok(even, "even weights: plain and SSE4.1 give the same bytes");
	ok(exact, "and they are rounded means");
	ok(across, "an edge: the same, also over the first picture itself");
}

/* All pairs of bytes at the ends of the weights. */
static void
test_ends(void)
{
	struct yuv *a = yuv_new(256, 64), *b = yuv_new(256, 64);
	struct yuv *out = yuv_new(256, 64);
	int x, y, k, good = 1;

	for (k = 0; k < 4; k++) {
		for (y = 0; y < 64; y++)
			for (x = 0; x < 256; x++) {
				a->plane[0][y * a->stride[0] + x] =
				    (uint8_t)x;
				b->plane[0][y * b->stride[0] + x] =
				    (uint8_t)(4 * y + k);
			}
		blend_even(a, b, 0, out, BLEND_BEST);
		good &= !memcmp(out->plane[0], a->plane[0], 256);
		blend_even(a, b, 32768, out, BLEND_BEST);
		for (y = 0; y < 64; y++)
			good &= !memcmp(out->plane[0] + y * out->stride[0],
			    b->plane[0] + y * b->stride[0], 256);
	}
	ok(good, "no weight is the first picture, all of it the second, for "
	    "all pairs of values");
	yuv_free(a);
	yuv_free(b);
	yuv_free(out);
}

/* A sharp edge at 40.25 covers a quarter less of its pixel. */
static void
test_edge(void)
{
	struct blend_edge g = { BLEND_LEFT, 40.25, 1 };
	struct yuv *a = flat_frame(96, 64, 0), *b = flat_frame(96, 64, 200);
	struct yuv *out = yuv_new(96, 64);
	const uint8_t *row = out->plane[0];
	int x, rising = 1, side;

	blend_across(a, b, &g, out, BLEND_BEST);
	ok(row[39] == 0 && row[40] == 150 && row[41] == 200,
	    "a sharp edge lies between pixels (%d %d %d)", row[39], row[40],
	    row[41]);
	ok(out->plane[1][19] < 100 && out->plane[1][20] > 100 &&
	    out->plane[1][18] == 0 && out->plane[1][22] == 200,
	    "and so it does in chroma");
	g.width = 30;
	blend_across(a, b, &g, out, BLEND_BEST);
	for (x = 1; x < 96; x++)
		rising &= row[x] >= row[x - 1];
	ok(rising && row[24] == 0 && row[56] == 200 && row[33] > 0 &&
	    row[47] < 200, "a soft one rises over its width");
	for (side = 0; side < 4; side++) {
		g.side = (enum blend_side)side;
		g.at = 48;
		blend_across(a, b, &g, out, BLEND_BEST);
		ok(out->plane[0][(side < 2 ? 4 : 63 * out->stride[0])] ==
		    (side == BLEND_RIGHT || side == BLEND_UP ? 200 : 0),
		    "side %d: the second picture is behind the edge", side);
	}
	yuv_free(a);
	yuv_free(b);
	yuv_free(out);
}

/* Names, and that each begins with the first picture and ends with the
 * second. */
static void
test_transitions(void)
{
	const struct yuv frame = { .w = 1920, .h = 1080 };
	struct transition_step s, last;
	int i, n, whole = 1, small = 1, dark, frames;

	ok(transition_named("wipe") == transition_named("wipe-left") &&
	    transition_named("push-down") == TRANSITION_PUSH + BLEND_DOWN &&
	    transition_named("") < 0 && transition_named("wipe-") < 0 &&
	    transition_named("-left") < 0 && transition_named("wip") < 0,
	    "names, short ones too, and no others");
	for (i = 0; i < TRANSITIONS; i++) {
		whole &= transition_named(transition_name(i)) == i;
		transition_step(&s, i, -1, 12, &frame);
		whole &= s.how == STEP_A;
		transition_step(&s, i, 12, 12, &frame);
		whole &= s.how == STEP_B;
		for (n = 0; n < 12; n++) {
			last = s;
			transition_step(&s, i, n, 12, &frame);
			if (n && i >= TRANSITION_SLIDE)
				small &= s.edge.at != last.edge.at &&
				    s.b_x * s.b_y == 0;
		}
	}
	ok(whole, "before is the first picture, after it the second");
	ok(small, "what slides never stands");
	for (frames = 3; frames <= 120; frames += 39) {
		for (n = dark = 0; n < frames; n++) {
			transition_step(&s, TRANSITION_DIP, n, frames,
			    &frame);
			dark += s.weight > BLEND_ALL * 9 / 10;
		}
		ok(dark >= 1 && dark <= frames / 8 + 2 && dark <= 15,
		    "a dip of %d frames is dark in %d", frames, dark);
	}
}

int
main(void)
{
	test_codes();
	test_ends();
	test_edge();
	test_transitions();
	return done_testing();
}
