#include <string.h>

#include "base/file.h"
#include "base/path.h"
#include "render/board_part.h"

static enum board_level
film_level(const struct asset_state *a)
{
	switch (a->state) {
	case STATE_FRESH:
		return BOARD_FRESH;
	case STATE_MODIFIED:
		return BOARD_MODIFIED;
	case STATE_FAILED:
		return BOARD_FAILED;
	case STATE_MISSING:
		return BOARD_MISSING;
	case STATE_POINTER:
		return BOARD_POINTER;
	case STATE_ABSENT:
		return BOARD_ABSENT;
	default:
		return BOARD_STALE;
	}
}

static const char *
ending(const struct video *v)
{
	return v->pictures ? "mp4" : "m4a";
}

static int
is_there(const struct asset_state *a)
{
	return a->media && a->state != STATE_POINTER &&
	    file_exists(a->media);
}

static void
player(struct strbuf *o, const struct board *b, const struct asset_state *a)
{
	if (!b->video->pictures) {
		strbuf_addstr(o, "<audio id=\"film\" controls "
		    "preload=\"none\" aria-label=\"The film\" src=\"");
		board_file_url(o, b, a->media);
		strbuf_addstr(o, "\"></audio>\n");
		return;
	}
	strbuf_addstr(o, "<video id=\"film\" controls preload=\"none\" "
	    "aria-label=\"The film\"");
	if (b->poster.len)
		strbuf_addf(o, " poster=\"%s\"", b->poster.buf);
	strbuf_addstr(o, "><source src=\"");
	board_file_url(o, b, a->media);
	strbuf_addstr(o, "\" type=\"video/mp4\">");
	if (b->captions.len) {
		strbuf_addf(o, "<track kind=\"captions\" srclang=\"%s\" "
		    "label=\"", b->video->language);
		board_text(o, board_language(b->video->language));
		strbuf_addf(o, "\" src=\"%s\">", b->captions.buf);
	}
	strbuf_addstr(o, "</video>\n");
}

/* What its record says: time, length, size, loudness. */
static void
facts(struct strbuf *o, const struct asset_state *a)
{
	const char *at = node_str(a->rec.doc, "updatedAt", "");
	const char *lufs = node_str(a->rec.doc, "loudness", NULL);

	strbuf_addstr(o, "<p class=\"small\">Made ");
	board_text_cut(o, at, 10);
	if (strlen(at) > 16) {
		strbuf_setlen(o, o->len - 3); /* the ellipsis */
		strbuf_addf(o, ", %.5s UTC", at + 11);
	}
	if (a->rec.seconds > 0) {
		strbuf_addstr(o, ". ");
		board_clock(o, a->rec.seconds, 0);
	}
	if (a->rec.bytes)
		strbuf_addf(o, ", %.1f MB", (double)a->rec.bytes / 1e6);
	if (lufs) {
		strbuf_addstr(o, ", ");
		board_text_cut(o, lufs, 12);
		strbuf_addstr(o, " LUFS");
	}
	strbuf_addstr(o, ".</p>\n");
}

static void
links(struct strbuf *o, const struct board *b, const struct asset_state *a)
{
	strbuf_addstr(o, "<p class=\"links small\"><a href=\"");
	board_file_url(o, b, a->media);
	strbuf_addstr(o, "\">Open film</a>");
	if (b->captions.len) {
		strbuf_addf(o, "<a href=\"%svideo/%s.%s.vtt\">Captions, ",
		    b->media, b->video->name, b->video->language);
		board_text(o, board_language(b->video->language));
		strbuf_addstr(o, "</a>");
	}
	if (node_str(a->rec.doc, "audio", NULL))
		strbuf_addf(o, "<a href=\"%svideo/%s.m4a\">Sound</a>",
		    b->media, b->video->name);
	strbuf_addstr(o, "</p>\n");
}

static void
other_films(struct strbuf *o, const struct board *b)
{
	size_t i;

	for (i = 1; i < b->project->video_nr; i++) {
		strbuf_addstr(o, "<p class=\"small\">");
		if (is_there(&b->films[i])) {
			strbuf_addstr(o, "<a href=\"");
			board_file_url(o, b, b->films[i].media);
			strbuf_addf(o, "\">%s.%s</a> ",
			    b->project->video[i].name,
			    ending(&b->project->video[i]));
		} else {
			strbuf_addf(o, "%s.%s ", b->project->video[i].name,
			    ending(&b->project->video[i]));
		}
		board_glyph(o, film_level(&b->films[i]),
		    state_name(b->films[i].state));
		strbuf_addstr(o, "</p>\n");
	}
}

void
board_film(struct strbuf *o, const struct board *b)
{
	const struct asset_state *a = &b->films[0];

	strbuf_addstr(o, "<section class=\"film\" aria-labelledby=\"fh\">\n");
	if (is_there(a))
		player(o, b, a);
	else
		strbuf_addstr(o, "<div class=\"nofilm\"><p>No film yet</p>"
		    "<p><code>make</code></p></div>\n");
	strbuf_addf(o, "<h2 id=\"fh\">%s.%s ", b->video->name,
	    ending(b->video));
	board_glyph(o, film_level(a), state_name(a->state));
	strbuf_addstr(o, "</h2>\n");
	if (a->rec.doc)
		facts(o, a);
	if (a->state == STATE_STALE)
		strbuf_addf(o, "<p class=\"small\">%zu input%s newer than "
		    "the film.</p>\n", a->changes.nr,
		    a->changes.nr == 1 ? " is" : "s are");
	if (is_there(a))
		links(o, b, a);
	other_films(o, b);
	strbuf_addstr(o, "</section>\n");
}
