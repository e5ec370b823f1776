/* Burned captions: where they stand, what changes, what is refused. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "media/overlay.h"
#include "media/overlay_rows.h"
#include "media/yuv.h"
#include "render/caption_layer.h"
#include "render/timeline.h"
#include "tap.h"

#define BEFORE_MS 33 /* of a voice in its body, on "shorts" */

static void
make(struct film *f, struct film_scene *s, const char *preset,
    const char *style, const char *text)
{
	memset(f, 0, sizeof(*f));
	memset(s, 0, 3 * sizeof(*s));
	s[0].text = s[0].spoken = "Before.";
	s[1].text = s[1].spoken = text;
	s[2].text = s[2].spoken = "After.";
	s[0].language = s[1].language = s[2].language = "en";
	s[0].audio = s[1].audio = s[2].audio = "x.wav";
	s[0].audio_seconds = s[2].audio_seconds = 1;
	s[1].audio_seconds = 4;
	f->name = "film";
	f->preset = preset;
	f->caption_style = style;
	f->captions = CAPTIONS_BURNED;
	f->tone = "curious";
	f->scene = s;
	f->nr = 3;
}

static void
grey(struct yuv *v, int y)
{
	int i, row;

	for (i = 0; i < 3; i++)
		for (row = 0; row < (i ? v->h / 2 : v->h); row++)
			memset(v->plane[i] + (size_t)row * v->stride[i],
			    i ? 128 : y, (size_t)(i ? v->w / 2 : v->w));
}

static int
same(const struct yuv *a, const struct yuv *b)
{
	int row;

	for (row = 0; row < a->h; row++)
		if (memcmp(a->plane[0] + (size_t)row * a->stride[0],
		    b->plane[0] + (size_t)row * b->stride[0], (size_t)a->w))
			return 0;
	return 1;
}

/* What of the grey frame was changed: its bounds in per cent, and the least
 * and most luma in it. */
struct seen {
	double x0, y0, x1, y1;
	int dark, light;
	long changed;
};

static void
look(const struct yuv *v, int was, struct seen *o)
{
	int x, y, p;

	memset(o, 0, sizeof(*o));
	o->x0 = o->y0 = 100;
	o->dark = 255;
	for (y = 0; y < v->h; y++)
		for (x = 0; x < v->w; x++) {
			p = v->plane[0][(size_t)y * v->stride[0] + x];
			if (p > was - 24 && p < was + 24)
				continue;
			o->changed++;
			if (100.0 * x / v->w < o->x0)
				o->x0 = 100.0 * x / v->w;
			if (100.0 * (x + 1) / v->w > o->x1)
				o->x1 = 100.0 * (x + 1) / v->w;
			if (100.0 * y / v->h < o->y0)
				o->y0 = 100.0 * y / v->h;
			o->y1 = 100.0 * (y + 1) / v->h;
			o->dark = p < o->dark ? p : o->dark;
			o->light = p > o->light ? p : o->light;
		}
}

static void
test_style(const char *preset, const char *style, const char *text, int follows)
{
	struct film f;
	struct film_scene s[3];
	struct timeline t;
	struct err e = ERR_INIT;
	struct caption_layer *l;
	struct yuv *v, *last, *swap;
	struct seen o;
	const double *safe;
	long i, states = 0, shown = 0, outside = 0, frames;

	make(&f, s, preset, style, text);
	ok(timeline_make(&t, &f, &e) == 0, "%s %s %s", preset, style, e.msg);
	if (!ok(caption_layer_new(&l, &f, &t, 1, &e) == 0, "laid out %s",
	    e.msg))
		return;
	v = yuv_new(t.width, t.height);
	last = yuv_new(t.width, t.height);
	grey(last, 128);
	safe = t.preset->safe;
	frames = (long)(t.scene[1].end - t.scene[1].start);
	for (i = 0; i < frames; i += 2) {
		grey(v, 128);
		caption_blend(caption_layer_at(l, i), v->plane, v->stride);
		if (same(v, last))
			continue;
		states++;
		swap = v;
		v = last;
		last = swap;
		look(last, 128, &o);
		if (!o.changed)
			continue;
		shown++;
		if (o.x0 >= 100 * safe[0] - 1 && o.x1 <= 101 - 100 * safe[2] &&
		    o.y1 <= 101 - 100 * safe[3] && o.dark <= 70 &&
		    o.light >= 160)
			continue;
		outside++;
		printf("# %ld: x %.1f..%.1f y %.1f..%.1f, %d..%d\n", i, o.x0,
		    o.x1, o.y0, o.y1, o.dark, o.light);
	}
	ok(shown > 0 && !outside, "%s %s: %ld states inside, dark and light",
	    preset, style, shown);
	ok(follows ? states > 5 : states < 5, "%s: %ld changes", style,
	    states);
	grey(v, 128);
	caption_blend(caption_layer_at(l, 0), v->plane, v->stride);
	caption_blend(caption_layer_at(l, frames - 1), v->plane, v->stride);
	look(v, 128, &o);
	ok(!o.changed, "nothing in the transitions");
	yuv_free(v);
	yuv_free(last);
	caption_layer_free(l);
	timeline_release(&t);
}

