/* The user's own styles of captions: where they stand, what is refused, what
 * their key holds; capitals; the order of words in two directions. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "media/caption_draw.h"
#include "media/caption_line.h"
#include "media/yuv.h"
#include "render/caption_layer.h"
#include "render/caption_spec.h"
#include "render/timeline.h"
#include "tap.h"

#define GREY 128

static void
make(struct film *f, struct film_scene *s, const char *preset,
    const char *language, const char *text)
{
	memset(f, 0, sizeof(*f));
	memset(s, 0, sizeof(*s));
	s->text = s->spoken = text;
	s->language = language;
	s->audio = "x.wav";
	s->audio_seconds = 4;
	f->name = "film";
	f->preset = preset;
	f->width = preset_find(preset, NULL)->width / 4 / 2 * 2;
	f->height = preset_find(preset, NULL)->height / 4 / 2 * 2;
	f->captions = CAPTIONS_BURNED;
	f->tone = "curious";
	f->scene = s;
	f->nr = 1;
}

/* From where to where anything is drawn, in parts of the frame. */
struct seen {
	double x0, y0, x1, y1;
};

static void
look_at(const struct yuv *v, struct seen *o)
{
	int x, y, p;

	for (y = 0; y < v->h; y++)
		for (x = 0; x < v->w; x++) {
			p = v->plane[0][(size_t)y * v->stride[0] + x];
			if (p > GREY - 24 && p < GREY + 24)
				continue;
			if ((double)x / v->w < o->x0)
				o->x0 = (double)x / v->w;
			if ((x + 1.0) / v->w > o->x1)
				o->x1 = (x + 1.0) / v->w;
			if ((double)y / v->h < o->y0)
				o->y0 = (double)y / v->h;
			if ((y + 1.0) / v->h > o->y1)
				o->y1 = (y + 1.0) / v->h;
		}
}

/* All that the captions of the scene cover. */
static int
cover(const struct film *f, struct seen *o)
{
	struct timeline t;
	struct caption_layer *l;
	struct err e = ERR_INIT;
	struct yuv *v;
	long i;
	int row, k;

	o->x0 = o->y0 = 1;
	o->x1 = o->y1 = 0;
	if (timeline_make(&t, f, &e) < 0 ||
	    caption_layer_new(&l, f, &t, 0, &e) < 0) {
		printf("# %s\n", e.msg);
		return -1;
	}
	v = yuv_new(t.width, t.height);
	for (k = 0; k < 3; k++)
		for (row = 0; row < (k ? v->h / 2 : v->h); row++)
			memset(v->plane[k] + (size_t)row * v->stride[k], GREY,
			    (size_t)(k ? v->w / 2 : v->w));
	for (i = 0; i < t.frames; i += 29)
		caption_blend(caption_layer_at(l, i), v->plane, v->stride);
	look_at(v, o);
	yuv_free(v);
	caption_layer_free(l);
	timeline_release(&t);
	return 0;
}

static const struct {
	const char *language, *text;
} texts[] = {
	{ "en", "One keeper (the oldest) wrote the log in ink." },
	{ "ar", "تُحمَّص الحبوب على نار هادئة (لا أكثر)، ثم تُطحن." },
	{ "hi", "नमस्ते! एक स्त्री क्षमा माँगती है और फिर वही शांति।" },
	{ "th", "ป้าสมศรีทำข้าวเหนียวมะม่วงมาสี่สิบปีแล้ว น้ำกะทิต้องคั้นสดทุกเช้า" },
	{ "ja", "広島の路面電車は、1912年から街を走り続けています。" },
};

/* Each style at each place in each script, on a wide and an upright frame. */
static void
test_safe(const char *preset, int base)
{
	static const double ys[] = { -1, 0, 0.5, 1 };
	const struct preset *p = preset_find(preset, NULL);
	struct film f;
	struct film_scene s;
	struct caption_look k;
	struct seen o;
	size_t i;
	int place, bad = 0;

	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		for (place = 0; place < 7; place++) {
			make(&f, &s, preset, texts[i].language, texts[i].text);
			caption_look_built_in(&k, base);
			k.size = place % 2 ? 0.08 : 0;
			k.align = place % 3;
			k.y = place < 4 ? ys[place] : -1;
			k.anchor = place < 4 ? CAPTION_BOTTOM : place - 4;
			f.look = &k;
			if (cover(&f, &o) == 0 && o.x1 > 0 &&
			    o.x0 > p->safe[0] - 0.01 &&
			    o.x1 < 1.01 - p->safe[2] &&
			    o.y0 > p->safe[1] - 0.01 &&
			    o.y1 < 1.01 - p->safe[3])
				continue;
			bad++;
			printf("# %s place %d: x %.3f..%.3f y %.3f..%.3f\n",
			    texts[i].language, place, o.x0, o.x1, o.y0, o.y1);
		}
	ok(!bad, "%s %s: inside the safe area", preset,
	    caption_draw_style_name(base));
}

