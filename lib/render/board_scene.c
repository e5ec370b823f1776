#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "render/board_part.h"

#define CHANGES_MOST 3

static void
states(struct strbuf *o, const struct board *b, size_t i)
{
	size_t k, n = 0;

	strbuf_addstr(o, "<span class=\"states\">");
	for (k = 0; k < b->problem_nr; k++) {
		if (b->problem[k].scene != i)
			continue;
		board_glyph(o, b->problem[k].level, b->problem[k].what);
		n++;
	}
	if (!n)
		board_glyph(o, b->scene[i].level == BOARD_ABSENT ?
		    BOARD_ABSENT : BOARD_FRESH,
		    board_level_word(b->scene[i].level == BOARD_ABSENT ?
		    BOARD_ABSENT : BOARD_FRESH));
	if (b->scene[i].take_nr > 1)
		strbuf_addf(o, "<span>%zu takes</span>",
		    b->scene[i].take_nr);
	strbuf_addstr(o, "</span>");
}

static void
heading(struct strbuf *o, const struct board *b, size_t i)
{
	const struct board_scene *s = &b->scene[i];
	int linked = b->films[0].media && b->films[0].rec.doc;

	strbuf_addf(o, "<div class=\"head\"><h2 id=\"h%zu\"><span "
	    "class=\"vh\">Scene </span>%zu</h2>", i + 1, i + 1);
	if (s->film != BOARD_NONE && b->has_time) {
		strbuf_addstr(o, linked ? "<a class=\"when\" href=\"" :
		    "<span class=\"when\">");
		if (linked) {
			board_file_url(o, b, b->films[0].media);
			strbuf_addf(o, "#t=%.2f\"><span class=\"vh\">In the "
			    "film: </span>", s->from);
		}
		board_clock(o, s->from, 1);
		strbuf_addstr(o, " &ndash; ");
		board_clock(o, s->to, 1);
		strbuf_addf(o, "</%s><span>%.1f s</span>",
		    linked ? "a" : "span", s->to - s->from);
	} else {
		strbuf_addstr(o, "<span>not in this film</span>");
	}
	strbuf_addstr(o, "<span class=\"mono\">");
	board_text(o, s->s->dir);
	strbuf_addstr(o, "</span>");
	states(o, b, i);
	strbuf_addstr(o, "</div>\n");
}

/* An input as its record has it: a long one ends in its digest, which says
 * nothing to people. */
static void
add_input(struct strbuf *out, const char *s)
{
	const char *digest = strstr(s, "... sha256:");

	strbuf_add(out, s, digest ? (size_t)(digest - s) : strlen(s));
	if (digest)
		strbuf_addstr(out, "\xE2\x80\xA6");
}

static void
part(struct strbuf *o, const struct strbuf *s, size_t from, size_t to)
{
	char *text = xmemdup(s->buf + from, to - from);

	board_text_cut(o, text, 200);
	free(text);
}

/* Was and now, with what is the same at both ends left plain. */
static void
diff(struct strbuf *o, const struct change *c)
{
	struct strbuf was = STRBUF_INIT, now = STRBUF_INIT;
	size_t head = 0, a, n;

	add_input(&was, c->was ? c->was : "nothing");
	add_input(&now, c->now ? c->now : "nothing");
	while (was.buf[head] && was.buf[head] == now.buf[head])
		head++;
	while (head && was.buf[head - 1] != ' ')
		head--;
	a = was.len;
	n = now.len;
	while (a > head && n > head && was.buf[a - 1] == now.buf[n - 1])
		a--, n--;
	while (a < was.len && was.buf[a] != ' ')
		a++, n++;
	strbuf_addstr(o, "<p>&minus; ");
	part(o, &was, 0, head);
	strbuf_addstr(o, "<del>");
	part(o, &was, head, a);
	strbuf_addstr(o, "</del>");
	part(o, &was, a, was.len);
	strbuf_addstr(o, "</p><p>+ ");
	part(o, &now, 0, head);
	strbuf_addstr(o, "<ins>");
	part(o, &now, head, n);
	strbuf_addstr(o, "</ins>");
	part(o, &now, n, now.len);
	strbuf_addstr(o, "</p>");
	strbuf_release(&was);
	strbuf_release(&now);
}

