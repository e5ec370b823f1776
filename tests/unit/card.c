#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "media/card/card.h"
#include "media/card/cues.h"
#include "media/card/dmath.h"
#include "media/card/family.h"
#include "media/card/noise.h"
#include "media/card/pick.h"
#include "media/card/setting.h"
#include "media/card/type.h"
#include "../tests/unit/tap.h"

static void
test_math(void)
{
	double worst[5] = { 0 }, d;
	int i;

	for (i = -2000; i <= 2000; i++) {
		double x = i * 0.0137;

#define WORST(n, a, b) d = fabs((a) - (b)); worst[n] = d > worst[n] ? d : \
	worst[n]
		WORST(0, d_sin(x), sin(x));
		WORST(0, d_cos(x), cos(x));
		WORST(1, d_exp(x) / exp(x), 1);
		WORST(2, d_log(x * x + 1e-3), log(x * x + 1e-3));
		WORST(3, d_atan2(x, 3 - x * x), atan2(x, 3 - x * x));
		WORST(4, f_exp((float)x) / exp((float)x), 1);
	}
	ok(worst[0] < 1e-10, "sin and cos are good to %g", worst[0]);
	ok(worst[1] < 1e-9, "exp is good to %g", worst[1]);
	ok(worst[2] < 1e-9, "log is good to %g", worst[2]);
	ok(worst[3] < 1e-7, "atan2 is good to %g", worst[3]);
	ok(worst[4] < 1e-5, "float exp is good to %g", worst[4]);
}

static void
test_noise(void)
{
	float row[700], d, worst = 0, least = 9, most = -9;
	int i;

	fbm_row(row, 700, -3.3f, 0.011f, 5.7f, 77, 5, 0.5f);
	for (i = 0; i < 700; i++) {
		d = fabsf(row[i] - fbm2(77, -3.3f + 0.011f * (float)i, 5.7f,
		    5, 0.5f));
		worst = d > worst ? d : worst;
		least = row[i] < least ? row[i] : least;
		most = row[i] > most ? row[i] : most;
	}
	ok(worst < 2e-3f, "a row of noise is the noise of its points: %g",
	    (double)worst);
	ok(least < -0.1f && most > 0.1f && least > -0.72f && most < 0.72f,
	    "and keeps its range: %g..%g", (double)least, (double)most);
}

static void
test_palettes(void)
{
	static const char *const tones[] = { "curious", "serious", "playful",
		"calm", "dramatic", "technical" };
	struct palette p;
	struct ramp r;
	struct rgb two[2];
	int i;

	for (i = 0; i < PALETTES; i++) {
		palette_get(&p, tones[i / 2], i & 1);
		ok(rgb_contrast(p.light, p.deep) >= 10 &&
		    rgb_contrast(p.accent, p.deep) >= 4 &&
		    rgb_contrast(p.accent2, p.deep) >= 4.5,
		    "%s %c: light %.2f, accent %.2f, accent2 %.2f to deep",
		    p.tone, 'A' + (i & 1), rgb_contrast(p.light, p.deep),
		    rgb_contrast(p.accent, p.deep),
		    rgb_contrast(p.accent2, p.deep));
	}
	two[0] = rgb_hex(0x1020ff);
	two[1] = rgb_hex(0xff8000);
	ramp_init(&r, two, NULL, 2);
	ok(fabsf(ramp_at(&r, 0).b - 1) < 0.003f &&
	    fabsf(ramp_at(&r, 1).r - 1) < 0.003f, "a ramp ends in its stops");
}

/* WCAG luminance of a byte pixel. */
static double
luminance(const uint8_t *p)
{
	struct rgb c = { p[0] / 255.0f, p[1] / 255.0f, p[2] / 255.0f };

	return rgb_luminance(c);
}

/* Contrast as drawn: the ink's extreme luminance against the 2nd percentile of
 * the worst side of the text's box (pixels that are no ink: the half of them
 * on the ground's side). */
