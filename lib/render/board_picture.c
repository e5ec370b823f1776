#include <math.h>
#include <stdio.h>
#include <string.h>

#include "render/board_part.h"

#define ALT_MOST 300 /* characters */

static const char *
picture_text(const struct board_scene *s)
{
	if (s->s->prompt && *s->s->prompt)
		return s->s->prompt;
	return *s->s->text ? s->s->text : "A scene without words";
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
	int moves = s->a.x != s->b.x || s->a.y != s->b.y ||
	    s->a.w != s->b.w || s->a.h != s->b.h;

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

/* That it moves by itself, and what of it is seen. */
static void
clip_words(struct strbuf *o, const struct board *b,
    const struct board_scene *s)
{
	static const char *const sounds[] = { "", ", its sound under the voice",
		", with its sound" };
	const struct film_clip *c;

	if (!b->has_time || s->film == BOARD_NONE)
		return;
	c = &b->film.scene[s->film].clip;
	if (!c->moving)
		return;
	strbuf_addf(o, "<span>Moving picture, %.1f s", c->to - c->from);
	if (c->from > 0)
		strbuf_addf(o, " from %.1f s on", c->from);
	strbuf_addf(o, "%s</span>", sounds[c->sound]);
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

void
board_picture(struct strbuf *o, const struct board *b,
    const struct board_scene *s)
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
	clip_words(o, b, s);
	if (s->has_motion)
		motion_words(o, s);
	if (b->has_time && s->film != BOARD_NONE && s->film > 0) {
		const struct timeline_scene *t = &b->time.scene[s->film];

		if (t->cut_in)
			strbuf_addstr(o, "<span>cut in</span>");
		else
			strbuf_addf(o, "<span>%s %.1f s in</span>",
			    transition_name(b->film.scene[s->film].transition),
			    timeline_seconds(&b->time, t->cross));
	}
	strbuf_addstr(o, "</figcaption></figure>\n");
}
