/*
 * How things move in finished frames: a picture with one bright blob, drawn by
 * compose_frame, and the blob's centre measured in each frame. Its steps are
 * held against a smooth curve through themselves.
 */
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "media/picture.h"
#include "render/compose.h"
#include "../tests/unit/tap.h"

#define W 640
#define H 360
#define PW 1200 /* of the picture */
#define PH 675
#define MOST 200 /* frames */

/* A picture with a blob at that place. */
static void
write_blob(const char *path, double bx, double by, char sha256[SHA256_HEX])
{
	struct picture p;
	struct strbuf b = STRBUF_INIT;
	struct err e = ERR_INIT;
	int x, y, c;

	picture_init(&p, PW, PH);
	for (y = 0; y < PH; y++)
		for (x = 0; x < PW; x++)
			for (c = 0; c < 3; c++)
				p.rgb[(y * PW + x) * 3 + c] = (uint8_t)
				    lrint(30 + 190 * exp(-((x - bx) * (x - bx)
				    + (y - by) * (y - by)) / 200));
	if (picture_png(&p, NULL, &b, &e) < 0 ||
	    file_write(path, b.buf, b.len, &e) < 0)
		die_err(&e);
	sha256_hex(b.buf, b.len, sha256);
	strbuf_release(&b);
	picture_release(&p);
}

static char first_sha256[SHA256_HEX], second_sha256[SHA256_HEX];

static void
scene_init(struct film_scene *s, const char *image, const char *sha256,
    const char *motion)
{
	memset(s, 0, sizeof(*s));
	s->text = s->spoken = "A blob.";
	s->language = "en";
	s->image = image;
	s->image_sha256 = sha256;
	s->image_w = PW;
	s->image_h = PH;
	s->focus_x = s->focus_y = -1;
	s->seconds = 6;
	s->motion = motion;
}

static int
centre(const struct yuv *v, double *cx, double *cy)
{
	double sum = 0, sx = 0, sy = 0, p;
	int x, y;

	for (y = 0; y < H; y++)
		for (x = 0; x < W; x++) {
			p = v->plane[0][y * v->stride[0] + x] - 55.0;
			if (p <= 0)
				continue;
			sum += p;
			sx += p * x;
			sy += p * y;
		}
	*cx = sx / sum;
	*cy = sy / sum;
	return sum > 0;
}

/* The blob in frames of the film's first scene, from its first part on;
 * returns how many. */
static int
track(const struct film_scene *scene, double *x, double *y)
{
	struct film_scene list[1];
	struct film f;
	struct timeline t;
	struct part_list l;
	struct stills *s;
	struct composer *c;
	struct yuv *out = yuv_new(W, H);
	struct err e = ERR_INIT;
	size_t i;
	int n, nr = 0;

	list[0] = *scene;
	memset(&f, 0, sizeof(f));
	f.name = "test";
	f.preset = "youtube";
	f.language = "en";
	f.width = W;
	f.height = H;
	f.scene = list;
	f.nr = 1;
	if (timeline_make(&t, &f, &e) < 0 ||
	    part_list_make(&l, &f, &t, NULL, 0, &e) < 0)
		die_err(&e);
	s = stills_new(W, H);
	c = composer_new(&f, &t, s);
	for (i = 0; i < l.nr; i++)
		for (n = 0; n < l.part[i].frames && nr < MOST; n++, nr++) {
			if (compose_frame(c, &l.part[i], n, out, &e) < 0)
				die_err(&e);
			centre(out, &x[nr], &y[nr]);
		}
	composer_free(c);
	stills_free(s);
	part_list_release(&l);
	timeline_release(&t);
	yuv_free(out);
	return nr;
}

/* How far the steps of p are from a parabola through nine of them (Savitzky
 * and Golay 1964); how many go against the whole way. */
static double
step_error(const double *p, int nr, int *back)
{
	static const int weight[9] = { -21, 14, 39, 54, 59, 54, 39, 14, -21 };
	double sum = 0, fit, way = p[nr - 1] - p[0];
	int n, k, count = 0;

	*back = 0;
	for (n = 4; n + 5 < nr; n++, count++) {
		double step = p[n + 1] - p[n];

		for (fit = 0, k = -4; k <= 4; k++)
			fit += weight[k + 4] / 231.0 *
			    (p[n + k + 1] - p[n + k]);
		sum += (step - fit) * (step - fit);
		*back += fabs(way) > 3 && step * way < 0 && fabs(fit) > 0.005;
	}
	return sqrt(sum / count);
}

