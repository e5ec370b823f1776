#include <math.h>
#include <stdlib.h>

#include "render/motion.h"
#include "render/timeline.h"
#include "../tests/unit/tap.h"

#define SCENES 5

static void
film_init(struct film *f, struct film_scene *s, const char *preset)
{
	static const double seconds[SCENES] = { 3.217, 0, 5.5, 1.01, 12.3456 };
	size_t i;

	memset(f, 0, sizeof(*f));
	memset(s, 0, SCENES * sizeof(*s));
	f->name = "test";
	f->preset = preset;
	f->scene = s;
	f->nr = SCENES;
	for (i = 0; i < SCENES; i++) {
		s[i].text = i % 2 ? "A ship leaves the harbour." : "Night.";
		s[i].audio = seconds[i] > 0 ? "x.wav" : NULL;
		s[i].audio_seconds = seconds[i];
		s[i].focus_x = s[i].focus_y = -1;
	}
	s[1].seconds = 4;
	s[3].transition = TRANSITION_CUT;
}

static void
test_layout(const char *preset)
{
	struct film_scene s[SCENES];
	struct timeline t;
	struct film f;
	int64_t at = 0, gap;
	int good = 1, tight = 1;
	size_t i;

	film_init(&f, s, preset);
	ok(timeline_make(&t, &f, NULL) == 0, "%s: it is laid out", preset);
	for (i = 0; i < t.nr; i++) {
		const struct timeline_scene *q = &t.scene[i];

		good &= q->start + (i ? q->fade_in : t.head) == q->body &&
		    q->start == at && q->voice_at == q->voice * 1600 &&
		    q->voice_frames * 1600 >= q->voice_samples &&
		    q->body + q->body_frames + (i + 1 < t.nr ? q->fade_out :
		    t.tail) == q->end;
		at = q->end - q->fade_out;
		if (i) {
			gap = q->voice - t.scene[i - 1].voice -
			    t.scene[i - 1].voice_frames;
			tight &= gap >= 7 && gap <= 14 && gap >= q->fade_in;
		}
	}
	ok(good, "%s: scenes meet, frame by frame", preset);
	ok(tight, "%s: 250 to 450 ms between voices hold the fade", preset);
	ok(t.frames == t.scene[t.nr - 1].end && t.samples == t.frames * 1600,
	    "%s: frames and samples agree", preset);
	i = 1;
	ok(t.scene[i].body_frames + t.fade == 120, "%s: 4 s without words, "
	    "half of both fades counted", preset);
	timeline_release(&t);
}

/* A body has the same length wherever its scene stands. */
static void
test_apart(void)
{
	struct film_scene s[SCENES], one[2];
	struct timeline t, u;
	struct film f;

	film_init(&f, s, "youtube");
	timeline_make(&t, &f, NULL);
	one[0] = s[4];
	one[1] = s[2];
	one[1].transition = TRANSITION_CUT;
	f.scene = one;
	f.nr = 2;
	timeline_make(&u, &f, NULL);
	ok(t.scene[4].body_frames == u.scene[0].body_frames &&
	    t.scene[4].voice - t.scene[4].body ==
	    u.scene[0].voice - u.scene[0].body &&
	    t.scene[2].body_frames == u.scene[1].body_frames,
	    "a body depends on its own scene");
	timeline_release(&t);
	timeline_release(&u);
}

static void
test_refused(void)
{
	struct film_scene s[SCENES];
	struct err e = ERR_INIT;
	struct timeline t;
	struct film f;

	film_init(&f, s, "vhs");
	ok(timeline_make(&t, &f, &e) < 0 && e.code == EX_CONF &&
	    strstr(e.msg, "youtube"), "an unknown preset names those there");
	film_init(&f, s, "youtube");
	f.fps = 31;
	ok(timeline_make(&t, &f, &e) < 0 && e.code == EX_CONF,
	    "31 frames a second are refused");
	film_init(&f, s, "shorts");
	s[0].audio_seconds = 200;
	ok(timeline_make(&t, &f, &e) < 0 && e.code == EX_DATA,
	    "a short of over 180 s is refused");
	film_init(&f, s, "youtube");
	s[2].audio_seconds = NAN;
	ok(timeline_make(&t, &f, &e) < 0 && strstr(e.msg, "scene 3"),
	    "a length that is no number is refused");
	film_init(&f, s, "youtube");
	f.nr = 0;
	ok(timeline_make(&t, &f, &e) < 0, "a film without scenes is refused");
}

/* Windows stay inside the picture, hold what must be kept, and move evenly. */
static void
check_motion(const char *motion, int w, int h, int keep, const char *name)
{
	struct film_scene s[SCENES];
	struct timeline t;
	struct film f;
	struct motion m;
	struct window r, last = { 0, 0, 0, 0 };
	double fastest = 0;
	int64_t n;
	int inside = 1, kept = 1, seconds;

	film_init(&f, s, "youtube");
	timeline_make(&t, &f, NULL);
	s[0].motion = motion;
	if (keep) {
		s[0].keep[0] = 0.085;
		s[0].keep[1] = 0.09;
		s[0].keep[2] = 0.62;
		s[0].keep[3] = 0.65;
		s[0].focus_x = 0.7;
		s[0].focus_y = 0.4;
	}
	for (seconds = 1; seconds <= 20; seconds += 19) {
		motion_choose(&m, &s[0], &t, 30 * seconds, w, h);
		for (n = -12; n < 30 * seconds + 30; n++) {
			r = motion_at(&m, n);
			inside &= r.x >= -1e-6 && r.y >= -1e-6 &&
			    r.x + r.w <= w + 1e-6 && r.y + r.h <= h + 1e-6 &&
			    fabs(r.w / r.h - 16.0 / 9) < 1e-6;
			kept &= !keep || (r.x <= 0.0851 * w &&
			    r.y <= 0.0901 * h && r.x + r.w >= 0.62 * w &&
			    r.y + r.h >= 0.65 * h);
			if (n > -12) {
				fastest = fmax(fastest, fabs(log(r.w /
				    last.w)) * 30);
				fastest = fmax(fastest, fabs(r.x - last.x) /
				    r.w * 15);
			}
			last = r;
		}
	}
	ok(inside, "%s: windows stay in the picture", name);
	ok(kept, "%s: the phrase stays in view", name);
	ok(fastest <= 0.0151, "%s: never faster than 1.5 %% a second "
	    "(%.2f %%)", name, 100 * fastest);
	timeline_release(&t);
}

int
main(void)
{
	static const char *const motion[] = { "in", "out", "left", "right",
		"up", "down", "still" };
	size_t i;

	test_layout("youtube");
	test_layout("shorts");
	test_apart();
	test_refused();
	for (i = 0; i < 7; i++)
		check_motion(motion[i], 2400, 1350, 1, motion[i]);
	check_motion("in", 1200, 1600, 0, "in, upright");
	check_motion("left", 640, 300, 0, "left, small");
	check_motion("in", 2, 3, 0, "in, tiny");
	return done_testing();
}
