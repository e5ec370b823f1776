/* Cues from texts and word times: every rule, on chosen and random texts. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/rng.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "media/segment.h"
#include "render/cue_break.h"
#include "render/cue_times.h"
#include "render/cues.h"
#include "render/timeline.h"
#include "tap.h"

static void
scene_init(struct film_scene *s, const char *text, const char *language,
    double seconds)
{
	memset(s, 0, sizeof(*s));
	s->text = s->spoken = text;
	s->language = language;
	s->audio = "voice.wav";
	s->audio_sha256 = "";
	s->audio_seconds = seconds;
	s->focus_x = s->focus_y = -1;
}

/* Cut one scene with 6 frames before the voice and 6 after. */
static void
cut(const struct film_scene *s, struct cue_list *l, int w, int h)
{
	struct cue_place p = { 30, 0, 200 };
	struct cue_rules r;
	struct err e = ERR_INIT;

	p.frames = 6 + (long)(s->audio_seconds * 30 + 0.999) + 6;
	cue_rules_for(s->language, w, h, &r);
	if (cues_scene(s, &p, &r, 0, l, &e) < 0)
		printf("# %s\n", e.msg);
}

static void
show(const struct cue_list *l)
{
	size_t i;
	const char *p;

	for (i = 0; i < l->nr; i++) {
		printf("# %5ld %5ld  ", l->cue[i].start, l->cue[i].end);
		for (p = l->cue[i].text; *p; p++)
			putchar(*p == '\n' ? '|' : *p);
		putchar('\n');
	}
}

/* 0 when the list keeps all rules; else names the first broken one. */
static const char *
broken(const struct cue_list *l, int columns, long from, long to)
{
	size_t i, x;

	for (i = 0; i < l->nr; i++) {
		const struct cue *c = &l->cue[i];
		const char *nl = strchr(c->text, '\n');
		size_t one = nl ? (size_t)(nl - c->text) : strlen(c->text);

		if (!*c->text)
			return "empty";
		if (c->start < from || c->end > to || c->end <= c->start)
			return "outside";
		if (i && c->start - c[-1].end < CUE_GAP)
			return "gap";
		if (c->end - c->start > 7 * l->fps)
			return "long";
		if (nl && strchr(nl + 1, '\n'))
			return "lines";
		if ((int)utf8_columns(c->text, one) > columns || (nl &&
		    (int)utf8_columns(nl + 1, strlen(nl + 1)) > columns))
			return "columns";
		for (x = 0; x < c->word_nr; x++) {
			const struct cue_word *w = &l->word[c->word + x];

			if (w->off + w->len > strlen(c->text) || !w->len)
				return "word place";
			if (w->end < w->start || (x && w->start < w[-1].start))
				return "word time";
		}
	}
	return NULL;
}

/* All the words of the cues, spaces left out, are all of the text. */
static int
whole(const struct cue_list *l, const char *text)
{
	struct strbuf a = STRBUF_INIT, b = STRBUF_INIT;
	size_t i;
	const char *p;
	int same;

	for (i = 0; i < l->nr; i++)
		for (p = l->cue[i].text; *p; p++)
			if (*p != ' ' && *p != '\n')
				strbuf_addch(&a, *p);
	for (p = text; *p; p++)
		if (*p != ' ' && *p != '\n')
			strbuf_addch(&b, *p);
	same = !strcmp(a.buf, b.buf);
	strbuf_release(&a);
	strbuf_release(&b);
	return same;
}

static const struct {
	const char *language, *text;
	double seconds;
	int columns;
} texts[] = {
	{ "en", "The blue whale is the largest animal that has ever lived. It "
	  "can grow to 30 metres, and its heart weighs as much as a small "
	  "car. Every summer, the whales swim thousands of kilometres from "
	  "the warm waters of Costa Rica to the cold seas off Alaska, where "
	  "Dr. Maria Lopez has counted them for twenty years.", 22, 42 },
	{ "de", "Der Blauwal ist das größte Tier, das je gelebt hat. Sein Herz "
	  "wiegt so viel wie ein kleines Auto, und seine Zunge allein ist so "
	  "schwer wie ein Elefant.", 11, 42 },
	{ "zh", "蓝鲸是地球上有史以来最大的动物。它们的心脏和一辆小汽车一样重,每年"
	  "夏天它们都会游数千公里到寒冷的海域觅食。", 14, 32 },
	{ "ja", "シロナガスクジラは地球上で最も大きな動物です。その心臓は小さな車ほど"
	  "の重さがあり、毎年夏になると数千キロを泳ぎます。", 16, 26 },
	{ "ko", "흰긴수염고래는 지구상에서 가장 큰 동물입니다. 그 심장은 작은 자동차만큼 "
	  "무겁고 매년 여름 수천 킬로미터를 헤엄칩니다.", 12, 32 },
	{ "ar", "الحوت الأزرق هو أكبر حيوان عاش على الأرض على الإطلاق، وقلبه يزن مثل "
	  "سيارة صغيرة. في كل صيف تسبح الحيتان آلاف الكيلومترات.", 11, 42 },
	{ "th", "วาฬสีน้ำเงินเป็นสัตว์ที่ใหญ่ที่สุดเท่าที่เคยมีมาบนโลก หัวใจของมันหนักเท่ากับรถยนต์"
	  "ขนาดเล็กคันหนึ่ง", 9, 42 },
	{ "hi", "नीली व्हेल पृथ्वी पर अब तक का सबसे बड़ा जानवर है। उसका दिल एक छोटी "
	  "कार जितना भारी होता है और वह हर गर्मी में हज़ारों किलोमीटर तैरती है।",
	  13, 42 },
	{ "en", "https://example.org/a/very-long-address-without-any-space-"
	  "at-all-that-nobody-would-read-aloud-"
	  "0123456789012345678901234567890123456789"
	  "012345678901234567890123456789", 9, 42 },
};