static double
drawn_contrast(const struct picture *p, const struct card_info *in)
{
	int x0 = (int)(in->text_x0 * (float)p->w);
	int x1 = (int)(in->text_x1 * (float)p->w);
	int y0 = (int)(in->text_y0 * (float)p->h);
	int y1 = (int)(in->text_y1 * (float)p->h), x, y, i, n = 0, sum = 0;
	int bin[1001] = { 0 };
	double ink = in->light ? 0 : 1, l, mid, a, b;

	for (y = y0; y < y1; y++)
		for (x = x0; x < x1; x++) {
			l = luminance(p->rgb + ((size_t)y * (size_t)p->w +
			    (size_t)x) * 3);
			if (in->light ? l > ink : l < ink)
				ink = l;
			bin[(int)(l * 1000)]++;
			n++;
		}
	/* The ground's brightest (or darkest) percent is lost in the glyphs'
	 * soft edges, so look at the median: a weaker claim, but of pixels. */
	for (i = 0; i <= 1000; i++) {
		sum += bin[i];
		if (sum * 2 >= n)
			break;
	}
	mid = i / 1000.0;
	a = ink + 0.05;
	b = mid + 0.05;
	return a > b ? a / b : b / a;
}

static struct card_spec
spec(const char *phrase, const char *tone, const char *style)
{
	struct card_spec s;

	memset(&s, 0, sizeof(s));
	s.width = 640;
	s.height = 360;
	s.phrase = phrase;
	s.text = phrase;
	s.tone = tone;
	s.style = style;
	s.look = "test";
	s.language = "en";
	return s;
}

static void
test_families(void)
{
	const struct family *f;
	struct card_info in;
	struct picture p, q;
	struct card_spec s;
	struct err e = ERR_INIT;
	static const char *const tone[] = { "calm", "dramatic", "technical",
		"playful", "serious", "curious" };
	int n = 0;

	for (f = families; f->name; f++, n++) {
		s = spec("Why the sea is salt", tone[n % 6], f->name);
		if (n & 1) {
			s.width = 270;
			s.height = 480;
		}
		if (!ok(!card_draw(&s, &p, &in, &e), "%s draws: %s", f->name,
		    e.msg))
			continue;
		is(in.family, f->name, "the style's family");
		ok(p.w == (s.width * 5 + 2) / 4 && p.h == (s.height * 5 + 2) /
		    4, "%s is 1.25 x the frame: %dx%d", f->name, p.w, p.h);
		ok(in.contrast >= 5, "%s: contrast %.2f, scrim %.2f", f->name,
		    (double)in.contrast, (double)in.scrim);
		ok(drawn_contrast(&p, &in) >= 5, "%s: %.2f as drawn", f->name,
		    drawn_contrast(&p, &in));
		ok(in.text_x0 >= 0.0995f && in.text_x1 <= 0.9005f &&
		    in.text_y0 >= 0.0995f && in.text_y1 <= 0.9005f,
		    "%s: words within the safe area", f->name);
		memset(&q, 0, sizeof(q));
		card_draw(&s, &q, NULL, &e);
		ok(q.w == p.w && !memcmp(q.rgb, p.rgb, (size_t)p.w *
		    (size_t)p.h * 3), "%s: the same bytes twice", f->name);
		picture_release(&p);
		picture_release(&q);
	}
}

