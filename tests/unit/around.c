/* What stands around a film: times of its cards, bar, logo, thumbnail. */
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "render/chapters.h"
#include "render/film_words.h"
#include "render/over.h"
#include "render/thumbnail.h"
#include "render/timeline.h"
#include "tap.h"

/* 8 x 4: red on the left, transparent on the right. */
static const unsigned char png[] = {
	137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0,
	0, 8, 0, 0, 0, 4, 8, 6, 0, 0, 0, 179, 205, 126, 240, 0, 0, 0, 20,
	73, 68, 65, 84, 120, 218, 99, 248, 207, 192, 240, 31, 25, 51, 160,
	3, 218, 43, 0, 0, 55, 203, 31, 225, 255, 175, 125, 16, 0, 0, 0, 0,
	73, 69, 78, 68, 174, 66, 96, 130
};

static void
set_film(struct film *f, struct film_scene *s, size_t nr, const char *preset)
{
	size_t i;

	memset(f, 0, sizeof(*f));
	memset(s, 0, nr * sizeof(*s));
	for (i = 0; i < nr; i++) {
		s[i].text = s[i].spoken = "";
		s[i].language = "en";
		s[i].seconds = 12;
	}
	f->name = "a";
	f->preset = preset;
	f->language = "en";
	f->scene = s;
	f->nr = nr;
}

static void
test_cards(void)
{
	static const char *const presets[] = { "youtube", "shorts",
		"linkedin", "podcast" };
	struct film_scene s[5];
	struct timeline t;
	struct film f;
	struct err e = ERR_INIT;
	size_t i;

	for (i = 0; i < 4; i++) {
		set_film(&f, s, 5, presets[i]);
		f.before = 1;
		s[0].card = FILM_TITLE;
		s[0].seconds = 2;
		s[4].card = FILM_END;
		s[4].seconds = 5;
		if (!ok(timeline_make(&t, &f, &e) == 0, "%s: %s", presets[i],
		    e.msg))
			continue;
		ok(timeline_scene_begin(&t, 1) == 2L * t.fps,
		    "%s: the first scene begins after 2 s", presets[i]);
		ok(t.frames - timeline_scene_begin(&t, 4) == 5L * t.fps,
		    "%s: the end card lasts 5 s", presets[i]);
		timeline_release(&t);
	}
}

static void
test_chapters(void)
{
	static const char *const names[] = { NULL, "One", "Two", "Three",
		NULL };
	struct film_scene s[5];
	struct timeline t;
	struct chapter *c;
	struct film f;
	struct err e = ERR_INIT;
	size_t nr, i;

	set_film(&f, s, 5, "youtube");
	f.before = 1;
	s[0].card = FILM_TITLE;
	s[4].card = FILM_END;
	s[0].seconds = s[4].seconds = 20;
	for (i = 0; i < 5; i++)
		s[i].title = names[i];
	timeline_make(&t, &f, &e);
	chapters_make(&f, &t, &c, &nr, &e);
	ok(nr == 3, "cards have no chapters of their own: %zu", nr);
	for (i = 0; i < nr && i < 3; i++) {
		is(c[i].title, names[i + 1], "its scene's heading");
		ok(c[i].start == (i ? timeline_scene_begin(&t, i + 1) : 0),
		    "chapter %zu begins with its scene", i + 1);
	}
	ok(nr == 3 && c[2].end == t.frames, "the last has the end card");
	chapters_free(c, nr);
	timeline_release(&t);
}

static void
flat(struct yuv *y, int plane, int v)
{
	int i, w = plane ? y->w / 2 : y->w, h = plane ? y->h / 2 : y->h;

	for (i = 0; i < h; i++)
		memset(y->plane[plane] + i * y->stride[plane], v, (size_t)w);
}

static void
test_bar(void)
{
	struct film_scene s[2];
	struct timeline t;
	struct film f;
	struct err e = ERR_INIT;
	struct yuv *y;
	int was = 0, n, k, row, same = 0, back = 0;
	int64_t at;

	set_film(&f, s, 2, "youtube");
	f.width = 128;
	f.height = 72;
	f.bar.on = 1;
	f.bar.height = 0.03;
	f.bar.color = 0xffffff;
	timeline_make(&t, &f, &e);
	y = yuv_new(128, 72);
	row = 71;
	for (at = 0; at < t.frames; at++) {
		flat(y, 0, 16);
		over_bar(&f, &t, at, y);
		for (n = k = 0; k < 128; k++)
			n += y->plane[0][row * y->stride[0] + k] - 16;
		same += n == was;
		back += n < was;
		was = n;
	}
	ok(!back, "the bar only grows");
	ok(same < t.frames / 50, "a little with each frame: %d of %lld stand",
	    same, (long long)t.frames);
	ok(was == 128 * 219, "and is full in the end: %d", was);
	ok(y->plane[0][69 * y->stride[0]] == 16 &&
	    y->plane[0][70 * y->stride[0]] == 235, "two rows at the bottom");
	f.bar.top = 1;
	over_bar(&f, &t, t.frames - 1, y);
	ok(y->plane[0][0] == 235, "or at the top");
	yuv_free(y);
	timeline_release(&t);
}

