#include "media/card/rows.h"

#include <stdlib.h>
#include <string.h>

#include "media/card/dmath.h"

#define LABEL_BYTES 40 /* longer is no label */
#define CONTRAST 5.2
#define GRID 24        /* samples on a side */

/* "Story: The sea" -> the bytes before the colon; 0: no label. */
static size_t
label_bytes(const char *line)
{
	size_t n = strcspn(line, ":");

	return line[n] == ':' && line[n + 1] == ' ' && n && n <= LABEL_BYTES ?
	    n : 0;
}

static PangoLayout *
lay_text(PangoContext *cx, const char *text, size_t n, int weight, double px)
{
	PangoFontDescription *d = pango_font_description_new();
	const char *lang = pango_language_to_string(
	    pango_context_get_language(cx));
	PangoLayout *l = pango_layout_new(cx);
	char list[256];

	pango_font_description_set_family(d, font_families(list, sizeof(list),
	    "Inter", lang));
	pango_font_description_set_weight(d, (PangoWeight)weight);
	pango_font_description_set_absolute_size(d, px * PANGO_SCALE);
	pango_layout_set_font_description(l, d);
	pango_layout_set_text(l, text, (int)n);
	/* Names in Latin letters stand where the language's own would. */
	pango_layout_set_auto_dir(l, FALSE);
	pango_font_description_free(d);
	return l;
}