static void
test_places(void)
{
	struct film f;
	struct film_scene s;
	struct caption_look k;
	struct seen o, card;

	make(&f, &s, "youtube", "en", texts[0].text);
	caption_look_built_in(&k, CAPTION_CLASSIC);
	f.look = &k;
	k.anchor = CAPTION_TOP;
	cover(&f, &o);
	ok(o.y1 < 0.25, "at the top: %.3f..%.3f", o.y0, o.y1);
	k.y = 0.6;
	cover(&f, &o);
	ok(o.y0 < 0.6 && o.y1 > 0.6 && o.y0 + o.y1 > 1.16 &&
	    o.y0 + o.y1 < 1.24, "y is their middle: %.3f..%.3f", o.y0, o.y1);
	k.align = CAPTION_LEFT;
	cover(&f, &o);
	ok(o.x0 < 0.07, "at the left: %.3f..%.3f", o.x0, o.x1);
	k.align = CAPTION_CENTER;
	k.y = 0.4;
	s.image_w = 2400;
	s.image_h = 1350;
	s.keep[0] = s.keep[1] = 0.06;
	s.keep[2] = 0.62;
	s.keep[3] = 0.65;
	cover(&f, &card);
	ok(card.y0 > 0.62 && card.y0 < 0.9, "below the phrase of a card: "
	    "%.3f..%.3f", card.y0, card.y1);
	memset(s.keep, 0, sizeof(s.keep));
	cover(&f, &o);
	ok(o.y0 < 0.45, "but not of another picture: %.3f..%.3f", o.y0, o.y1);
}

static void
test_refused(void)
{
	struct caption_look k;
	struct err e = ERR_INIT;
	int i;
	static const char *const tones[] = { "curious", "serious", "playful",
		"calm", "dramatic", "technical" };

	for (i = 0; i < 24; i++) {
		caption_look_built_in(&k, i % 4);
		ok(caption_look_check(&k, "x", tones[i / 4], &e) == 0,
		    "%s is readable in %s: %s", caption_draw_style_name(i % 4),
		    tones[i / 4], e.msg);
	}
	caption_look_built_in(&k, CAPTION_CLASSIC);
	k.colour = 0x808080;
	k.outline_colour = 0x707070;
	ok(caption_look_check(&k, "mine", "calm", &e) < 0 &&
	    e.code == EX_CONF && strstr(e.msg, "captionStyles.mine: the text "
	    "has a contrast of 1.") && strstr(e.msg, "4.5:1"), "%s", e.msg);
	caption_look_built_in(&k, CAPTION_BOX);
	k.plate = 0.3;
	ok(caption_look_check(&k, "mine", "calm", &e) < 0 &&
	    strstr(e.msg, "nothing parts"), "%s", e.msg);
	caption_look_built_in(&k, CAPTION_BIG);
	k.spoken = 0x203040;
	ok(caption_look_check(&k, "mine", "calm", &e) < 0 &&
	    strstr(e.msg, "spoken word"), "%s", e.msg);
	caption_look_built_in(&k, CAPTION_KARAOKE);
	k.spoken = 0x203040;
	ok(caption_look_check(&k, "mine", "calm", &e) == 0,
	    "a dark plate takes light letters");
}

static void
key_of(const struct film *f, struct strbuf *out)
{
	struct timeline t;
	struct err e = ERR_INIT;

	strbuf_reset(out);
	if (timeline_make(&t, f, &e) < 0 ||
	    caption_key(f, &t, 0, out, &e) < 0)
		printf("# %s\n", e.msg);
	timeline_release(&t);
}