static void
check_motion(const struct film_scene *s, double moved, const char *name)
{
	double x[MOST], y[MOST], ex, ey, far;
	int nr = track(s, x, y), bx, by;

	ex = step_error(x, nr, &bx);
	ey = step_error(y, nr, &by);
	far = fmax(fabs(x[nr - 1] - x[0]), fabs(y[nr - 1] - y[0]));
	ok(nr > 150 && far >= moved, "%s: the blob moves by %.1f px in %d "
	    "frames", name, far, nr);
	ok(ex <= 0.02 && ey <= 0.02, "%s: steps are even to %.4f and %.4f px "
	    "rms", name, ex, ey);
	ok(bx == 0 && by == 0, "%s: no step back", name);
}

static void
test_motion(void)
{
	static const char *const easing[] = { "smooth", "linear", "in",
		"out" };
	struct film_scene s;
	char name[40];
	int i;

	scene_init(&s, "first.png", first_sha256, "in");
	check_motion(&s, 2, "in");
	s.motion = "out";
	check_motion(&s, 2, "out");
	s.motion = "left";
	check_motion(&s, 20, "left");
	s.motion = "down";
	check_motion(&s, 10, "down");
	s.motion = NULL;
	s.has_windows = 1;
	s.window[0][2] = 1;
	s.window[1][0] = 0.05;
	s.window[1][1] = 0.1;
	s.window[1][2] = 0.6;
	for (i = 0; i < 4; i++) {
		s.easing = i;
		snprintf(name, sizeof(name), "two windows, %s", easing[i]);
		check_motion(&s, 30, name);
	}
	s.easing = EASING_SMOOTH;
	s.window[0][0] = 0.15;
	s.window[0][2] = s.window[1][2];
	check_motion(&s, 30, "two windows of a size");
}

/* The new picture's blob where a transition has it, to a part of a pixel. */
static void
check_transition(int transition, int frames, const char *name)
{
	struct film_scene s[2];
	struct film f;
	struct timeline t;
	struct part_list l;
	struct stills *st = stills_new(W, H);
	struct composer *c;
	struct yuv *out = yuv_new(W, H);
	struct transition_step step;
	struct err e = ERR_INIT;
	double x, y, rest_x, rest_y, worst = 0;
	size_t i = 0;
	int n, seen = 0;

	scene_init(&s[0], "plain.png", second_sha256, "still");
	scene_init(&s[1], "first.png", first_sha256, "still");
	s[1].transition = transition;
	memset(&f, 0, sizeof(f));
	f.name = "test";
	f.preset = "youtube";
	f.language = "en";
	f.width = W;
	f.height = H;
	f.transition_seconds = frames / 30.0;
	f.scene = s;
	f.nr = 2;
	if (timeline_make(&t, &f, &e) < 0 ||
	    part_list_make(&l, &f, &t, NULL, 0, &e) < 0)
		die_err(&e);
	c = composer_new(&f, &t, st);
	while (!l.part[i].transition)
		i++;
	ok(l.part[i].frames == frames, "%s: takes %d frames", name, frames);
	if (compose_frame(c, &l.part[i + 1], 0, out, &e) < 0)
		die_err(&e);
	centre(out, &rest_x, &rest_y);
	for (n = 0; n < frames; n++) {
		double dx, dy;

		transition_step(&step, transition, n, frames, out);
		dx = rest_x + step.b_x;
		dy = rest_y + step.b_y;
		/* all of it inside the frame, and not under the edge */
		if (dx < 50 || dx > W - 50 || dy < 50 || dy > H - 50)
			continue;
		if (compose_frame(c, &l.part[i], n, out, &e) < 0)
			die_err(&e);
		centre(out, &x, &y);
		worst = fmax(worst, fmax(fabs(x - dx), fabs(y - dy)));
		seen++;
	}
	ok(seen >= 3 && worst <= 0.03, "%s: within %.4f px of its way "
	    "in %d frames", name, worst, seen);
	composer_free(c);
	stills_free(st);
	part_list_release(&l);
	timeline_release(&t);
	yuv_free(out);
}

int
main(void)
{
	char dir[] = "/tmp/compose.XXXXXX";

	if (!mkdtemp(dir) || chdir(dir) < 0)
		die(EX_IO, "cannot make a folder");
	write_blob("first.png", PW * 0.22, PH * 0.35, first_sha256);
	write_blob("plain.png", -1000, -1000, second_sha256);
	test_motion();
	check_transition(TRANSITION_SLIDE + BLEND_LEFT, 24, "slide-left");
	check_transition(TRANSITION_PUSH + BLEND_RIGHT, 12, "push-right");
	check_transition(TRANSITION_PUSH + BLEND_UP, 60, "push-up");
	check_transition(TRANSITION_SLIDE + BLEND_DOWN, 33, "slide-down");
	if (chdir("/") == 0)
		file_remove_tree(dir, NULL);
	return done_testing();
}
