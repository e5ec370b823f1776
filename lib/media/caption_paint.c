#include "media/caption_paint.h"

#include <math.h>
#include <hb-ot.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "media/caption_draw.h"

/* Fractions of the em. */
#define MARGIN 0.80        /* round the text: outline, shadow, larger word */
#define OUTLINE_CLASSIC 0.09
#define OUTLINE_KARAOKE 0.07
#define OUTLINE_BIG 0.125
#define OUTLINE_ALPHA 0.88
#define SHADOW_BLUR 0.10
#define SHADOW_DOWN 0.05
#define SHADOW_ALPHA 0.45
#define COMING 0.70        /* alpha of words to come */
#define TEXT_CONTRAST 5.5  /* of coloured text to what lies round it */

void
caption_paint_colours(struct caption_draw *d, const char *tone)
{
	static const struct rgb white = { 1, 1, 1 };
	struct palette p;
	double t;

	palette_get(&p, tone ? tone : "", 0);
	d->dark = palette_ink_dark(&p);
	d->plate = p.deep;
	d->ink = d->style == CAPTION_BIG ? white : palette_ink_light(&p);
	d->accent = p.accent;
	if (d->style != CAPTION_BIG && d->style != CAPTION_KARAOKE)
		return;
	/* As text, or under text, the accent must be light enough. */
	for (t = 0.08; rgb_contrast(d->accent, d->dark) < TEXT_CONTRAST &&
	    t < 1; t += 0.08)
		d->accent = rgb_mix(p.accent, white, t);
}

static void
ink(cairo_t *cr, struct rgb c, double alpha)
{
	cairo_set_source_rgba(cr, c.r, c.g, c.b, alpha);
}

static int
is_colour(PangoFont *font)
{
	hb_face_t *face = hb_font_get_face(pango_font_get_hb_font(font));

	return hb_ot_color_has_png(face) || hb_ot_color_has_layers(face);
}

/*
 * Add the outlines of the layout's glyphs to the path, base line at x, y.
 * Paths are exact where glyph images would be moved to whole pixels. Emoji are
 * images: they are painted at once when show is set, else left out.
 */
static void
trace(cairo_t *cr, PangoLayout *l, double x, double y, int show)
{
	PangoLayoutIter *i = pango_layout_get_iter(l);
	PangoLayoutRun *r;
	PangoRectangle at;

	do {
		r = pango_layout_iter_get_run_readonly(i);
		if (!r)
			continue;
		pango_layout_iter_get_run_extents(i, NULL, &at);
		cairo_move_to(cr, x + (double)at.x / PANGO_SCALE, y);
		if (!is_colour(r->item->analysis.font))
			pango_cairo_glyph_string_path(cr,
			    r->item->analysis.font, r->glyphs);
		else if (show)
			pango_cairo_show_glyph_string(cr,
			    r->item->analysis.font, r->glyphs);
	} while (pango_layout_iter_next_run(i));
	pango_layout_iter_free(i);
}

/* Go to where the run is drawn, larger when it is the spoken word of BIG. */
static void
enter(cairo_t *cr, const struct caption_draw *d, const struct caption_run *r,
    long now)
{
	double k = d->style == CAPTION_BIG && r->word == now ?
	    CAPTION_BIGGER : 1;

	cairo_save(cr);
	cairo_translate(cr, r->x + r->w / 2, r->base - d->em * 0.36);
	cairo_scale(cr, k, k);
	cairo_translate(cr, -r->w / 2, d->em * 0.36);
	cairo_new_path(cr);
}

static double
outline_of(const struct caption_draw *d)
{
	switch (d->style) {
	case CAPTION_CLASSIC:
		return OUTLINE_CLASSIC * d->em;
	case CAPTION_KARAOKE:
		return OUTLINE_KARAOKE * d->em;
	case CAPTION_BIG:
		return OUTLINE_BIG * d->em;
	default:
		return 0;
	}
}

/* The text's shape with its outline, in the colour that is set. */
static void
shape(cairo_t *cr, const struct caption_draw *d, const struct caption_run *r,
    long now)
{
	enter(cr, d, r, now);
	trace(cr, r->layout, 0, 0, 0);
	cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
	cairo_set_line_width(cr, 2 * outline_of(d));
	cairo_stroke_preserve(cr);
	cairo_fill(cr);
	cairo_restore(cr);
}

/* One pass of a running mean of 2 r + 1 bytes, n of them `step` apart. */
static void
blur_line(uint8_t *p, int n, int step, int r, uint8_t *tmp)
{
	int i, sum = 0, w = 2 * r + 1;

	for (i = 0; i < n; i++)
		tmp[i] = p[(size_t)i * step];
	for (i = -r; i < n; i++) {
		sum += i + r < n ? tmp[i + r] : 0;
		sum -= i - r - 1 >= 0 ? tmp[i - r - 1] : 0;
		if (i >= 0)
			p[(size_t)i * step] = (uint8_t)((sum + w / 2) / w);
	}
}

static void
blur(cairo_surface_t *s, int r)
{
	uint8_t *p = cairo_image_surface_get_data(s);
	int w = cairo_image_surface_get_width(s);
	int h = cairo_image_surface_get_height(s);
	int stride = cairo_image_surface_get_stride(s), i, pass;
	uint8_t *tmp = xmalloc((size_t)(w > h ? w : h));

	cairo_surface_flush(s);
	for (pass = 0; pass < 3 && r > 0; pass++) {
		for (i = 0; i < h; i++)
			blur_line(p + (size_t)i * stride, w, 1, r, tmp);
		for (i = 0; i < w; i++)
			blur_line(p + i, h, stride, r, tmp);
	}
	cairo_surface_mark_dirty(s);
	free(tmp);
}