static void
bound(PangoLayout *l, double width)
{
	pango_layout_set_width(l, (int)(width * PANGO_SCALE));
	pango_layout_set_wrap(l, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_ellipsize(l, PANGO_ELLIPSIZE_END);
	pango_layout_set_height(l, -2);
}

static void
layout_size(PangoLayout *l, double *w, double *h)
{
	PangoRectangle r;

	pango_layout_get_extents(l, NULL, &r);
	*w = (double)r.width / PANGO_SCALE;
	*h = (double)r.height / PANGO_SCALE;
}

static double
baseline(PangoLayout *l)
{
	return (double)pango_layout_get_baseline(l) / PANGO_SCALE;
}

/* Make the layouts; the widest label, with its gap, decides the column. */
static double
lay_all(struct rows *r, PangoContext *cx, const struct card_spec *s, double px)
{
	double column = 0, w, h;
	size_t n;
	int i;

	for (i = 0; i < CARD_LINES; i++) {
		const char *line = s->line[i] ? s->line[i] : "";

		if (!*line)
			continue;
		n = label_bytes(line);
		if (n) {
			r->label[r->nr].layout = lay_text(cx, line, n, 600, px);
			layout_size(r->label[r->nr].layout, &w, &h);
			column = w + 1.1 * px > column ? w + 1.1 * px : column;
			line += n + 2;
		}
		r->text[r->nr++].layout = lay_text(cx, line, strlen(line), 400,
		    px);
	}
	return column;
}

static void
place_rows(struct rows *r, const struct type_block *b,
	const struct type_frame *f, double column, double px, int rtl)
{
	double y = (b->nr ? b->y1 : f->y) + 2.2 * px, w, h, gap;
	int i;

	r->y0 = y;
	r->x0 = f->x;
	r->x1 = f->x + f->w;
	for (i = 0; i < r->nr; i++) {
		gap = r->label[i].layout ? column : 0;
		bound(r->text[i].layout, f->w - gap);
		if (rtl)
			pango_layout_set_alignment(r->text[i].layout,
			    PANGO_ALIGN_RIGHT);
		r->text[i].x = rtl ? f->x : f->x + gap;
		r->text[i].y = y;
		if (r->label[i].layout) {
			layout_size(r->label[i].layout, &w, &h);
			r->label[i].x = rtl ? f->x + f->w - w : f->x;
			r->label[i].y = y + baseline(r->text[i].layout) -
			    baseline(r->label[i].layout);
		}
		layout_size(r->text[i].layout, &w, &h);
		y += h + 0.9 * px;
	}
	r->y1 = y - 0.9 * px;
}

int
rows_lay(struct rows *r, struct font_set *fonts, const struct card_spec *s,
	const struct type_block *b, const struct type_frame *f, struct err *e)
{
	double least = s->width < s->height ? s->width : s->height, px, column;
	int rtl = type_is_rtl(s->phrase), i;
	PangoContext *cx;

	memset(r, 0, sizeof(*r));
	if (s->use != CARD_END)
		return 0;
	for (i = 0; i < CARD_LINES; i++)
		if (s->line[i] && font_check_text(fonts, s->line[i],
		    strlen(s->line[i]), e) < 0)
			return -1;
	px = least * CARD_OVERSCAN * (s->height > s->width ? 0.034 : 0.0265);
	cx = font_context(fonts, s->language);
	pango_context_set_base_dir(cx, rtl ? PANGO_DIRECTION_RTL :
	    PANGO_DIRECTION_LTR);
	column = lay_all(r, cx, s, px);
	if (column > 0.5 * f->w) /* what it names needs room too */
		column = 0.5 * f->w;
	if (r->nr)
		place_rows(r, b, f, column, px, rtl);
	g_object_unref(cx);
	return 0;
}

/* WCAG contrast of ink that all but 2 % of the ground of the rows has. */
static double
measure(const struct rows *r, const struct canvas *c, struct rgb ink)
{
	double all[GRID * GRID], least = 0, k;
	int x, y, i, j, n = 0, low = GRID * GRID / 50 + 1;
	struct rgb p;
	size_t o;

	for (j = 0; j < GRID; j++)
		for (i = 0; i < GRID; i++) {
			x = (int)(r->x0 + (r->x1 - r->x0) * (i + 0.5) / GRID);
			y = (int)(r->y0 + (r->y1 - r->y0) * (j + 0.5) / GRID);
			if (x < 0 || y < 0 || x >= c->w || y >= c->h)
				continue;
			o = (size_t)y * (size_t)c->w + (size_t)x;
			p.r = c->r[o];
			p.g = c->g[o];
			p.b = c->b[o];
			all[n++] = rgb_contrast(p, ink);
		}
	/* the low-th smallest, by taking the smallest away */
	for (; low > 0 && n > 0; low--) {
		for (i = j = 0; i < n; i++)
			if (all[i] < all[j])
				j = i;
		least = all[j];
		k = all[n - 1];
		all[j] = k;
		n--;
	}
	return least;
}

static void
scrim(const struct rows *r, struct canvas *c, struct rgb colour)
{
	int pad = (int)((r->y1 - r->y0) * 0.3) + 2, x, y;
	struct field f;

	field_init(&f, (int)r->x0 - 4 * pad, (int)r->y0 - 4 * pad,
	    (int)(r->x1 - r->x0) + 8 * pad, (int)(r->y1 - r->y0) + 8 * pad, 4);
	for (y = 0; y < f.h; y++)
		for (x = 0; x < f.w; x++)
			f.v[y * f.w + x] = f.x + x * f.step > r->x0 - pad &&
			    f.x + x * f.step < r->x1 + pad &&
			    f.y + y * f.step > r->y0 - pad &&
			    f.y + y * f.step < r->y1 + pad;
	field_blur(&f, (float)pad * 2);
	canvas_field(c, &f, colour, 0.2f, BLEND_OVER);
	field_release(&f);
}

static void
paint_line(struct canvas *c, const struct type_line *t, struct rgb ink,
	float opacity)
{
	struct mask m;
	cairo_t *cr;
	double w, h;

	if (!t->layout)
		return;
	layout_size(t->layout, &w, &h);
	w = pango_layout_get_width(t->layout) > 0 ?
	    (double)pango_layout_get_width(t->layout) / PANGO_SCALE : w;
	cr = mask_begin(&m, (int)t->x - 4, (int)t->y - 4, (int)w + 10,
	    (int)h + 10);
	cairo_move_to(cr, t->x, t->y);
	pango_cairo_show_layout(cr, t->layout);
	mask_end(&m, cr);
	canvas_mask(c, &m, ink, opacity, BLEND_OVER);
	mask_release(&m);
}

void
rows_paint(const struct rows *r, struct canvas *c, const struct palette *p)
{
	struct rgb ink = palette_ink_light(p);
	int i;

	if (!r->nr)
		return;
	for (i = 0; i < 8 && measure(r, c, ink) < CONTRAST; i++)
		scrim(r, c, p->deep);
	for (i = 0; i < r->nr; i++) {
		paint_line(c, &r->label[i], ink, 0.80f);
		paint_line(c, &r->text[i], ink, 0.96f);
	}
}

void
rows_release(struct rows *r)
{
	int i;

	for (i = 0; i < CARD_LINES; i++) {
		if (r->label[i].layout)
			g_object_unref(r->label[i].layout);
		if (r->text[i].layout)
			g_object_unref(r->text[i].layout);
	}
	memset(r, 0, sizeof(*r));
}
