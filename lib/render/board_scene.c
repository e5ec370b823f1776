#include <math.h>
#include <stdio.h>
#include <string.h>

#include "render/board_part.h"

#define CHANGES_MOST 3
#define ALT_MOST 300  /* characters */

static const char *
picture_text(const struct board_scene *s)
{
	if (s->s->prompt && *s->s->prompt)
		return s->s->prompt;
	return *s->s->text ? s->s->text : "A scene without words";
}

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
		    b->scene[i].level == BOARD_ABSENT ? "not made yet" :
		    "fresh");
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

/* A rectangle that shows on any picture: white over black. */
static void
frame(struct strbuf *o, const char *d, int dashed)
{
	strbuf_addf(o, "<path class=\"b\" d=\"%s\"/><path class=\"w%s\" "
	    "d=\"%s\"/>", d, dashed ? " d" : "", d);
}

/* w in units of the drawing, kept a unit inside. */
static struct window
inside(struct window w, double side_w, double side_h)
{
	w.x = fmax(w.x * side_w, 1);
	w.y = fmax(w.y * side_h, 1);
	w.w = fmin(w.w * side_w, side_w - 1 - w.x);
	w.h = fmin(w.h * side_h, side_h - 1 - w.y);
	return w;
}

static void
window_frame(struct strbuf *o, struct window w, int dashed)
{
	char d[160];

	snprintf(d, sizeof(d), "M%.1f %.1fh%.1fv%.1fh-%.1fz", w.x, w.y, w.w,
	    w.h, w.w);
	frame(o, d, dashed);
}

static void
letter(struct strbuf *o, double x, double y, char c)
{
	strbuf_addf(o, "<rect x=\"%.1f\" y=\"%.1f\" width=\"16\" "
	    "height=\"16\" rx=\"3\" fill=\"#15161a\"/><text x=\"%.1f\" "
	    "y=\"%.1f\" text-anchor=\"middle\" font-size=\"12\" "
	    "font-weight=\"600\" fill=\"#fff\">%c</text>", x, y, x + 8,
	    y + 12.3, c);
}

/* Both windows; A and B in their dark tabs over all lines. */
static void
windows(struct strbuf *o, const struct board_scene *s, double w, double h)
{
	struct window a = inside(s->a, w, h), b = inside(s->b, w, h);
	int moves = memcmp(&s->a, &s->b, sizeof(s->a)) != 0;

	strbuf_addstr(o, "<g class=\"mot\">");
	window_frame(o, a, 0);
	if (moves)
		window_frame(o, b, 1);
	letter(o, a.x + 2, a.y + 2, 'A');
	if (moves)
		letter(o, b.x + b.w - 18, b.y + b.h - 18, 'B');
	strbuf_addstr(o, "</g>");
}

/* What is safe in both windows: four corner marks. */
static void
safe_area(struct strbuf *o, const struct board *b,
    const struct board_scene *s, double w, double h)
{
	const double *m = b->preset->safe;
	double x0 = fmax(s->a.x + m[0] * s->a.w, s->b.x + m[0] * s->b.w) * w;
	double y0 = fmax(s->a.y + m[1] * s->a.h, s->b.y + m[1] * s->b.h) * h;
	double x1 = fmin(s->a.x + (1 - m[2]) * s->a.w,
	    s->b.x + (1 - m[2]) * s->b.w) * w;
	double y1 = fmin(s->a.y + (1 - m[3]) * s->a.h,
	    s->b.y + (1 - m[3]) * s->b.h) * h;
	char d[240];

	snprintf(d, sizeof(d), "M%.1f %.1fv-14h14M%.1f %.1fh14v14M%.1f "
	    "%.1fv14h-14M%.1f %.1fh-14v-14", x0, y0 + 14, x1 - 14, y0, x1,
	    y1 - 14, x0 + 14, y1);
	strbuf_addstr(o, "<g class=\"saf\">");
	frame(o, d, 0);
	strbuf_addstr(o, "</g>");
}

static void
overlays(struct strbuf *o, const struct board *b,
    const struct board_scene *s)
{
	double w = s->shown.w, h = s->shown.h;

	if (s->has_motion) {
		strbuf_addf(o, "<svg class=\"over\" viewBox=\"0 0 %.0f %.0f\" "
		    "aria-hidden=\"true\">", w, h);
		safe_area(o, b, s, w, h);
		windows(o, s, w, h);
		strbuf_addstr(o, "</svg>");
	}
	if (s->cue) {
		strbuf_addf(o, "<p class=\"cue\" aria-hidden=\"true\" "
		    "lang=\"%s\" dir=\"auto\">", b->video->language);
		board_text(o, s->cue);
		strbuf_addstr(o, "</p>");
	}
}

