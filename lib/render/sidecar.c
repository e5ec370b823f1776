#include "render/sidecar.h"

#include <string.h>

long
sidecar_ms(long frames, int fps)
{
	return (long)(((long long)frames * 2000 + fps) / (2 * fps));
}

static void
add_time(struct strbuf *b, long ms, char point)
{
	strbuf_addf(b, "%02ld:%02ld:%02ld%c%03ld", ms / 3600000,
	    ms / 60000 % 60, ms / 1000 % 60, point, ms % 1000);
}

static void
add_span(struct strbuf *b, const struct cue_list *l, const struct cue *c,
    char point)
{
	add_time(b, sidecar_ms(c->start, l->fps), point);
	strbuf_addstr(b, " --> ");
	add_time(b, sidecar_ms(c->end, l->fps), point);
}

/* SubRip has no escapes, and players take <...> and {\...} for markup: angle
 * quotes stand for the brackets, and the backslash goes. */
static void
add_plain(struct strbuf *b, const char *s)
{
	for (; *s; s++)
		if (*s == '<')
			strbuf_addstr(b, "\xE2\x80\xB9");
		else if (*s == '>')
			strbuf_addstr(b, "\xE2\x80\xBA");
		else if (*s != '\\' || b->buf[b->len - 1] != '{')
			strbuf_addch(b, *s);
}

void
sidecar_srt(const struct cue_list *l, struct strbuf *out)
{
	size_t i;

	for (i = 0; i < l->nr; i++) {
		strbuf_addf(out, "%s%zu\n", i ? "\n" : "", i + 1);
		add_span(out, l, &l->cue[i], ',');
		strbuf_addch(out, '\n');
		add_plain(out, l->cue[i].text);
		strbuf_addch(out, '\n');
	}
}

static void
add_escaped(struct strbuf *b, const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		switch (s[i]) {
		case '&':
			strbuf_addstr(b, "&amp;");
			break;
		case '<':
			strbuf_addstr(b, "&lt;");
			break;
		case '>':
			strbuf_addstr(b, "&gt;");
			break;
		default:
			strbuf_addch(b, s[i]);
		}
}

/* The cue's text with a time before each word that begins later than the one
 * before; a time tag must lie inside the cue and times must grow. */
static void
add_timed(struct strbuf *b, const struct cue_list *l, const struct cue *c)
{
	long at = sidecar_ms(c->start, l->fps), end = sidecar_ms(c->end,
	    l->fps);
	size_t i, done = 0;

	for (i = 0; i < c->word_nr; i++) {
		const struct cue_word *w = &l->word[c->word + i];

		add_escaped(b, c->text + done, w->off - done);
		if (i && w->start > at && w->start < end) {
			strbuf_addch(b, '<');
			add_time(b, w->start, '.');
			strbuf_addch(b, '>');
			at = w->start;
		}
		add_escaped(b, c->text + w->off, w->len);
		done = w->off + w->len;
	}
	add_escaped(b, c->text + done, strlen(c->text) - done);
}

void
sidecar_vtt(const struct cue_list *l, int vertical, struct strbuf *out)
{
	size_t i;

	strbuf_addstr(out, "WEBVTT\n");
	for (i = 0; i < l->nr; i++) {
		strbuf_addch(out, '\n');
		add_span(out, l, &l->cue[i], '.');
		strbuf_addstr(out, vertical ? " line:60% position:46%\n" :
		    " line:84% position:50%\n");
		add_timed(out, l, &l->cue[i]);
		strbuf_addch(out, '\n');
	}
}