static void
box(struct strbuf *o, const struct board_problem *q)
{
	size_t i, n = q->asset ? q->asset->changes.nr : 0;

	strbuf_addf(o, "<div class=\"box %s\">", board_level_name(q->level));
	board_glyph(o, q->level, NULL);
	strbuf_addstr(o, "<p><b>");
	board_text(o, q->what);
	strbuf_addstr(o, ": ");
	board_text_cut(o, q->why, 400);
	strbuf_addstr(o, ".</b> ");
	if (q->meanwhile)
		board_text(o, q->meanwhile);
	strbuf_addstr(o, "</p>");
	if (n) {
		strbuf_addstr(o, "<div class=\"diff\">");
		for (i = 0; i < n && i < CHANGES_MOST; i++)
			diff(o, &q->asset->changes.v[i]);
		strbuf_addstr(o, "</div>");
	}
	if (q->command) {
		strbuf_addstr(o, "<p><code>");
		board_text(o, q->command);
		strbuf_addf(o, "</code> %s</p>", q->cost);
	}
	strbuf_addstr(o, "</div>\n");
}

static void
pace(struct strbuf *o, const struct board_scene *s)
{
	int over = s->per_second > s->limit;
	double x = fmin(s->per_second / s->limit, 1.25) * 60;

	strbuf_addf(o, "<p class=\"pace\"><span>%zu word%s</span>", s->words,
	    s->words == 1 ? "" : "s");
	if (s->per_second > 0) {
		strbuf_addf(o, "<span>%.0f words/min</span><span%s>",
		    (double)s->words * 60 / s->seconds,
		    over ? " class=\"over-limit\"" : "");
		if (over) {
			board_glyph(o, BOARD_WARNING, NULL);
			strbuf_addstr(o, " <span class=\"vh\">over the limit: "
			    "</span>");
		}
		strbuf_addf(o, "%.1f char/s</span><svg class=\"scale\" "
		    "viewBox=\"0 0 76 12\" aria-hidden=\"true\"><path "
		    "d=\"M0 6h76M%.1f 2v8M60 2v8\"/><circle cx=\"%.1f\" "
		    "cy=\"6\" r=\"3\"%s/></svg>", s->per_second,
		    s->target / s->limit * 60, fmax(x, 3),
		    over ? " class=\"far\"" : "");
	}
	strbuf_addstr(o, "</p>");
}

static void
heard(struct strbuf *o, const struct board *b, size_t i)
{
	const struct board_scene *s = &b->scene[i];
	const char *lang = b->video->language;

	strbuf_addf(o, "<div class=\"heard\"><p class=\"say\" lang=\"%s\" "
	    "dir=\"auto\">", lang);
	board_text(o, *s->s->text ? s->s->text : "(no words)");
	strbuf_addstr(o, "</p>");
	if (s->s->say) {
		strbuf_addf(o, "<p class=\"say own\" lang=\"%s\" dir=\"auto\">"
		    "<span lang=\"en\">Spoken: </span>", lang);
		board_text(o, s->s->say);
		strbuf_addstr(o, "</p>");
	}
	pace(o, s);
	if (s->wave)
		strbuf_addf(o, "<svg class=\"wave\" viewBox=\"0 0 %d 32\" "
		    "preserveAspectRatio=\"none\" aria-hidden=\"true\"><path "
		    "id=\"w%zu\" vector-effect=\"non-scaling-stroke\" "
		    "d=\"%s\"/></svg>", BOARD_WAVE, i + 1, s->wave);
	if (s->wave && s->audio->media) {
		strbuf_addstr(o, "<audio controls preload=\"none\" src=\"");
		board_file_url(o, b, s->audio->media);
		strbuf_addf(o, "\" aria-label=\"Voice of scene %zu\">"
		    "</audio>", i + 1);
	}
	strbuf_addstr(o, "</div>\n");
}

void
board_scene(struct strbuf *o, const struct board *b, size_t i)
{
	const struct board_scene *s = &b->scene[i];
	size_t k;

	strbuf_addf(o, "<section class=\"scene%s%s\" id=\"s%zu\" "
	    "aria-labelledby=\"h%zu\">\n", s->level > BOARD_ABSENT ? " att" :
	    "", s->take_nr > 1 ? " tak" : "", i + 1, i + 1);
	heading(o, b, i);
	board_picture(o, b, s);
	strbuf_addstr(o, "<div class=\"right\">\n");
	for (k = 0; k < b->problem_nr; k++) {
		if (b->problem[k].scene != i)
			continue;
		strbuf_addstr(o, "<div class=\"wide\">");
		box(o, &b->problem[k]);
		strbuf_addstr(o, "</div>\n");
	}
	heard(o, b, i);
	board_made(o, b, i);
	board_takes(o, s);
	strbuf_addstr(o, "</div>\n</section>\n");
}
