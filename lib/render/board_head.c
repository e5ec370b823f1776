#include <stdio.h>
#include <string.h>

#include "base/path.h"
#include "render/board_part.h"
#include "text/target.h"

#define ROWS_MOST 12
#define WHY_MOST 160 /* characters */

static void
figure(struct strbuf *o, const char *name, const char *value, const char *of)
{
	strbuf_addf(o, "<div><dt>%s</dt><dd>%s<span class=\"of\">%s</span>"
	    "</dd></div>", name, value, of);
}

static double
film_seconds(const struct board *b)
{
	return b->has_time ? timeline_seconds(&b->time, b->time.frames) : 0;
}

/* "of 0:52 planned", or nothing. */
static void
planned(const struct board *b, struct strbuf *o)
{
	struct target t;
	struct err e;

	if (target_parse(b->project->target_length, "", &t, &e) < 0)
		return;
	if (t.seconds > 0) {
		strbuf_addstr(o, "of ");
		board_clock(o, t.seconds, 0);
		strbuf_addstr(o, " planned");
	} else if (t.words) {
		strbuf_addf(o, "of %zu words planned", t.words);
	}
}

static void
figures(struct strbuf *o, const struct board *b)
{
	struct strbuf v = STRBUF_INIT, of = STRBUF_INIT;
	size_t i, words = 0, timed = 0, attention = 0;
	double spoken = 0;

	for (i = 0; i < b->nr; i++) {
		words += b->scene[i].words;
		spoken += b->scene[i].seconds;
		if (b->scene[i].seconds > 0)
			timed += b->scene[i].words;
		attention += b->scene[i].level > BOARD_ABSENT;
	}
	strbuf_addstr(o, "<dl class=\"figures\">");
	board_clock(&v, film_seconds(b), 0);
	planned(b, &of);
	figure(o, "Length", b->has_time ? v.buf : "-", of.buf);
	strbuf_reset(&v);
	strbuf_reset(&of);
	strbuf_addf(&v, "%zu", b->nr);
	if (attention)
		strbuf_addf(&of, "%zu need%s attention", attention,
		    attention == 1 ? "s" : "");
	figure(o, "Scenes", v.buf, of.buf);
	strbuf_reset(&v);
	strbuf_reset(&of);
	strbuf_addf(&v, "%zu", words);
	if (spoken > 0)
		strbuf_addf(&of, "%.0f a minute",
		    (double)timed * 60 / spoken);
	figure(o, "Words", v.buf, of.buf);
	strbuf_reset(&v);
	strbuf_reset(&of);
	strbuf_addf(&v, "%zu", b->fresh);
	strbuf_addf(&of, "of %zu assets", b->assets);
	figure(o, "Fresh", v.buf, of.buf);
	strbuf_addstr(o, "</dl>\n");
	strbuf_release(&v);
	strbuf_release(&of);
}

void
board_head(struct strbuf *o, const struct board *b)
{
	const struct project *p = b->project;

	strbuf_addstr(o, "<header>\n<p class=\"facts\"><span>");
	board_text(o, path_basename(p->root));
	strbuf_addf(o, "</span><span>%s, %d &times; %d</span><span>",
	    b->preset->name, b->has_time ? b->time.width : b->preset->width,
	    b->has_time ? b->time.height : b->preset->height);
	board_text(o, board_language(b->video->language));
	strbuf_addf(o, "</span></p>\n<div><h1 lang=\"%s\" dir=\"auto\">",
	    p->language);
	board_text(o, p->title);
	strbuf_addstr(o, "</h1>");
	if (p->description) {
		strbuf_addf(o, "<p class=\"about\" lang=\"%s\" dir=\"auto\">",
		    p->language);
		board_text(o, p->description);
		strbuf_addstr(o, "</p>");
	}
	strbuf_addstr(o, "</div>\n");
	figures(o, b);
	strbuf_addstr(o, "</header>\n");
}

/* One sentence: can the film be finished? */
static void
sentence(struct strbuf *o, const struct board *b)
{
	static const char *const number[] = { "No", "One", "Two", "Three",
		"Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten" };
	size_t n = b->blocked;

	if (!b->nr)
		strbuf_addstr(o, "There are no scenes yet");
	else if (n && n <= 10)
		strbuf_addf(o, "%s scene%s the film from being finished",
		    number[n], n == 1 ? " keeps" : "s keep");
	else if (n)
		strbuf_addf(o, "%zu scenes keep the film from being "
		    "finished", n);
	else if (!b->has_time)
		strbuf_addstr(o, "The film cannot be laid out");
	else if (b->films[0].state == STATE_FRESH && b->fresh == b->assets &&
	    !b->problem_nr)
		strbuf_addstr(o, "The film is finished and fresh");
	else if (b->films[0].state == STATE_FRESH && b->fresh == b->assets)
		strbuf_addstr(o, "The film is finished; there is something "
		    "to look at");
	else
		strbuf_addstr(o, "Nothing stands in the way: make finishes "
		    "the film");
}