static void
test_key(void)
{
	struct film f;
	struct film_scene s;
	struct caption_look k, was;
	struct strbuf a = STRBUF_INIT, b = STRBUF_INIT;
	int i, same = 0;

	make(&f, &s, "youtube", "en", texts[0].text);
	caption_look_built_in(&k, CAPTION_KARAOKE);
	was = k;
	f.look = &k;
	key_of(&f, &a);
	for (i = 0; i < 16; i++) {
		k = was;
		switch (i) {
		case 0: k.family = "Inter"; break;
		case 1: k.font_file = "a.ttf"; k.font_sha256 = "12"; break;
		case 2: k.weight = 400; break;
		case 3: k.size = 0.06; break;
		case 4: k.colour = 0; break;
		case 5: k.spoken = 0xffffff; break;
		case 6: k.outline_colour = 1; break;
		case 7: k.plate_colour = 1; break;
		case 8: k.outline = 0.08; break;
		case 9: k.plate = 0.5; break;
		case 10: k.shadow = 0.1; break;
		case 11: k.y = 0.5; break;
		case 12: k.anchor = CAPTION_TOP; break;
		case 13: k.align = CAPTION_LEFT; break;
		case 14: k.uppercase = 1; break;
		case 15: k.words = 3; break;
		}
		key_of(&f, &b);
		if (!strcmp(a.buf, b.buf)) {
			printf("# change %d is not in the key\n", i);
			same++;
		}
	}
	ok(!same, "every change of a style is in the key");
	strbuf_release(&a);
	strbuf_release(&b);
}

static void
capitals(const char *language, const char *text, const char *want)
{
	struct caption_span word = { 0, strlen(text) }, out;
	char *up = caption_capitals(text, &word, 1, language, &out);

	is(up, want, text);
	ok(out.off == 0 && out.len == strlen(want), "and its place");
	free(up);
}

/* Where each word stands on a line, from the left. */
static void
test_order(void)
{
	static const char text[] = "الحوت (Blue Whale) 150";
	static const struct caption_span word[] = { { 0, 10 }, { 11, 5 },
		{ 17, 6 }, { 24, 3 } };
	static const long want[] = { 3, 2, 1, 2, 1, 0 };
	struct font_set *fonts = font_set_new(NULL);
	struct caption_look k;
	struct caption_spec q;
	struct caption_draw *d;
	struct err e = ERR_INIT;
	size_t i, bad = 0;

	caption_look_built_in(&k, CAPTION_KARAOKE);
	memset(&q, 0, sizeof(q));
	q.look = &k;
	q.w = 1280;
	q.h = 720;
	q.language = "ar";
	q.size = 40;
	q.right = 1280;
	q.bottom = q.floor = 700;
	q.middle = -1;
	if (!ok(caption_draw_new(&d, fonts, &q, text, word, 4, &e) == 0,
	    "laid out %s", e.msg))
		return;
	for (i = 0; i < d->nr; i++) {
		printf("# word %ld at %.0f, %.0f wide%s\n", d->run[i].word,
		    d->run[i].x, d->run[i].w, d->run[i].minor ? ", minor" :
		    "");
		bad += i >= 6 || d->run[i].word != want[i];
	}
	ok(d->nr == 6 && !bad, "Latin words in Arabic read from the left, "
	    "their brackets round them");
	ok(d->nr == 6 && d->run[1].minor && d->run[4].minor &&
	    !d->run[2].minor, "a bracket away from its word is not marked");
	caption_draw_free(d);
	font_set_free(fonts);
}

int
main(void)
{
	int i;

	for (i = 0; i < 4; i++) {
		test_safe("youtube", i);
		test_safe("tiktok", i);
	}
	test_safe("linkedin", CAPTION_BOX);
	test_safe("reels", CAPTION_BIG);
	test_safe("square", CAPTION_KARAOKE);
	test_places();
	test_refused();
	test_key();
	capitals("de", "große Straße", "GROSSE STRASSE");
	capitals("tr", "ışık iyi", "IŞIK İYİ");
	capitals("en", "icy", "ICY");
	capitals("el", "Ο άνθρωπος ΐ", "Ο ΑΝΘΡΩΠΟΣ Ϊ");
	capitals("ar", "قهوة", "قهوة");
	capitals("hi", "स्त्री", "स्त्री");
	test_order();
	return done_testing();
}
