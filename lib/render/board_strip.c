#include "render/board_part.h"

#define BAR_MOST 24 /* scenes; with more only those that need attention */

static void
legend(struct strbuf *o, const struct board *b)
{
	static const enum board_level order[] = { BOARD_FAILED,
		BOARD_MISSING, BOARD_POINTER, BOARD_STALE, BOARD_MODIFIED,
		BOARD_WARNING, BOARD_ABSENT };
	size_t i, k, any = 0, n;

	strbuf_addstr(o, "<p class=\"legend\">");
	for (k = 0; k < sizeof(order) / sizeof(*order); k++) {
		for (i = n = 0; i < b->nr; i++)
			n += b->scene[i].levels >> order[k] & 1;
		if (n)
			board_glyph(o, order[k], board_level_word(order[k]));
		any += n;
	}
	strbuf_addstr(o, any ? "<span>unmarked is fresh</span>" :
	    "<span>all fresh</span>");
	strbuf_addstr(o, "</p>");
}

/* All states of a scene, the worst first, as glyphs that are read out. */
static void
glyphs(struct strbuf *o, const struct board_scene *s)
{
	int k;

	for (k = BOARD_LEVELS - 1; k > BOARD_FRESH; k--) {
		if (!(s->levels >> k & 1))
			continue;
		strbuf_addch(o, ' ');
		board_glyph(o, (enum board_level)k, NULL);
		strbuf_addf(o, "<span class=\"vh\"> %s</span>",
		    board_level_word((enum board_level)k));
	}
}

static void
tile(struct strbuf *o, const struct board *b, size_t i)
{
	const struct board_scene *s = &b->scene[i];
	const char *level = board_level_name(s->level);
	double seconds = s->to - s->from;

	strbuf_addf(o, "<li class=\"tile t%zu %s\"><a href=\"#s%zu\" "
	    "class=\"%s\"><span class=\"pic%s\">", i + 1, level, i + 1, level,
	    s->thumb.len ? "" : " none");
	if (s->thumb.len)
		strbuf_addf(o, "<img src=\"%s\" alt=\"\">", s->thumb.buf);
	strbuf_addf(o, "</span><span class=\"edge\"></span>"
	    "<span class=\"lab\"><b><span class=\"vh\">Scene </span>%zu</b>",
	    i + 1);
	glyphs(o, s);
	strbuf_addf(o, "<span class=\"sec\">%.1f s</span></span>", seconds);
	if (s->wave)
		strbuf_addf(o, "<svg class=\"wave\" viewBox=\"0 0 %d 32\" "
		    "preserveAspectRatio=\"none\" aria-hidden=\"true\"><use "
		    "href=\"#w%zu\"/></svg>", BOARD_WAVE, i + 1);
	else
		strbuf_addstr(o, "<span class=\"wave\"></span>");
	strbuf_addstr(o, "</a></li>\n");
}

static void
card_tile(struct strbuf *o, const struct board_card *c)
{
	const char *name = c->card == FILM_END ? "End" : "Title";

	if (c->card == FILM_SCENE)
		return;
	strbuf_addf(o, "<li class=\"tile tc%d fresh\"><a href=\"#fh\" "
	    "class=\"fresh\"><span class=\"pic%s\">", c->card,
	    c->picture.len ? "" : " none");
	if (c->picture.len)
		strbuf_addf(o, "<img src=\"%s\" alt=\"\">", c->picture.buf);
	strbuf_addf(o, "</span><span class=\"edge\"></span>"
	    "<span class=\"lab\"><b>%s</b><span class=\"sec\">%.1f s</span>"
	    "</span><span class=\"wave\"></span></a></li>\n", name,
	    c->to - c->from);
}

void
board_strip(struct strbuf *o, const struct board *b)
{
	double total, step = board_tick(b);
	size_t i;

	if (!b->has_time)
		return;
	total = timeline_seconds(&b->time, b->time.frames);
	strbuf_addstr(o, "<section class=\"time\" aria-labelledby=\"th\">\n"
	    "<div class=\"cap\"><h2 id=\"th\">Timeline</h2>");
	legend(o, b);
	strbuf_addstr(o, "</div>\n<div class=\"strip\" tabindex=\"0\" "
	    "role=\"group\" aria-label=\"Scenes to scale\">"
	    "<div class=\"in-wrap\"><ol class=\"in\">\n");
	card_tile(o, &b->card[0]);
	for (i = 0; i < b->video->nr; i++)
		tile(o, b, b->video->scene[i]);
	card_tile(o, &b->card[1]);
	strbuf_addstr(o, "</ol>\n<div class=\"ruler\" aria-hidden=\"true\">");
	for (i = 0; step * (double)i < total * 0.97; i++) {
		strbuf_addf(o, "<span class=\"tick k%zu%s\">", i,
		    i % 2 ? " odd" : "");
		board_clock(o, step * (double)i, 0);
		strbuf_addstr(o, "</span>");
	}
	strbuf_addstr(o, "</div></div></div>\n</section>\n");
}

static void
choice(struct strbuf *o, const char *kind, const char *name, const char *id,
    const char *label, int on)
{
	strbuf_addf(o, "<label><input type=\"%s\" name=\"%s\" id=\"%s\"%s>"
	    "<span>%s</span></label>", kind, name, id, on ? " checked" : "",
	    label);
}

static void
filters(struct strbuf *o, const struct board *b)
{
	struct strbuf label = STRBUF_INIT;
	size_t i, attention = 0, takes = 0;

	for (i = 0; i < b->nr; i++) {
		attention += b->scene[i].level > BOARD_ABSENT;
		takes += b->scene[i].take_nr > 1;
	}
	strbuf_addstr(o, "<fieldset><legend>Show</legend>");
	strbuf_addf(&label, "All %zu", b->nr);
	choice(o, "radio", "f", "f-all", label.buf, 1);
	strbuf_reset(&label);
	strbuf_addf(&label, "Needs attention %zu", attention);
	choice(o, "radio", "f", "f-att", label.buf, 0);
	strbuf_reset(&label);
	strbuf_addf(&label, "With takes %zu", takes);
	choice(o, "radio", "f", "f-tak", label.buf, 0);
	strbuf_addstr(o, "</fieldset>\n<fieldset><legend>On pictures"
	    "</legend>");
	choice(o, "checkbox", "o1", "o-mot", "Motion", 1);
	choice(o, "checkbox", "o2", "o-saf", "Safe area", 1);
	choice(o, "checkbox", "o3", "o-cue", "Caption", 0);
	strbuf_addstr(o, "</fieldset>\n");
	strbuf_release(&label);
}

void
board_bar(struct strbuf *o, const struct board *b)
{
	const struct board_scene *s;
	size_t i;

	if (!b->nr)
		return;
	strbuf_addstr(o, "<nav class=\"bar\" aria-label=\"Scenes\">\n<ol>");
	for (i = 0; i < b->nr; i++) {
		s = &b->scene[i];
		if (b->nr > BAR_MOST && s->level <= BOARD_ABSENT)
			continue;
		strbuf_addf(o, "<li><a href=\"#s%zu\"><span class=\"vh\">"
		    "Scene </span>%zu", i + 1, i + 1);
		if (s->level > BOARD_ABSENT)
			glyphs(o, s);
		strbuf_addstr(o, "</a></li>");
	}
	strbuf_addstr(o, "</ol>\n");
	filters(o, b);
	strbuf_addstr(o, "</nav>\n");
}
