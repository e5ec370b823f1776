/* Moving pictures: colours, combs, times, and how a clip fills its scene. */
#include <stdlib.h>
#include <string.h>

#include "media/movie_part.h"
#include "render/clip_time.h"
#include "tap.h"

/* One colour through the matrix, as Y, Cb, Cr. */
static int
comes_to(double kr, double kb, int full, const int in[3], const int out[3])
{
	struct yuv *v = yuv_new(4, 4);
	struct movie_matrix m;
	int i, good = 1;

	for (i = 0; i < 3; i++)
		memset(v->plane[i], in[i], (size_t)v->stride[i] * (i ? 2 : 4) -
		    YUV_PAD);
	movie_matrix_set(&m, kr, kb, full);
	movie_matrix_run(&m, v);
	for (i = 0; i < 3; i++)
		good &= abs(v->plane[i][0] - out[i]) <= 1 &&
		    abs(v->plane[i][v->stride[i] + 1] - out[i]) <= 1;
	yuv_free(v);
	return good;
}

static void
test_colours(void)
{
	static const int red[3] = { 63, 102, 240 };
	static const int white[3] = { 235, 128, 128 };
	static const int green[3] = { 173, 42, 26 };

	/* what full red, white and green are in the other codings */
	ok(comes_to(0.299, 0.114, 1, (const int[3]){ 76, 85, 255 }, red),
	    "red of BT.601 in full range");
	ok(comes_to(0.299, 0.114, 0, (const int[3]){ 81, 90, 240 }, red),
	    "red of BT.601 in limited range");
	ok(comes_to(0.2627, 0.0593, 0, (const int[3]){ 74, 97, 240 }, red),
	    "red of BT.2020");
	ok(comes_to(0.2126, 0.0722, 1, (const int[3]){ 255, 128, 128 },
	    white), "white of BT.709 in full range");
	ok(comes_to(0.299, 0.114, 0, (const int[3]){ 145, 54, 34 }, green),
	    "green of BT.601");
	ok(comes_to(0.2126, 0.0722, 0, green, green), "BT.709 stays");
}

static void
test_combs(void)
{
	uint8_t still[6] = { 10, 12, 14, 100, 102, 104 }, was[6];
	uint8_t comb[5] = { 20, 200, 20, 200, 20 };

	memcpy(was, still, sizeof(was));
	movie_weave_plane(still, 1, 1, 6);
	ok(!memcmp(still, was, sizeof(was)), "an edge is no comb");
	movie_weave_plane(comb, 1, 1, 5);
	ok(comb[1] == 20 && comb[3] == 20, "what moved is of one moment");
}

static void
test_ticks(void)
{
	struct movie m = { .num = 1, .den = 1000, .first = 33, .end = 1033 };
	struct movie_key key[3] = { { 33, 33, 0 }, { 300, 250, 8 },
		{ 600, 500, 16 } };

	m.key = key;
	m.key_nr = 3;
	ok(movie_tick(&m, 1, 2) == 533, "half a second");
	ok(movie_tick(&m, 2, 3) == 699, "rounded down");
	ok(movie_tick(&m, 9, 1) == 1032, "never behind the end");
	ok(movie_tick(&m, -1, 1) == 33, "nor before the start");
	ok(movie_key_for(&m, 299) == 0 && movie_key_for(&m, 300) == 1 &&
	    movie_key_for(&m, 9999) == 2, "the key frame before a tick");
}

static void
test_fit(void)
{
	struct movie m = { .w = 3840, .h = 2160, .coded_w = 3840,
		.coded_h = 2160 };
	int w, h;

	movie_fit(&m, 1920, 1080, &w, &h);
	ok(w == 2400 && h == 1350, "as large as the sampler wants");
	m = (struct movie){ .w = 180, .h = 320, .coded_w = 320,
		.coded_h = 180, .swap = 1 };
	movie_fit(&m, 1920, 1080, &w, &h);
	ok(w == 180 && h == 320, "upright, and never enlarged");
}

/* A clip of so many seconds in a scene that is seen for so many frames. */
static struct clip_plan
plan_of(double seconds, int64_t shown, int fit, int loops)
{
	struct timeline_scene ts = { .end = shown };
	struct timeline t = { .fps = 30, .scene = &ts, .nr = 1 };
	struct film_scene s = { .clip = { .moving = 1, .seconds = seconds,
		.to = seconds, .fit = fit, .loops = loops } };
	struct clip_plan p;

	clip_plan_make(&p, &s, &t, 0);
	return p;
}

static void
test_plan(void)
{
	struct clip_plan p = plan_of(2, 50, CLIP_AUTO, 0);
	int64_t num, den;

	ok(!p.stretch && !p.round, "a longer clip is cut");
	clip_moment(&p, 30, &num, &den);
	ok(num * 100 == den * 101, "frame 30 shows what is at 1.01 s");
	p = plan_of(2, 120, CLIP_AUTO, 0);
	ok(p.stretch == 120, "slow down to half");
	clip_moment(&p, 60, &num, &den);
	ok(num == den, "half of it is half of the clip");
	p = plan_of(2, 121, CLIP_AUTO, 0);
	ok(!p.stretch && p.frames == 60 && p.seam == 12 && p.round == 48,
	    "else in a loop");
	p = plan_of(2, 100, CLIP_AUTO, 1);
	ok(p.round == 60 && !p.seam, "a GIF always, without a seam");
	p = plan_of(2, 200, CLIP_SLOW, 0);
	ok(p.stretch == 120 && clip_held(&p, 119) == 0 &&
	    clip_held(&p, 149) == 1, "slow is never slower than half");
	p = plan_of(2, 90, CLIP_HOLD, 0);
	clip_moment(&p, 89, &num, &den);
	ok(num * 300 == den * 593, "held: what the last frame shows");
	p = plan_of(2.999, 90, CLIP_AUTO, 0);
	ok(p.frames == 90 && !p.stretch, "a length that was rounded");
}

int
main(void)
{
	test_colours();
	test_combs();
	test_ticks();
	test_fit();
	test_plan();
	return done_testing();
}
