/* SubRip and WebVTT byte for byte, and that their times agree. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "render/sidecar.h"
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
	strbuf_release(&b);
	cue_list_release(&l);
	return done_testing();
}