/* Of what is drawn around a film: where the words are, and that they read. */
static void
test_uses(void)
{
	static const struct {
		int use, w, h;
		float x0, y0, x1, y1; /* words within */
	} row[] = {
		{ CARD_TITLE, 640, 360, 0.10f, 0.10f, 0.90f, 0.40f },
		{ CARD_TITLE, 270, 480, 0.10f, 0.14f, 0.90f, 0.42f },
		{ CARD_END, 640, 360, 0.10f, 0.10f, 0.50f, 0.90f },
		{ CARD_END, 270, 480, 0.10f, 0.14f, 0.85f, 0.65f },
		{ CARD_THUMB, 640, 360, 0.05f, 0.08f, 0.55f, 0.84f },
		{ CARD_THUMB, 270, 480, 0.07f, 0.14f, 0.85f, 0.50f },
		{ CARD_THUMB, 320, 320, 0.07f, 0.08f, 0.93f, 0.50f },
	};
	struct card_info in;
	struct picture p, back;
	struct card_spec s;
	struct err e = ERR_INIT;
	size_t i, k;
	int with;

	picture_init(&back, 320, 320);
	memset(back.rgb, 0xf8, (size_t)320 * 320 * 3);
	for (i = 0; i < 2 * sizeof(row) / sizeof(*row); i++) {
		k = i / 2;
		with = (int)(i % 2);
		s = spec("Why is the sea salt?", "calm", NULL);
		s.use = row[k].use;
		s.width = row[k].w;
		s.height = row[k].h;
		s.line[0] = "Photographs: Anna Berg, Bob Stone";
		s.line[2] = "example.org";
		s.back = with ? &back : NULL;
		s.back_x = s.back_y = 0.7;
		if (!ok(!card_draw(&s, &p, &in, &e), "use %d: %s", s.use,
		    e.msg))
			continue;
		ok(in.text_x0 >= row[k].x0 && in.text_y0 >= row[k].y0 &&
		    in.text_x1 <= row[k].x1 && in.text_y1 <= row[k].y1,
		    "use %d of %dx%d: words at %.2f,%.2f-%.2f,%.2f", s.use,
		    s.width, s.height, (double)in.text_x0, (double)in.text_y0,
		    (double)in.text_x1, (double)in.text_y1);
		ok(in.contrast >= 5 && in.scrim < 0.5f,
		    "and read%s: %.2f, scrim %.2f", with ?
		    " on a white picture" : "", (double)in.contrast,
		    (double)in.scrim);
		ok(p.w == (s.width * 5 + 2) / 4, "the size is exact");
		picture_release(&p);
	}
	picture_release(&back);
	s = spec("\xd7\x9c\xd7\x9e\xd7\x94?", "calm", NULL);
	s.use = CARD_THUMB;
	card_draw(&s, &p, &in, &e);
	ok(in.text_x0 > 0.45f && in.text_y1 < 0.84f,
	    "Hebrew on the right leaves the lower corner free");
	picture_release(&p);
}

static void
test_hostile(void)
{
	static const char *const phrase[] = { "",
		"Donaudampfschifffahrtsgesellschaftskapitaenswitwenrenten"
		"versicherungsanstalt",
		"\xf0\x9f\x8c\x8a\xf0\x9f\x90\x8b", "\xf0\x9f\x8c\x8a Whales",
		"\xd7\x9c\xd7\x9e\xd7\x94 \xd7\x94\xd7\x99\xd7\x9d "
		"\xd7\x9e\xd7\x9c\xd7\x95\xd7\x97?",
		"a\xe2\x80\xae" "b\xff\xfe c", "   ", "W W W W W W W W W W W W "
		"W W W W W W W W W W W W W W W W W W W W W W W W W W W W W W W",
		"\xe6\xb5\xb7\xe4\xb8\xba\xe4\xbb\x80\xe4\xb9\x88\xe6\x98\xaf"
		"\xe5\x92\xb8\xe7\x9a\x84", "1 000 000 kg", "i" };
	struct card_info in;
	struct picture p;
	struct card_spec s;
	struct err e = ERR_INIT;
	size_t i;

	for (i = 0; i < sizeof(phrase) / sizeof(*phrase); i++) {
		s = spec(phrase[i], "calm", "ridges");
		s.language = i == 8 ? "zh" : "en";
		if (!ok(!card_draw(&s, &p, &in, &e), "hostile phrase %zu: %s",
		    i, e.msg))
			continue;
		ok(in.text_x0 >= 0 && in.text_x1 <= 0.9005f &&
		    in.text_y1 <= 0.9005f && (in.contrast >= 5 ||
		    in.contrast == 0), "phrase %zu stays in place: %.2f-%.2f",
		    i, (double)in.text_x0, (double)in.text_x1);
		if (i == 4)
			ok(in.text_x0 > 0.45f && in.focus_x < 0.5f,
			    "Hebrew stands on the right, its subject left");
		if (i == 0 || i == 2 || i == 6)
			ok(in.contrast == 0, "phrase %zu has no words", i);
		picture_release(&p);
	}
	s = spec("\xf4\x8f\xbf\xbd", "calm", NULL);
	ok(card_draw(&s, &p, &in, &e) < 0 && e.code == EX_DATA &&
	    strstr(e.msg, "U+10FFFD"), "no glyph, no card: %s", e.msg);
	s = spec("Words", "calm", NULL);
	s.width = 100000;
	ok(card_draw(&s, &p, &in, &e) < 0 && e.code == EX_BADUSE,
	    "a size too large is refused");
}

