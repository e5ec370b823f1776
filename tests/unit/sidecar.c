/* SubRip and WebVTT byte for byte, and that their times agree. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "render/sidecar.h"
#include "render/sidecar_ass.h"
#include "render/timeline.h"
#include "tap.h"

static void
add(struct cue_list *l, long start, long end, const char *text)
{
	struct cue *c;
	const char *p;

	ALLOC_GROW(l->cue, l->nr, l->alloc);
	c = &l->cue[l->nr++];
	memset(c, 0, sizeof(*c));
	c->start = start;
	c->end = end;
	c->text = xstrdup(text);
	c->word = l->word_nr;
	for (p = text; *p; p += strspn(p, " \n")) {
		struct cue_word *w;

		ALLOC_GROW(l->word, l->word_nr, l->word_alloc);
		w = &l->word[l->word_nr++];
		w->off = (size_t)(p - text);
		w->len = strcspn(p, " \n");
		w->start = start * 1000 / 30 + 400 * (long)c->word_nr++;
		w->end = w->start + 300;
		p += w->len;
	}
}

/* A film whose one cue has braces, a backslash and two lines. */
static void
test_ass(const char *style, const char *text, const char *want)
{
	static const char head[] = "[Script Info]\nTitle: A B\n"
	    "ScriptType: v4.00+\nPlayResX: 1920\nPlayResY: 1080\n";
	struct cue_list l = CUE_LIST_INIT;
	struct film_scene s;
	struct film f;
	struct timeline t;
	struct strbuf b = STRBUF_INIT;
	struct err e = ERR_INIT;
	const char *line;

	memset(&f, 0, sizeof(f));
	memset(&s, 0, sizeof(s));
	s.text = s.spoken = text;
	s.audio = "x";
	s.audio_seconds = 4;
	s.language = f.language = "en";
	f.name = f.preset = "youtube";
	f.title = "A\nB";
	f.tone = "calm";
	f.caption_style = style;
	f.scene = &s;
	f.nr = 1;
	l.fps = 30;
	add(&l, 6, 60, text);
	ok(timeline_make(&t, &f, &e) == 0 && sidecar_ass(&l, &f, &t, &b,
	    &e) == 0, "ASS %s", e.msg);
	ok(!strncmp(b.buf, head, strlen(head)), "its head");
	line = strstr(b.buf, "Dialogue: ");
	is(line ? line : "", want, style);
	strbuf_release(&b);
	cue_list_release(&l);
	timeline_release(&t);
}

int
main(void)
{
	struct cue_list l = CUE_LIST_INIT;
	struct strbuf b = STRBUF_INIT;

	l.fps = 30;
	ok(sidecar_ms(1, 30) == 33 && sidecar_ms(2, 30) == 67 &&
	    sidecar_ms(25, 30) == 833 && sidecar_ms(108000, 30) == 3600000,
	    "frames to milliseconds, to the nearest");
	add(&l, 6, 60, "Salt & <b>pepper</b>");
	add(&l, 62, 130, "one --> two\n{\\an8} three");
	add(&l, 30 * 3661, 30 * 3661 + 40, "late");
	sidecar_srt(&l, &b);
	is(b.buf,
	    "1\n00:00:00,200 --> 00:00:02,000\n"
	    "Salt & \xE2\x80\xB9" "b\xE2\x80\xBApepper\xE2\x80\xB9/b"
	    "\xE2\x80\xBA\n\n"
	    "2\n00:00:02,067 --> 00:00:04,333\n"
	    "one --\xE2\x80\xBA two\n{an8} three\n\n"
	    "3\n01:01:01,000 --> 01:01:02,333\nlate\n",
	    "SubRip, without anything a player would take for markup");
	strbuf_reset(&b);
	sidecar_vtt(&l, 0, &b);
	is(b.buf,
	    "WEBVTT\n\n"
	    "00:00:00.200 --> 00:00:02.000 line:84% position:50%\n"
	    "Salt <00:00:00.600>&amp; <00:00:01.000>&lt;b&gt;pepper"
	    "&lt;/b&gt;\n\n"
	    "00:00:02.067 --> 00:00:04.333 line:84% position:50%\n"
	    "one <00:00:02.466>--&gt; <00:00:02.866>two\n"
	    "<00:00:03.266>{\\an8} <00:00:03.666>three\n\n"
	    "01:01:01.000 --> 01:01:02.333 line:84% position:50%\nlate\n",
	    "WebVTT, with word times");
	strbuf_reset(&b);
	sidecar_vtt(&l, 1, &b);
	ok(strstr(b.buf, " line:60% position:46%\n") != NULL,
	    "vertical: above the buttons");
	test_ass("karaoke", "one {\\an8}\ntwo", "Dialogue: 0,0:00:00.20,"
	    "0:00:02.00,Default,,0,0,0,,{\\k40}one {\\k40}\\{\\\xE2\x81\xA0"
	    "an8\\}\\N{\\k100}two\n");
	test_ass("big", "straße", "Dialogue: 0,0:00:00.20,0:00:02.00,Default,"
	    ",0,0,0,,{\\k180}STRASSE\n");
	test_ass("karaoke", "قهوة Mocha", "Dialogue: 0,0:00:00.20,0:00:02.00,"
	    "Default,,0,0,0,,قهوة Mocha\n");
	strbuf_release(&b);
	cue_list_release(&l);
	return done_testing();
}