static void
test_logo(void)
{
	static const struct {
		const char *corner;
		int x, y; /* of its red half */
	} row[] = { { "top-left", 12, 32 }, { "top-right", 64, 32 },
		{ "bottom-left", 12, 138 }, { "bottom-right", 64, 138 } };
	char sha256[SHA256_HEX];
	struct film_scene s[2];
	struct timeline t;
	struct film f;
	struct err e = ERR_INIT;
	struct overlay *o;
	struct yuv *y;
	size_t i;

	file_write("logo.png", png, sizeof(png), &e);
	sha256_hex(png, sizeof(png), sha256);
	set_film(&f, s, 2, "tiktok");
	f.width = 108;
	f.height = 192;
	f.logo.path = "logo.png";
	f.logo.sha256 = sha256;
	f.logo.size = 0.2;
	f.logo.opacity = 1;
	timeline_make(&t, &f, &e);
	for (i = 0; i < 4; i++) {
		f.logo.corner = row[i].corner;
		y = yuv_new(108, 192);
		flat(y, 0, 16);
		flat(y, 2, 128);
		if (ok(over_logo(&o, &f, &t, &e) == 0 && o, "%s: %s",
		    row[i].corner, e.msg)) {
			overlay_blend(o, y->plane, y->stride);
			ok(y->plane[2][row[i].y / 2 * y->stride[2] +
			    row[i].x / 2] > 180 && y->plane[0][0] == 16,
			    "%s: inside the frame", row[i].corner);
		}
		overlay_free(o);
		yuv_free(y);
	}
	f.logo.opacity = 0.5;
	file_write("logo.png", png, sizeof(png) - 8, &e);
	ok(over_logo(&o, &f, &t, &e) < 0 && e.code == EX_LATER,
	    "a changed logo: later");
	sha256_hex(png, sizeof(png) - 8, sha256);
	ok(over_logo(&o, &f, &t, &e) < 0 && e.code == EX_DATA && !o,
	    "a broken one: %s", e.msg);
	timeline_release(&t);
}

static void
test_alpha(void)
{
	struct picture c = PICTURE_INIT, a = PICTURE_INIT;
	struct err e = ERR_INIT;

	ok(picture_decode_alpha(&c, &a, "x", png, sizeof(png), &e) == 0 &&
	    c.w == 8 && a.h == 4, "a logo decodes: %s", e.msg);
	ok(c.rgb[0] == 255 && c.rgb[1] == 0 && a.rgb[0] == 255,
	    "red and whole on the left");
	ok(c.rgb[21] == 0 && a.rgb[21] == 0, "nothing on the right");
	picture_release(&c);
	picture_release(&a);
	picture_decode(&c, "x", png, sizeof(png), &e);
	ok(c.rgb[21] == 255, "without alpha it is white there");
	picture_release(&c);
}

/* Stripes of that width between two greys. */
static double
score(int wide, int low, int high)
{
	struct picture p;
	double s;
	int i;

	picture_init(&p, 120, 68);
	for (i = 0; i < 120 * 68 * 3; i++)
		p.rgb[i] = (uint8_t)(i / 3 % 120 / wide % 2 ? low : high);
	s = thumbnail_score(&p);
	picture_release(&p);
	return s;
}

static void
test_score(void)
{
	ok(score(1000, 0, 128) == 0, "one colour says nothing");
	ok(score(4, 40, 220) > score(4, 100, 160), "contrast is better");
	ok(score(4, 40, 220) > score(24, 40, 220), "so is detail");
	ok(score(4, 0, 20) < score(4, 120, 140), "the dark is not");
}

static void
test_words(void)
{
	is(film_word(WORD_THANKS, "de-AT"), "Danke fürs Zuschauen",
	    "a variant's language");
	is(film_word(WORD_THANKS, "zh-Hant"), "感謝觀看", "a script's own");
	is(film_word(WORD_THANKS, "deu"), NULL, "no other that begins so");
	is(film_word(WORD_PHOTOGRAPHS, "tlh"), "Photographs", "else English");
	ok(film_is_right_to_left("ar-EG") && !film_is_right_to_left("arn"),
	    "Arabic runs from the right");
}

int
main(void)
{
	char dir[] = "/tmp/around.XXXXXX";

	if (!mkdtemp(dir) || chdir(dir) < 0)
		return 1;
	test_cards();
	test_chapters();
	test_bar();
	test_logo();
	test_alpha();
	test_score();
	test_words();
	unlink("logo.png");
	if (chdir("/") == 0)
		rmdir(dir);
	return done_testing();
}
