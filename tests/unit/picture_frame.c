/* A picture set on a ground of its own. */
#include "media/picture_frame.h"

#include <stdlib.h>
#include <string.h>

#include "tap.h"

static struct err e;

/* Red, with one white pixel at x, y. */
static void
dotted(struct picture *p, int w, int h, int x, int y)
{
	int i;

	picture_init(p, w, h);
	for (i = 0; i < w * h; i++)
		p->rgb[i * 3] = 200;
	memset(p->rgb + (y * w + x) * 3, 255, 3);
}

static const uint8_t *
at(const struct picture *p, int x, int y)
{
	return p->rgb + (y * p->w + x) * 3;
}

static void
test_needs(void)
{
	ok(picture_needs_ground(1536, 1024, 1080, 1920),
	    "a small wide picture in an upright frame");
	ok(!picture_needs_ground(4000, 2250, 1080, 1920),
	    "not one with pixels enough to be cut");
	ok(!picture_needs_ground(640, 480, 1920, 1080),
	    "not where little would be cut off");
	ok(!picture_needs_ground(320, 180, 1920, 1080),
	    "not one of the frame's shape");
	ok(!picture_needs_ground(0, 0, 1920, 1080), "nor nothing");
}

/* 90 x 40 into 60 x 120: as it is, cut on both sides. */
static void
test_cut(void)
{
	struct picture from = PICTURE_INIT, to = PICTURE_INIT;
	struct picture_frame f = { 60, 120, 80.5 / 90, 20.5 / 40 };
	const uint8_t *c;

	dotted(&from, 90, 40, 80, 20);
	ok(picture_on_ground(&from, &to, &f, &e) == 0 && to.w == 60 &&
	    to.h == 120, "the frame's size");
	picture_ground_focus(90, 40, &f);
	c = at(&to, (int)(f.fx * 60), (int)(f.fy * 120));
	ok(c[0] == 255 && c[2] == 255, "the focus is where it is said to be: "
	    "%.3f %.3f", f.fx, f.fy);
	ok(at(&to, 30, 40)[0] == 200 && at(&to, 30, 79)[0] == 200,
	    "the picture is sharp, in the middle");
	c = at(&to, 30, 20);
	ok(c[0] > 40 && c[0] < 120, "above it is dark ground: %d", c[0]);
	c = at(&to, 30, 100);
	ok(c[0] > 40 && c[0] < 120, "and below it: %d", c[0]);
	picture_release(&from);
	picture_release(&to);
}

/* Smaller than the frame both ways: enlarged until it touches. */
static void
test_small(void)
{
	struct picture from = PICTURE_INIT, to = PICTURE_INIT;
	struct picture again = PICTURE_INIT;
	struct picture_frame f = { 120, 60, 0.5, 0.5 };

	dotted(&from, 10, 20, 5, 10);
	ok(picture_on_ground(&from, &to, &f, &e) == 0, "a small picture");
	ok(at(&to, 60, 1)[0] > 150 && at(&to, 60, 58)[0] > 150,
	    "touches two edges");
	ok(at(&to, 10, 30)[0] < 120, "beside it is ground");
	picture_on_ground(&from, &again, &f, &e);
	ok(!memcmp(to.rgb, again.rgb, 120 * 60 * 3), "the same bytes again");
	picture_release(&from);
	picture_release(&to);
	picture_release(&again);
}

int
main(void)
{
	test_needs();
	test_cut();
	test_small();
	return done_testing();
}
