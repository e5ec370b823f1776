#include <math.h>
#include <stdlib.h>

#include "render/motion.h"
#include "render/motion_window.h"
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

/* Long transitions make the pauses longer and leave the voices alone; a scene
 * may have a shorter one of its own. */
static void
test_length(void)
{
	struct film_scene s[SCENES];
	struct err e = ERR_INIT;
	struct timeline t, u;
	struct film f;
	size_t i;
	int good = 1, same = 1;

	film_init(&f, s, "youtube");
	timeline_make(&u, &f, NULL);
	f.transition_seconds = 1.5;
	s[2].transition = TRANSITION_DIP;
	s[2].transition_seconds = 0.5;
	s[3].transition_seconds = 9;
	ok(timeline_make(&t, &f, NULL) == 0, "1.5 s between scenes, and a cut "
	    "has no length");
	for (i = 1; i < t.nr; i++) {
		const struct timeline_scene *q = &t.scene[i];

		good &= q->fade_in == 45 && q->cross == (i == 2 ? 15 : 45) &&
		    q->voice - t.scene[i - 1].voice -
		    t.scene[i - 1].voice_frames == 45;
		/* the second is 4 s long in all, fades included */
		same &= i == 1 || q->voice_frames == u.scene[i].voice_frames;
	}
	ok(good, "pauses are as long as the transitions");
	ok(same, "voices are as they were");
	ok(t.scene[1].body_frames + t.fade == 120, "4 s without words stay");
	timeline_release(&t);
	s[2].transition_seconds = 1.6;
	ok(timeline_make(&t, &f, &e) < 0 && e.code == EX_DATA &&
	    strstr(e.msg, "scene 3: transitionSeconds 1.6") &&
	    strstr(e.msg, "project.yaml"), "a longer one than the film's is "
	    "refused");
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

/* Words across the whole of an upright picture leave no room to pan; whatever
 * the text chooses, the picture must not stand still. */
static void
test_no_room(void)
{
	struct film_scene s[SCENES];
	struct timeline t;
	struct film f;
	struct motion m;
	char text[16];
	int i, still = 0;

	film_init(&f, s, "shorts");
	timeline_make(&t, &f, NULL);
	s[0].keep[0] = 0.05;
	s[0].keep[2] = 0.94;
	s[0].keep[3] = 0.65;
	for (i = 0; i < 64; i++) {
		snprintf(text, sizeof(text), "Text %d.", i);
		s[0].text = text;
		motion_choose(&m, &s[0], &t, 150, 1350, 2400);
		still += fabs(m.from.x - m.to.x) + fabs(m.from.y - m.to.y) +
		    fabs(m.from.w - m.to.w) < 10;
	}
	ok(still == 0, "words all across: %d of 64 pictures stand still",
	    still);
	timeline_release(&t);
}

/* Asked-for windows have the frame's shape, lie inside, hold what was asked,
 * and are not narrower than the picture's pixels allow. */
static void
test_windows(void)
{
	struct film_scene s[SCENES];
	struct timeline t;
	struct film f;
	struct window r;
	int widened = 0;

	film_init(&f, s, "youtube");
	timeline_make(&t, &f, NULL);
	s[0].has_windows = 1;
	s[0].image_w = 3840;
	s[0].image_h = 2160;
	s[0].window[0][0] = 0.25;
	s[0].window[0][1] = 0.1;
	s[0].window[0][2] = 0.5;
	s[0].window[1][1] = 0.5;
	s[0].window[1][2] = 0.5;
	s[0].window[1][3] = 0.5;
	r = motion_window(&s[0], 0, &t, &widened);
	ok(fabs(r.x - 960) < 1e-9 && fabs(r.y - 216) < 1e-9 &&
	    fabs(r.w - 1920) < 1e-9 && fabs(r.h - 1080) < 1e-9,
	    "three numbers: left, top, width");
	r = motion_window(&s[0], 1, &t, &widened);
	ok(fabs(r.y - 1080) < 1e-9 && fabs(r.h - 1080) < 1e-9 && !widened &&
	    !motion_is_widened(&s[0], &t), "four: and height");
	s[0].window[0][2] = 0.39;
	r = motion_window(&s[0], 0, &t, &widened);
	ok(fabs(r.w - 1536) < 1e-9 && fabs(r.x + r.w / 2 - 3840 * 0.445) <
	    1e-9 && widened && motion_is_widened(&s[0], &t),
	    "1.25 times its pixels at most, about the same middle");
	s[0].image_w = 640;
	s[0].image_h = 360;
	widened = 0;
	r = motion_window(&s[0], 0, &t, &widened);
	ok(r.x == 0 && r.y == 0 && r.w == 640 && widened, "a small picture is "
	    "shown whole");
	timeline_release(&t);

	film_init(&f, s, "shorts");
	timeline_make(&t, &f, NULL);
	s[0].has_windows = 1;
	s[0].image_w = 3840;
	s[0].image_h = 2160;
	s[0].window[0][2] = 1;
	s[0].focus_x = 0.8;
	s[0].focus_y = 0.5;
	r = motion_window(&s[0], 0, &t, &widened);
	ok(fabs(r.h - 2160) < 1e-9 && fabs(r.x + r.w / 2 - 3072) < 1e-9,
	    "an upright window of a wide picture stands on the focus");
	s[0].window[0][0] = 0.1;
	s[0].window[0][2] = 0.5;
	r = motion_window(&s[0], 0, &t, &widened);
	ok(fabs(r.x + r.w - 3840 * 0.6) < 1e-9, "within what was asked for");
	timeline_release(&t);
}

/* Whatever moves, the focus is seen from the first frame to the last. */
static void
test_focus(void)
{
	static const char *const motion[] = { "in", "out", "left", "right",
		"up", "down", "still" };
	static const double place[] = { 0, 0.02, 0.3, 0.97, 1 };
	static const char *const preset[] = { "youtube", "shorts" };
	struct film_scene s[SCENES];
	struct timeline t;
	struct film f;
	struct motion m;
	struct window r;
	int i, x, y, k, n, seen = 1, inside = 1;

	for (k = 0; k < 2; k++) {
		film_init(&f, s, preset[k]);
		timeline_make(&t, &f, NULL);
		for (i = 0; i < 7 * 25; i++) {
			s[0].motion = motion[i % 7];
			x = i / 7 % 5;
			y = i / 35;
			s[0].focus_x = place[x];
			s[0].focus_y = place[y];
			motion_choose(&m, &s[0], &t, 600, 2400, 1350);
			for (n = -20; n < 640; n += 15) {
				r = motion_at(&m, n);
				seen &= r.x <= place[x] * 2400 + 1e-6 &&
				    r.x + r.w >= place[x] * 2400 - 1e-6 &&
				    r.y <= place[y] * 1350 + 1e-6 &&
				    r.y + r.h >= place[y] * 1350 - 1e-6;
				inside &= r.x >= -1e-6 && r.y >= -1e-6 &&
				    r.x + r.w <= 2400 + 1e-6 &&
				    r.y + r.h <= 1350 + 1e-6;
			}
		}
		timeline_release(&t);
	}
	ok(seen, "the focus stays in view, wide and upright");
	ok(inside, "and the window in the picture");
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
	test_length();
	test_windows();
	test_focus();
	test_refused();
	for (i = 0; i < 7; i++)
		check_motion(motion[i], 2400, 1350, 1, motion[i]);
	check_motion("in", 1200, 1600, 0, "in, upright");
	check_motion("left", 640, 300, 0, "left, small");
	check_motion("in", 2, 3, 0, "in, tiny");
	test_no_room();
	return done_testing();
}
