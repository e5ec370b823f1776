/*
 * The captions of any text: SubRip and WebVTT are read back here, and have the
 * cues that they were made of.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "render/cues.h"
#include "render/sidecar.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The line at *at, without its end; moves on. NULL at the end. */
static char *
take_line(char **at)
{
	char *line = *at, *end;

	if (!line || !*line)
		return NULL;
	end = strchr(line, '\n');
	if (end)
		*end++ = '\0';
	*at = end;
	return line;
}

static long
ms_of(const char *s, char point)
{
	unsigned h, m, sec, ms;
	char c;

	if (sscanf(s, "%2u:%2u:%2u%c%3u", &h, &m, &sec, &c, &ms) != 5 ||
	    c != point || m > 59 || sec > 59)
		abort();
	return (long)(((h * 60 + m) * 60 + sec) * 1000 + ms);
}

static void
check_times(const char *line, char point, const struct cue_list *l,
    const struct cue *c)
{
	if (strlen(line) < 29 || strncmp(line + 12, " --> ", 5) != 0 ||
	    ms_of(line, point) != sidecar_ms(c->start, l->fps) ||
	    ms_of(line + 17, point) != sidecar_ms(c->end, l->fps) ||
	    ms_of(line, point) >= ms_of(line + 17, point))
		abort();
}

/* The lines of a cue: as many as it has, none of them empty, nothing in them
 * that players take for markup. */
static void
check_lines(char **at, const struct cue *c, const char *markup)
{
	const char *p;
	char *line;
	size_t lines = 1;

	for (p = c->text; (p = strchr(p, '\n')); p++)
		lines++;
	while (lines--) {
		line = take_line(at);
		if (!line || !*line || strstr(line, "-->") ||
		    strpbrk(line, markup) || strchr(line, '\r'))
			abort();
	}
	line = take_line(at);
	if (line && *line)
		abort();
}

static void
read_srt(const struct cue_list *l)
{
	struct strbuf b = STRBUF_INIT;
	char *at, *line;
	size_t i;

	sidecar_srt(l, &b);
	if (utf8_check(b.buf, b.len) != b.len)
		abort();
	at = b.buf;
	for (i = 0; i < l->nr; i++) {
		line = take_line(&at);
		if (!line || strtoul(line, NULL, 10) != i + 1)
			abort();
		line = take_line(&at);
		if (!line)
			abort();
		check_times(line, ',', l, &l->cue[i]);
		check_lines(&at, &l->cue[i], "<>");
	}
	strbuf_release(&b);
}

static void
read_vtt(const struct cue_list *l)
{
	struct strbuf b = STRBUF_INIT;
	char *at, *line;
	size_t i;

	sidecar_vtt(l, 0, &b);
	at = b.buf;
	if (strcmp(take_line(&at), "WEBVTT") != 0)
		abort();
	take_line(&at);
	for (i = 0; i < l->nr; i++) {
		line = take_line(&at);
		if (!line)
			abort();
		check_times(line, '.', l, &l->cue[i]);
		check_lines(&at, &l->cue[i], "");
	}
	strbuf_release(&b);
}

/* Every other byte of the text is in the cues, in order. */
static void
check_words(const struct cue_list *l)
{
	size_t i, k;

	for (i = 0; i < l->nr; i++) {
		const struct cue *c = &l->cue[i];

		if (c->start >= c->end || !*c->text ||
		    (i && c->start < l->cue[i - 1].end) ||
		    c->word + c->word_nr > l->word_nr)
			abort();
		for (k = c->word; k < c->word + c->word_nr; k++)
			if (l->word[k].off + l->word[k].len > strlen(c->text))
				abort();
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const languages[] = { "en", "de", "ja", "zh", "th",
		"ar", "ko", "" };
	struct cue_list l = CUE_LIST_INIT;
	struct cue_place place = { 30, 300, 0 };
	struct cue_rules rules;
	struct film_scene s;
	struct err e = ERR_INIT;
	char *text;

	if (size < 2 || size > 20000)
		return 0;
	text = xmemdup(data + 2, size - 2);
	memset(&s, 0, sizeof(s));
	s.language = languages[data[0] & 7];
	s.text = s.spoken = text;
	s.audio = "x";
	s.audio_seconds = 1 + data[1];
	place.frames = 30 + 30 * data[1];
	l.fps = place.fps;
	if (data[0] & 8)
		cue_rules_groups(s.language, data[0] >> 5, &rules);
	else
		cue_rules_for(s.language, data[0] & 16 ? 1080 : 1920, 1080,
		    &rules);
	if (cues_scene(&s, &place, &rules, 0, &l, &e) == 0) {
		check_words(&l);
		read_srt(&l);
		read_vtt(&l);
	}
	cue_list_release(&l);
	free(text);
	return 0;
}