static void
motion_words(struct strbuf *o, const struct board_scene *s)
{
	double zoom = (s->a.w / s->b.w - 1) * 100;
	double dx = s->b.x + s->b.w / 2 - s->a.x - s->a.w / 2;
	double dy = s->b.y + s->b.h / 2 - s->a.y - s->a.h / 2;
	const char *way;

	if (fabs(zoom) >= 1) {
		strbuf_addf(o, "<span>%s, A to B, %.0f %%</span>", zoom > 0 ?
		    "Push in" : "Pull out", zoom > 0 ? zoom :
		    (s->b.w / s->a.w - 1) * 100);
		return;
	}
	if (fabs(dx) < 0.004 && fabs(dy) < 0.004) {
		strbuf_addstr(o, "<span>Still</span>");
		return;
	}
	way = fabs(dx) >= fabs(dy) ? dx > 0 ? "right" : "left" :
	    dy > 0 ? "down" : "up";
	strbuf_addf(o, "<span>Pan %s, A to B, %.0f %%</span>", way,
	    fmax(fabs(dx) / s->a.w, fabs(dy) / s->a.h) * 100);
}

static void
no_picture(struct strbuf *o, const struct board_scene *s)
{
	int lost = s->image->state == STATE_MISSING ||
	    s->image->state == STATE_POINTER;

	strbuf_addf(o, "<div class=\"nopic%s\">", lost ? " missing" : "");
	board_glyph(o, lost ? BOARD_MISSING : BOARD_ABSENT, NULL);
	strbuf_addf(o, "<span class=\"%s\">No picture%s</span>",
	    lost ? "missing" : "", lost ? "" : " yet");
	if (s->image->rec.url) {
		strbuf_addstr(o, "<span>");
		board_text_cut(o, s->image->rec.url, 60);
		strbuf_addstr(o, "</span>");
	}
	strbuf_addstr(o, "</div>");
}

static void
picture(struct strbuf *o, const struct board *b, const struct board_scene *s)
{
	int tall = s->shown.h > s->shown.w;

	strbuf_addstr(o, "<figure>");
	if (s->shown.picture.len) {
		strbuf_addf(o, "<div class=\"shot%s%s\"><div class=\"frame\">"
		    "<img src=\"%s\" width=\"%d\" height=\"%d\" alt=\"",
		    tall ? " tall" : "", s->image->state == STATE_FAILED ?
		    " old" : "", s->shown.picture.buf, s->shown.w,
		    s->shown.h);
		board_text_cut(o, picture_text(s), ALT_MOST);
		strbuf_addstr(o, "\">");
		overlays(o, b, s);
		if (s->earlier)
			strbuf_addf(o, "<span class=\"tab%s\">Earlier prompt"
			    "</span>", s->image->state == STATE_STALE ?
			    " stale" : "");
		strbuf_addstr(o, "</div></div>");
	} else {
		no_picture(o, s);
	}
	strbuf_addstr(o, "<figcaption>");
	if (s->has_motion)
		motion_words(o, s);
	if (b->has_time && s->film != BOARD_NONE && s->film > 0) {
		const struct timeline_scene *t = &b->time.scene[s->film];

		if (t->cut_in)
			strbuf_addstr(o, "<span>cut in</span>");
		else
			strbuf_addf(o, "<span>fade %.1f s in</span>",
			    timeline_seconds(&b->time, t->fade_in));
	}
	strbuf_addstr(o, "</figcaption></figure>\n");
}

/* Was and now, with what is the same at both ends left plain. */
static void
diff(struct strbuf *o, const struct change *c)
{
	const char *was = c->was ? c->was : "", *now = c->now ? c->now : "";
	size_t head = 0, a = strlen(was), n = strlen(now);
	struct strbuf part = STRBUF_INIT;

	while (was[head] && was[head] == now[head])
		head++;
	while (head && was[head - 1] != ' ')
		head--;
	while (a > head && n > head && was[a - 1] == now[n - 1])
		a--, n--;
	while (was[a] && was[a] != ' ')
		a++, n++;
	strbuf_add(&part, was, head);
	strbuf_addstr(o, "<p>&minus; ");
	board_text_cut(o, part.buf, 200);
	strbuf_addstr(o, "<del>");
	strbuf_reset(&part);
	strbuf_add(&part, was + head, a - head);
	board_text_cut(o, *was ? part.buf : "nothing", 200);
	strbuf_addstr(o, "</del></p><p>+ ");
	strbuf_reset(&part);
	strbuf_add(&part, now, head);
	board_text_cut(o, part.buf, 200);
	strbuf_addstr(o, "<ins>");
	strbuf_reset(&part);
	strbuf_add(&part, now + head, n - head);
	board_text_cut(o, *now ? part.buf : "nothing", 200);
	strbuf_addstr(o, "</ins></p>");
	strbuf_release(&part);
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
		if (over)
			board_glyph(o, BOARD_WARNING, NULL);
		strbuf_addf(o, "%.1f char/s%s</span><svg class=\"scale\" "
		    "viewBox=\"0 0 76 12\" aria-hidden=\"true\"><path "
		    "d=\"M0 6h76M%.1f 2v8M60 2v8\"/><circle cx=\"%.1f\" "
		    "cy=\"6\" r=\"3\"%s/></svg>", s->per_second,
		    over ? ", over the limit" : "",
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
	picture(o, b, s);
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