static void
row(struct strbuf *o, const struct board_problem *q)
{
	char first[2] = "";

	strbuf_addstr(o, "<li>");
	board_glyph(o, q->level, NULL);
	if (q->scene == BOARD_NONE)
		strbuf_addstr(o, "<span>Project</span>");
	else
		strbuf_addf(o, "<a href=\"#s%zu\">Scene %zu</a>",
		    q->scene + 1, q->scene + 1);
	strbuf_addf(o, "<span class=\"what\"><b class=\"%s\">",
	    board_level_name(q->level));
	board_text(o, q->what);
	strbuf_addstr(o, ".</b> ");
	first[0] = q->why[0] >= 'a' && q->why[0] <= 'z' ?
	    (char)(q->why[0] - 'a' + 'A') : q->why[0];
	board_text(o, (unsigned char)first[0] < 0x80 ? first : "");
	board_text_cut(o, q->why + ((unsigned char)first[0] < 0x80 &&
	    first[0]), WHY_MOST);
	strbuf_addstr(o, ".</span><span class=\"do\">");
	if (q->command) {
		strbuf_addstr(o, "<code>");
		board_text(o, q->command);
		strbuf_addstr(o, "</code>");
	}
	strbuf_addf(o, "</span><span class=\"cost\">%s</span></li>\n",
	    q->cost);
}

static void
absent_row(struct strbuf *o, const struct board *b)
{
	if (!b->absent && !b->cover_absent)
		return;
	strbuf_addstr(o, "<li>");
	board_glyph(o, BOARD_ABSENT, NULL);
	strbuf_addstr(o, "<span>Project</span><span class=\"what\"><b>Not made "
	    "yet.</b> ");
	if (b->absent)
		strbuf_addf(o, "%zu voice%s or picture%s%s.", b->absent,
		    b->absent == 1 ? "" : "s", b->absent == 1 ? "" : "s",
		    b->cover_absent ? ", and the cover" : "");
	else
		strbuf_addstr(o, "The cover.");
	strbuf_addf(o, "</span><span class=\"do\"><code>make</code></span>"
	    "<span class=\"cost\">%s</span></li>\n",
	    b->next.calls ? "calls" : "free");
}

/* "3 calls, $0.12" and, below it, note, or what is not in the sum. */
static void
cost(struct strbuf *o, const char *name, const struct board_cost *c,
    const char *none, const char *note)
{
	struct strbuf v = STRBUF_INIT;
	char dollars[40], left_out[80];

	if (!c->calls)
		strbuf_addstr(&v, none);
	else
		strbuf_addf(&v, "%zu call%s", c->calls, c->calls == 1 ? "" :
		    "s");
	dollar_words(c->dollars, dollars, sizeof(dollars));
	if (c->calls > c->unknown)
		strbuf_addf(&v, ", %s", dollars);
	snprintf(left_out, sizeof(left_out), "%s%zu at a price not known",
	    c->calls > c->unknown ? "and " : "", c->unknown);
	figure(o, name, v.buf, c->unknown ? left_out : note);
	strbuf_release(&v);
}

static void
sums(struct strbuf *o, const struct board *b)
{
	struct board_cost all = b->next;

	all.calls += b->user.calls;
	all.unknown += b->user.unknown;
	all.dollars += b->user.dollars;
	strbuf_addstr(o, "<dl class=\"figures sums\">");
	cost(o, "Next make", &b->next, "free", b->next.calls ?
	    "everything else is free" : "nothing has to be paid for");
	cost(o, "To finish", &all, "free", b->user.calls ?
	    "some only when you say so" : "");
	cost(o, "Spent so far", &b->spent, "nothing", b->spent.calls ?
	    "see ledger/" : "");
	strbuf_addstr(o, "</dl>\n");
}

void
board_verdict(struct strbuf *o, const struct board *b)
{
	enum board_level worst = b->problem_nr ? b->problem[0].level :
	    BOARD_FRESH;
	size_t i;

	strbuf_addf(o, "<section class=\"verdict %s\" aria-labelledby="
	    "\"verdict\">\n<h2 id=\"verdict\">", board_level_name(worst));
	sentence(o, b);
	strbuf_addstr(o, "</h2>\n");
	if (b->problem_nr || b->absent || b->cover_absent) {
		strbuf_addstr(o, "<ul class=\"rows\">\n");
		for (i = 0; i < b->problem_nr && i < ROWS_MOST; i++)
			row(o, &b->problem[i]);
		absent_row(o, b);
		strbuf_addstr(o, "</ul>\n");
	}
	if (b->problem_nr > ROWS_MOST)
		strbuf_addf(o, "<p class=\"rows\"><a href=\"#f-att\">and %zu "
		    "more: show the scenes that need attention</a></p>\n",
		    b->problem_nr - ROWS_MOST);
	sums(o, b);
	strbuf_addstr(o, "</section>\n");
}