static void
key_of(const struct film *f, size_t scene, struct strbuf *out)
{
	struct timeline t;
	struct err e = ERR_INIT;

	strbuf_reset(out);
	if (timeline_make(&t, f, &e) < 0 ||
	    caption_key(f, &t, scene, out, &e) < 0)
		printf("# %s\n", e.msg);
	timeline_release(&t);
}

static void
test_key(void)
{
	struct film f;
	struct film_scene s[3];
	struct strbuf a = STRBUF_INIT, b = STRBUF_INIT;

	make(&f, s, "shorts", NULL, "Your brain rewrites it every night.");
	key_of(&f, 1, &a);
	ok(a.len > 50, "a key");
	s[0].text = s[0].spoken = "Longer than it was.";
	s[2].text = "Another end.";
	s[0].audio_seconds = 3;
	key_of(&f, 1, &b);
	is(b.buf, a.buf, "neighbours do not change it");
	f.tone = "calm";
	key_of(&f, 1, &b);
	ok(strcmp(a.buf, b.buf) != 0, "the tone does");
	f.tone = "curious";
	s[1].text = "Your brain rewrites it every Night.";
	key_of(&f, 1, &b);
	ok(strcmp(a.buf, b.buf) != 0, "a letter does");
	s[1].text = s[1].spoken;
	f.caption_style = "karaoke";
	key_of(&f, 1, &b);
	ok(strcmp(a.buf, b.buf) != 0, "the style does");
	f.captions = CAPTIONS_SIDECAR;
	key_of(&f, 1, &b);
	ok(!b.len, "no key where nothing is burned in");
	strbuf_release(&a);
	strbuf_release(&b);
}

static void
test_refused(void)
{
	struct film f;
	struct film_scene s[3];
	struct timeline t;
	struct err e = ERR_INIT;
	struct caption_layer *l;

	make(&f, s, "square", "neon", "Text.");
	timeline_make(&t, &f, &e);
	ok(caption_layer_new(&l, &f, &t, 1, &e) < 0 && e.code == EX_CONF &&
	    strstr(e.msg, "classic, box, karaoke or big"), "%s", e.msg);
	f.caption_style = NULL;
	s[1].text = "A \xCD\xB8 b";
	ok(caption_layer_new(&l, &f, &t, 1, &e) < 0 &&
	    strstr(e.msg, "scene 2: text: U+0378"), "%s", e.msg);
	s[1].text = "";
	ok(caption_layer_new(&l, &f, &t, 1, &e) == 0 &&
	    !caption_layer_at(l, 30), "no text, no caption");
	caption_layer_free(l);
	timeline_release(&t);
}

/* Red and half transparent white, laid over grey and over the edge. */
static void
test_overlay(void)
{
	uint32_t red[16], half[16];
	struct yuv *v = yuv_new(16, 16);
	struct overlay *o;
	int i;

	for (i = 0; i < 16; i++) {
		red[i] = 0xFFFF0000;
		half[i] = 0x80808080;
	}
	grey(v, 100);
	o = overlay_new(red, 4, 4, 4, 4, 4, 16, 16);
	overlay_blend(o, v->plane, v->stride);
	overlay_free(o);
	i = 2 * v->stride[1] + 3;
	ok(v->plane[0][5 * v->stride[0] + 5] == 63 &&
	    v->plane[1][i] == 102 && v->plane[2][i] == 240,
	    "red is Y %d U %d V %d (63 102 240)",
	    v->plane[0][5 * v->stride[0] + 5], v->plane[1][i],
	    v->plane[2][i]);
	ok(v->plane[0][3 * v->stride[0] + 5] == 100 &&
	    v->plane[0][5 * v->stride[0] + 8] == 100, "and nothing beside it");
	grey(v, 35);
	o = overlay_new(half, 4, 4, 4, -3, 13, 16, 16);
	overlay_blend(o, v->plane, v->stride);
	ok(v->plane[0][14 * v->stride[0]] == 135 &&
	    v->plane[0][14 * v->stride[0] + 1] == 35,
	    "half of white over the edge: %d",
	    v->plane[0][14 * v->stride[0]]);
	overlay_free(o);
	o = overlay_new(half, 4, 4, 4, 40, -40, 16, 16);
	overlay_blend(o, v->plane, v->stride);
	ok(1, "outside the frame nothing happens");
	overlay_free(o);
	yuv_free(v);
}