static void
test_pick(void)
{
	struct card_spec s = spec("x", "calm", NULL);
	struct pick a, b;
	int i, same = 1, swapped = 0;
	char text[64];

	pick_make(&a, &s);
	for (i = 0; i < 40; i++) {
		snprintf(text, sizeof(text), "sentence %d of the map", i);
		s.text = text;
		pick_make(&b, &s);
		same &= a.which == b.which && a.look == b.look;
		swapped += !strcmp(b.family->name, "contours");
	}
	ok(same, "one look, one palette");
	ok(swapped > 4 && swapped < 30,
	    "a cue swaps the family of some scenes: %d of 40", swapped);
	s.style = "paper";
	s.look = "test";
	pick_make(&b, &s);
	ok(a.which == b.which, "a scene's style keeps the colours");
	s.style = NULL;
	s.look = "dawn over the sea";
	s.text = "x";
	pick_make(&b, &s);
	is(b.family->name, "sea", "a look may name its subject");
	ok(b.time == CARD_DAWN, "and its time");
	s.look = NULL;
	s.text = "The sea, the ocean and its waves";
	pick_make(&a, &s);
	is(a.family->name, "sea", "without a look the cue decides");
	s.text = "Seaside seasons";
	pick_make(&b, &s);
	ok(a.seed != b.seed, "another text, another seed");
	s.take = 2;
	pick_make(&a, &s);
	ok(a.seed != b.seed && a.which == b.which,
	    "another take, another seed, the same palette");
	s.text = "They sleep at night";
	pick_make(&a, &s);
	ok(a.time == CARD_NIGHT, "night is night");
	s.style = "paper, soft";
	pick_make(&a, &s);
	is(a.family->name, "papercut", "a style may name the family");
}

static void
test_breaks(void)
{
	struct card_spec s = spec("Why the \"sea\" isn't salt.", "calm", NULL);
	struct type_frame f = { 0, 0, 400, 300, 100, 10, 0, 0, 0 };
	struct type_words w;
	int first[TYPE_LINES_MAX + 1], i, lines;
	double size, em[2] = { 1.1, 0.4 };

	type_words(&w, &s);
	is(w.text, "Why the \xe2\x80\x9csea\xe2\x80\x9d isn\xe2\x80\x99t salt",
	    "curly quotes, no full stop");
	ok(w.nr == 5, "five words");
	for (i = 0; i < w.nr; i++)
		w.v[i].w = 50.0 * (double)w.v[i].len;
	w.v[1].stop = 1;
	lines = type_break(&w, 25, &f, em, first, &size);
	ok(lines >= 2 && first[lines] == 5 && size > 10,
	    "it breaks into %d lines at %.0f px", lines, size);
	for (i = 1; i < lines; i++)
		ok(first[i] != 2, "no line ends in an article");
	type_words_release(&w);
}

/* Mean length of equal runs along a row of a slow dark ramp. */
static void
test_banding(void)
{
	struct canvas c;
	struct picture p;
	struct ramp r;
	struct rgb two[2];
	long runs = 0, weighted = 0;
	int x, y, run;

	canvas_init(&c, 32, 640);
	two[0] = rgb_hex(0x181818);
	two[1] = rgb_hex(0x303030);
	ramp_init(&r, two, NULL, 2);
	canvas_vertical(&c, &r, 0, 640);
	canvas_finish(&c, 1, 1, &p);
	for (x = 0; x < 32; x++)
		for (y = 0, run = 1; y < 640; y++, run++)
			if (y == 639 || p.rgb[(y * 32 + x) * 3] !=
			    p.rgb[((y + 1) * 32 + x) * 3]) {
				runs++;
				weighted += (long)run * run;
				run = 0;
			}
	ok((double)weighted / (32 * 640) < 4, "no banding: runs of %.2f "
	    "pixels on a ramp of 24 levels over 640",
	    (double)weighted / (32 * 640));
	picture_release(&p);
	canvas_release(&c);
}

int
main(void)
{
	test_math();
	test_noise();
	test_palettes();
	test_banding();
	test_breaks();
	test_pick();
	test_uses();
	test_hostile();
	test_families();
	return done_testing();
}