static void
test_texts(void)
{
	struct film_scene s;
	size_t i;
	const char *why;

	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct cue_list l = CUE_LIST_INIT;

		scene_init(&s, texts[i].text, texts[i].language,
		    texts[i].seconds);
		cut(&s, &l, 1920, 1080);
		show(&l);
		why = broken(&l, texts[i].columns, 0,
		    12 + (long)(texts[i].seconds * 30 + 0.999));
		ok(!why, "%s %zu keeps the rules%s%s", texts[i].language, i,
		    why ? ": " : "", why ? why : "");
		ok(l.nr > 1 && whole(&l, texts[i].text), "%s %zu is whole",
		    texts[i].language, i);
		cue_list_release(&l);
	}
}

/* Texts of random words with random times. */
static void
test_random(void)
{
	static const char *const word[] = { "a", "the", "of", "and", "whale",
	    "Paris", "extraordinary", "12", "km,", "ended.", "why?", "it",
	    "counterrevolutionaries", "鲸鱼", "です。", "ไทยวาฬ", "الحوت", "नमस्ते",
	    "–", "(yes)", "\"no\"", "3.5", "👩‍👩‍👧", "x" };
	struct rng r;
	int run, n, i, bad = 0, lost = 0;
	const char *why = NULL, *first = NULL;

	rng_seed(&r, 7, 1);
	for (run = 0; run < 300; run++) {
		struct strbuf b = STRBUF_INIT;
		struct cue_list l = CUE_LIST_INIT;
		struct word_time *w;
		struct film_scene s;
		double at = 0;

		n = 1 + (int)rng_below(&r, 60);
		w = xcalloc((size_t)n, sizeof(*w));
		for (i = 0; i < n; i++) {
			const char *p = word[rng_below(&r, 24)];

			if (i)
				strbuf_addch(&b, ' ');
			w[i].off = b.len;
			w[i].len = strlen(p);
			strbuf_addstr(&b, p);
			w[i].start = at;
			at += rng_range(&r, 0.12, 0.6);
			w[i].end = at;
			at += rng_below(&r, 8) ? 0.02 : rng_range(&r, 0, 2);
		}
		scene_init(&s, b.buf, "en", at);
		s.word = w;
		s.word_nr = (size_t)n;
		cut(&s, &l, 1080, run % 2 ? 1920 : 720);
		why = broken(&l, run % 2 ? 32 : 42, 0,
		    12 + (long)(at * 30 + 0.999));
		if (why && !bad++)
			first = why;
		lost += !whole(&l, b.buf);
		cue_list_release(&l);
		strbuf_release(&b);
		free(w);
	}
	ok(!bad, "300 random texts keep the rules%s%s", first ? ": " : "",
	    first ? first : "");
	ok(!lost, "and none of their words is lost");
}

static const char *
line(const struct cue_list *l, size_t i)
{
	return i < l->nr ? l->cue[i].text : "";
}

static void
test_breaks(void)
{
	struct film_scene s;
	struct cue_list l = CUE_LIST_INIT;
	struct cue_tokens k;

	scene_init(&s, "The valley keeps its own kind of time, and the river "
	    "knows it.", "en", 5);
	cut(&s, &l, 1920, 1080);
	is(line(&l, 0), "The valley keeps its own kind of time,\n"
	    "and the river knows it.", "a line ends at the comma");
	cue_list_release(&l);
	scene_init(&s, "We crossed the river near Buenos Aires in the spring "
	    "of a year", "en", 5);
	cut(&s, &l, 1920, 1080);
	is(line(&l, 0), "We crossed the river near Buenos Aires\n"
	    "in the spring of a year", "before a preposition, not in a name");
	cue_list_release(&l);
	cue_tokens_read(&k, "The 30 km walk with Mr. Fox was a joy", 42, "en",
	    NULL);
	ok(cue_break_cost(&k, 1, "en") == 40, "never after an article");
	ok(cue_break_cost(&k, 2, "en") == 40, "never between number and unit");
	ok(cue_break_cost(&k, 6, "en") == 40, "never after Mr.");
	cue_tokens_release(&k);
	ok(cue_stop_of("end.\xE2\x80\x9D", 7) == CUE_STOP_SENTENCE,
	    "a quote may follow the full stop");
	ok(cue_stop_of("Dr.", 3) == CUE_STOP_NONE, "Dr. ends no sentence");
}