static uint32_t
next(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 16;
}

/* Each code gives the bytes of the plain one, at every length. */
static void
test_rows(void)
{
	const struct overlay_rows *plain = overlay_rows_choose(OVERLAY_PLAIN);
	const struct overlay_rows *rows;
	uint8_t a[200], b[200], rest[200];
	uint16_t value[200];
	uint32_t seed = 7;
	int code, n, i, bad;

	for (code = OVERLAY_SSE2; code <= OVERLAY_AVX2; code++) {
		rows = overlay_rows_choose((enum overlay_code)code);
		bad = 0;
		for (n = 0; n <= 199; n++) {
			for (i = 0; i < 200; i++) {
				a[i] = b[i] = (uint8_t)next(&seed);
				rest[i] = (uint8_t)(n % 3 ? next(&seed) : 255);
				value[i] = (uint16_t)((255 - rest[i]) *
				    (next(&seed) % 256));
			}
			plain->blend(a, value, rest, n);
			rows->blend(b, value, rest, n);
			bad += memcmp(a, b, sizeof(a)) != 0;
		}
		ok(!bad, "%s is as plain", rows->name);
	}
}

/* Each word is marked in the frame before it is spoken, for 120 ms at least. */
static void
test_words(const char *style)
{
	static const long at[] = { 110, 470, 533, 1001, 1249, 1777, 2010 };
	static const char text[] = "Your brain rewrites it every single "
	    "night.";
	struct film f;
	struct film_scene s[3];
	struct word_time w[7];
	struct strbuf key = STRBUF_INIT;
	const char *p = text;
	char *end;
	long frame, last = -9, early = 0, brief = 0, nr = 0, off;
	int i;

	make(&f, s, "shorts", style, text);
	for (i = 0; i < 7; i++, p += w[i - 1].len + 1) {
		w[i].off = (size_t)(p - text);
		w[i].len = strcspn(p, " ");
		w[i].start = (double)at[i] / 1000;
		w[i].end = w[i].start + 0.06;
	}
	s[1].word = w;
	s[1].word_nr = 7;
	key_of(&f, 1, &key);
	for (p = strchr(key.buf, '\n'); p && p[1]; p = strchr(p + 1, '\n')) {
		strtol(p + 1, &end, 10);
		strtol(end, &end, 10);
		for (;; nr++) {
			frame = strtol(end, &end, 10);
			if (*end != ':' || nr == 7)
				break;
			strtol(end + 1, &end, 10);
			strtol(end + 1, &end, 10);
			brief += (frame - last) * 1000 < 120 * 30;
			last = frame;
			off = frame * 1000 / 30 - at[nr] - BEFORE_MS;
			/* 533 comes 63 ms after 470: it waits for it */
			early += nr == 2 ? off > 70 : off < -40 || off > 0;
		}
	}
	ok(nr == 7 && !early, "%s: %ld words, each at -40..0 ms", style, nr);
	ok(!brief, "%s: each for 120 ms", style);
	strbuf_release(&key);
}

int
main(void)
{
	static const char text[] = "Your brain rewrites it, every single "
	    "night.";

	test_overlay();
	test_rows();
	test_style("shorts", NULL, text, 1);
	test_style("reels", "karaoke", text, 1);
	test_style("square", NULL, text, 0);
	test_style("linkedin", "box", text, 0);
	test_style("youtube", "classic", text, 0);
	test_style("tiktok", "big", "Incomprehensibilities internationalised, "
	    "\xE5\xA4\xA7\xE6\xB5\xB7 \xD8\xA7\xD9\x84\xD8\xAD\xD9\x88\xD8"
	    "\xAA \xE0\xA4\xB8\xE0\xA5\x8D\xE0\xA4\xA4\xE0\xA5\x8D\xE0\xA4"
	    "\xB0\xE0\xA5\x80 \xF0\x9F\x98\x80 ok", 1);
	test_words("big");
	test_words("karaoke");
	test_key();
	test_refused();
	return done_testing();
}