static void
shadow(cairo_t *cr, const struct caption_draw *d, long now, int x, int y,
    int w, int h)
{
	cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_A8, w, h);
	cairo_t *m = cairo_create(s);
	size_t i;

	cairo_translate(m, -x, -y + SHADOW_DOWN * d->em);
	for (i = 0; i < d->nr; i++)
		shape(m, d, &d->run[i], now);
	cairo_destroy(m);
	blur(s, (int)(SHADOW_BLUR * d->em + 0.5));
	ink(cr, d->dark, SHADOW_ALPHA);
	cairo_mask_surface(cr, s, x, y);
	cairo_surface_destroy(s);
}

static void
rounded(cairo_t *cr, double x, double y, double w, double h, double r)
{
	cairo_new_path(cr);
	cairo_arc(cr, x + w - r, y + r, r, -G_PI / 2, 0);
	cairo_arc(cr, x + w - r, y + h - r, r, 0, G_PI / 2);
	cairo_arc(cr, x + r, y + h - r, r, G_PI / 2, G_PI);
	cairo_arc(cr, x + r, y + r, r, G_PI, 3 * G_PI / 2);
	cairo_close_path(cr);
}

/* Ink above and below the base line, as far as the script goes beyond Latin
 * letters. */
static void
reach(const struct caption_run *r, double *up, double *down)
{
	PangoRectangle in;
	double base = (double)pango_layout_get_baseline(r->layout) /
	    PANGO_SCALE;

	pango_layout_get_extents(r->layout, &in, NULL);
	*up = fmax(*up, base - (double)in.y / PANGO_SCALE);
	*down = fmax(*down, (double)(in.y + in.height) / PANGO_SCALE - base);
}

static void
box_plate(cairo_t *cr, const struct caption_draw *d)
{
	double em = d->em, up = 0.74 * em, down = 0.04 * em, x, y, w, h;
	double under = 0.04 * em, none = 0;
	size_t i;

	for (i = 0; i < d->nr; i++)
		if (d->run[i].line == 0)
			reach(&d->run[i], &up, &none);
	for (i = 0; i < d->nr; i++)
		if (d->run[i].line == d->lines - 1)
			reach(&d->run[i], &none, &under);
	down = fmax(down, under - 0.16 * em);
	x = d->left - CAPTION_BOX_PAD * em;
	w = d->right - d->left + 2 * CAPTION_BOX_PAD * em;
	y = d->top - up - 0.42 * em;
	h = d->bottom + down + 0.42 * em - y;
	rounded(cr, x, y, w, h, 0.38 * em);
	ink(cr, d->plate, 0.84);
	cairo_fill(cr);
	cairo_rectangle(cr, x + 0.26 * em, y + 0.40 * em, 0.09 * em,
	    h - 0.80 * em);
	ink(cr, d->accent, 1);
	cairo_fill(cr);
}

static void
word_plate(cairo_t *cr, const struct caption_draw *d,
    const struct caption_run *r)
{
	double em = d->em, up = 0.85 * em, down = 0.21 * em;

	reach(r, &up, &down);
	rounded(cr, r->x - 0.17 * em, r->base - up - 0.10 * em,
	    r->w + 0.34 * em, up + down + 0.20 * em, 0.26 * em);
	ink(cr, d->accent, 1);
	cairo_fill(cr);
}

static void
letters(cairo_t *cr, const struct caption_draw *d, const struct caption_run *r,
    long now)
{
	struct rgb c = d->ink;
	double alpha = 1;

	if (d->style == CAPTION_KARAOKE && r->word == now)
		c = d->dark;
	else if (d->style == CAPTION_BIG && r->word == now)
		c = d->accent;
	else if (d->style == CAPTION_KARAOKE && r->word > now)
		alpha = COMING;
	enter(cr, d, r, now);
	ink(cr, c, alpha);
	trace(cr, r->layout, 0, 0, 1);
	cairo_fill(cr);
	cairo_restore(cr);
}

static void
paint(cairo_t *cr, const struct caption_draw *d, long now)
{
	size_t i;

	if (d->style == CAPTION_BOX)
		box_plate(cr, d);
	else
		for (i = 0; i < d->nr; i++) {
			ink(cr, d->dark, OUTLINE_ALPHA);
			shape(cr, d, &d->run[i], now);
		}
	if (d->style == CAPTION_KARAOKE)
		for (i = 0; i < d->nr; i++)
			if (d->run[i].word == now)
				word_plate(cr, d, &d->run[i]);
	for (i = 0; i < d->nr; i++)
		letters(cr, d, &d->run[i], now);
}

struct overlay *
caption_draw_state(const struct caption_draw *d, long now)
{
	double pad = (MARGIN + (d->style == CAPTION_BOX ? CAPTION_BOX_PAD :
	    0)) * d->em;
	int x = (int)floor(d->left - pad), y = (int)floor(d->top - d->em - pad);
	int w = (int)ceil(d->right + pad) - x;
	int h = (int)ceil(d->bottom + pad) - y;
	cairo_surface_t *s;
	struct overlay *o;
	cairo_t *cr;

	s = cairo_image_surface_create(CAIRO_FORMAT_ARGB32, w, h);
	cr = cairo_create(s);
	cairo_translate(cr, -x, -y);
	if (d->style != CAPTION_BOX)
		shadow(cr, d, now, x, y, w, h);
	paint(cr, d, now);
	cairo_destroy(cr);
	cairo_surface_flush(s);
	o = overlay_new((const uint32_t *)(void *)
	    cairo_image_surface_get_data(s), w, h,
	    cairo_image_surface_get_stride(s) / 4, x, y, d->w, d->h);
	cairo_surface_destroy(s);
	return o;
}