/* "nginx" is spoken "engine x", "&" is spoken "and". */
static void
test_say(void)
{
	static const char spoken[] = "The engine x server and the cache run";
	static const struct word_time w[] = {
		{ 0.1, 0.3, 0, 3 }, { 0.3, 0.8, 4, 6 }, { 0.8, 1.1, 11, 1 },
		{ 1.1, 1.6, 13, 6 }, { 1.6, 1.8, 20, 3 }, { 1.8, 1.9, 24, 3 },
		{ 1.9, 2.4, 28, 5 }, { 2.4, 2.8, 34, 3 },
	};
	struct film_scene s;
	struct cue_list l = CUE_LIST_INIT;

	scene_init(&s, "The nginx server & the cache run", "en", 3);
	s.spoken = spoken;
	s.word = w;
	s.word_nr = 8;
	cut(&s, &l, 1920, 1080);
	ok(l.nr == 1 && l.word_nr == 7, "one cue of seven words");
	ok(l.word[0].start == 300 && l.word[2].start == 1300 &&
	    l.word[6].end == 3000, "known words have the voice's times");
	ok(l.word[1].start == 500 && l.word[1].end == 1300,
	    "an unknown word has the time between");
	ok(l.word[3].start == 1800 && l.word[3].end == 2000, "so has a sign");
	ok(l.cue[0].start == 9, "the cue starts with its first word");
	cue_list_release(&l);
}

static void
test_bad(void)
{
	static const struct word_time w[] = {
		{ -5, 1e300, 0, 3 }, { 2, 1, 4, 2 }, { 0, 0, 900, 5 },
		{ 0.0 / 1, 9e9, 7, (size_t)-1 },
	};
	struct film_scene s;
	struct cue_list l = CUE_LIST_INIT;
	struct cue_rules r;
	struct cue_place p = { 30, 100, 0 };
	struct err e = ERR_INIT;
	const char *why;

	scene_init(&s, "One two three four", "en", 3);
	s.word = w;
	s.word_nr = 4;
	cut(&s, &l, 1920, 1080);
	why = broken(&l, 42, 0, 102);
	ok(!why && whole(&l, s.text), "senseless word times: %s",
	    why ? why : "fine");
	cue_list_release(&l);
	scene_init(&s, "broken \xFF text", "en", 3);
	cue_rules_for("en", 1920, 1080, &r);
	ok(cues_scene(&s, &p, &r, 4, &l, &e) < 0 && e.code == EX_DATA &&
	    !strncmp(e.msg, "text: not UTF-8 at byte 7", 25),
	    "broken text is refused: %s", e.msg);
	scene_init(&s, " \n\t ", "en", 3);
	ok(cues_scene(&s, &p, &r, 0, &l, &e) == 0 && l.nr == 0,
	    "white space gives no cue");
	scene_init(&s, "A title", "en", 3);
	s.card = FILM_TITLE;
	ok(cues_scene(&s, &p, &r, 0, &l, &e) == 0 && l.nr == 0,
	    "nor does a title card");
	cue_list_release(&l);
}

static void
test_film(void)
{
	struct film f;
	struct film_scene s[4];
	struct timeline t;
	struct cue_list l = CUE_LIST_INIT;
	struct err e = ERR_INIT;
	const char *why;
	size_t i, music = 0, brief = 0;

	memset(&f, 0, sizeof(f));
	scene_init(&s[0], "No.", "en", 0.35);
	scene_init(&s[1], "Yes.", "en", 0.3);
	scene_init(&s[2], "", "en", 0);
	s[2].audio = NULL;
	s[2].seconds = 9;
	scene_init(&s[3], "The sea is calm tonight, and nobody speaks.", "en",
	    3);
	f.name = f.preset = "youtube";
	f.language = "en";
	f.music.path = "music.ogg";
	f.scene = s;
	f.nr = 4;
	if (!ok(timeline_make(&t, &f, &e) == 0, "timeline %s", e.msg))
		return;
	ok(cues_film(&f, &t, &l, &e) == 0, "cues of a film");
	show(&l);
	why = broken(&l, 42, 0, (long)t.frames);
	ok(!why, "keep the rules across scenes: %s", why ? why : "yes");
	for (i = 0; i < l.nr; i++) {
		music += l.cue[i].music != 0;
		brief += l.cue[i].end - l.cue[i].start < 25;
	}
	ok(music == 1, "the silent scene is [music], once");
	ok(!brief, "no cue under 5/6 s, though two scenes are");
	cue_list_release(&l);
	timeline_release(&t);
}

int
main(void)
{
	test_texts();
	test_random();
	test_breaks();
	test_say();
	test_bad();
	test_film();
	return done_testing();
}
