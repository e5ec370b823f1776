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
#define OUTLINE_ALPHA 0.88
#define SHADOW_BLUR 0.10
#define SHADOW_DOWN 0.05
#define COMING 0.70        /* alpha of words to come */
#define PLATE_NEAR 0.03    /* of a word that another one touches */
#define PLATE_PAD 0.42      /* above and below the text on its plate */

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
 * Add the outlines of the run's glyphs to the path, from its left end and
 * base line.
 * Paths are exact where glyph images would be moved to whole pixels. Emoji are
 * images: they are painted at once when show is set, else left out.
 */
static void
trace(cairo_t *cr, const struct caption_draw *d, const struct caption_run *r,
    int show)
{
	const struct caption_piece *p = &d->piece[r->piece];
	size_t i;

	for (i = 0; i < r->piece_nr; i++, p++) {
		cairo_move_to(cr, p->x, 0);
		if (!is_colour(p->font))
			pango_cairo_glyph_string_path(cr, p->font, p->glyphs);
		else if (show)
			pango_cairo_show_glyph_string(cr, p->font, p->glyphs);
	}
}

/* Is it to be marked as the word that is spoken? */
static int
is_now(const struct caption_run *r, long now)
{
	return r->word == now && r->word >= 0 && !r->minor;
}

/* Go to where the run is drawn, larger when it is the spoken word of BIG. */
static void
enter(cairo_t *cr, const struct caption_draw *d, const struct caption_run *r,
    long now)
{
	double k = d->look.mark == CAPTION_MARK_WORD && is_now(r, now) ?
	    CAPTION_BIGGER : 1;

	cairo_save(cr);
	cairo_translate(cr, r->x + r->w / 2, r->base - d->em * 0.36);
	cairo_scale(cr, k, k);
	cairo_translate(cr, -r->w / 2, d->em * 0.36);
	cairo_new_path(cr);
}

/* The text's shape with its outline, in the colour that is set. */
static void
shape(cairo_t *cr, const struct caption_draw *d, const struct caption_run *r,
    long now)
{
	enter(cr, d, r, now);
	trace(cr, d, r, 0);
	cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
	cairo_set_line_width(cr, 2 * d->look.outline * d->em);
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
	ink(cr, d->colour.dark, d->look.shadow);
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

void
caption_reach(const struct caption_draw *d, const struct caption_run *r,
    double *up, double *down)
{
	const struct caption_piece *p = &d->piece[r->piece];
	PangoRectangle in;
	size_t i;

	for (i = 0; i < r->piece_nr; i++, p++) {
		pango_glyph_string_extents(p->glyphs, p->font, &in, NULL);
		*up = fmax(*up, -(double)in.y / PANGO_SCALE);
		*down = fmax(*down, (double)(in.y + in.height) / PANGO_SCALE);
	}
}

/* How far ink goes above the first and below the last base line, and at least
 * as far as Latin letters do. */
static void
ink_extent(const struct caption_draw *d, double *up, double *down)
{
	double none = 0;
	size_t i;

	*up = 0.74 * d->em;
	*down = 0.04 * d->em;
	for (i = 0; i < d->nr; i++)
		if (d->run[i].line == 0)
			caption_reach(d, &d->run[i], up, &none);
	for (i = 0; i < d->nr; i++)
		if (d->run[i].line == d->lines - 1)
			caption_reach(d, &d->run[i], &none, down);
}

void
caption_extent(const struct caption_draw *d, double *up, double *down)
{
	double em = d->em, edge = d->look.outline * em;

	ink_extent(d, up, down);
	if (d->look.plate > 0) {
		*up += PLATE_PAD * em;
		*down = fmax(0.04 * em, *down - 0.16 * em) + PLATE_PAD * em;
		return;
	}
	if (d->look.shadow > 0)
		edge += CAPTION_SHADOW * em;
	if (d->look.mark == CAPTION_MARK_WORD)
		edge += (CAPTION_BIGGER - 1) * em;
	*up += edge;
	*down += edge;
	if (d->look.mark == CAPTION_MARK_PLATE) {
		*up = fmax(*up, 0.95 * em);
		*down = fmax(*down, 0.31 * em);
	}
}

/* The plate under all the text, with the accent where its lines begin. */
static void
box_plate(cairo_t *cr, const struct caption_draw *d)
{
	double em = d->em, up, down, x, y, w, h;

	ink_extent(d, &up, &down);
	down = fmax(0.04 * em, down - 0.16 * em);
	x = d->left - CAPTION_BOX_PAD * em;
	w = d->right - d->left + 2 * CAPTION_BOX_PAD * em;
	y = d->top - up - PLATE_PAD * em;
	h = d->bottom + down + PLATE_PAD * em - y;
	rounded(cr, x, y, w, h, 0.38 * em);
	ink(cr, d->colour.plate, d->look.plate);
	cairo_fill(cr);
	if (d->look.base != CAPTION_BOX)
		return;
	cairo_rectangle(cr, d->rtl ? x + w - 0.35 * em : x + 0.26 * em,
	    y + 0.40 * em, 0.09 * em, h - 0.80 * em);
	ink(cr, d->colour.bar, 1);
	cairo_fill(cr);
}

/* How far the plate may go beyond the word at x: less where another word
 * begins or ends right there, as in scripts without spaces. */
static double
plate_edge(const struct caption_draw *d, const struct caption_run *r, double x)
{
	const struct caption_run *o;

	for (o = d->run; o < d->run + d->nr; o++)
		if (o != r && o->line == r->line &&
		    (fabs(o->x - x) < 0.1 * d->em ||
		    fabs(o->x + o->w - x) < 0.1 * d->em))
			return PLATE_NEAR * d->em;
	return CAPTION_EDGE * d->em;
}

static void
word_plate(cairo_t *cr, const struct caption_draw *d,
    const struct caption_run *r)
{
	double em = d->em, up = 0.85 * em, down = 0.21 * em;
	double left = plate_edge(d, r, r->x);
	double right = plate_edge(d, r, r->x + r->w);

	caption_reach(d, r, &up, &down);
	rounded(cr, r->x - left, r->base - up - 0.10 * em, r->w + left +
	    right, up + down + 0.20 * em, 0.26 * em);
	ink(cr, d->colour.spoken, 1);
	cairo_fill(cr);
}

static void
letters(cairo_t *cr, const struct caption_draw *d, const struct caption_run *r,
    long now)
{
	int plate = d->look.mark == CAPTION_MARK_PLATE;
	struct rgb c = d->colour.ink;
	double alpha = 1;

	if (is_now(r, now) && d->look.mark != CAPTION_MARK_NONE)
		c = plate ? d->colour.on_spoken : d->colour.spoken;
	else if (plate && r->word > now)
		alpha = COMING;
	enter(cr, d, r, now);
	ink(cr, c, alpha);
	trace(cr, d, r, 1);
	cairo_fill(cr);
	cairo_restore(cr);
}

/* Where in the frame the bitmaps of a caption lie. */
struct place {
	int x, y, w, h;
};

/* What lies under the letters: shadow or plate, and outlines. */
static cairo_surface_t *
ground(const struct caption_draw *d, long now, const struct place *p)
{
	cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_ARGB32,
	    p->w, p->h);
	cairo_t *cr = cairo_create(s);
	size_t i;

	cairo_translate(cr, -p->x, -p->y);
	if (d->look.plate > 0)
		box_plate(cr, d);
	else if (d->look.shadow > 0)
		shadow(cr, d, now, p->x, p->y, p->w, p->h);
	for (i = 0; i < d->nr && d->look.outline > 0; i++) {
		ink(cr, d->colour.dark, OUTLINE_ALPHA);
		shape(cr, d, &d->run[i], now);
	}
	cairo_destroy(cr);
	return s;
}

static cairo_surface_t *
copy(cairo_surface_t *from, const struct place *p)
{
	cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_ARGB32,
	    p->w, p->h);
	cairo_t *cr = cairo_create(s);

	cairo_set_operator(cr, CAIRO_OPERATOR_SOURCE);
	cairo_set_source_surface(cr, from, 0, 0);
	cairo_paint(cr);
	cairo_destroy(cr);
	return s;
}

/* The ground with the word's plate and the letters on it. Where no word is
 * larger than another, the ground is the same for all and kept. */
static cairo_surface_t *
paint(struct caption_draw *d, long now, const struct place *p)
{
	cairo_surface_t *s;
	cairo_t *cr;
	size_t i;

	if (d->look.mark == CAPTION_MARK_WORD) {
		s = ground(d, now, p);
	} else {
		if (!d->ground)
			d->ground = ground(d, now, p);
		s = copy(d->ground, p);
	}
	cr = cairo_create(s);
	cairo_translate(cr, -p->x, -p->y);
	for (i = 0; i < d->nr && d->look.mark == CAPTION_MARK_PLATE; i++)
		if (is_now(&d->run[i], now))
			word_plate(cr, d, &d->run[i]);
	for (i = 0; i < d->nr; i++)
		letters(cr, d, &d->run[i], now);
	cairo_destroy(cr);
	cairo_surface_flush(s);
	return s;
}

struct overlay *
caption_draw_state(struct caption_draw *d, long now)
{
	double pad = (MARGIN + (d->look.plate > 0 ? CAPTION_BOX_PAD :
	    0)) * d->em;
	struct place p;
	cairo_surface_t *s;
	struct overlay *o;

	p.x = (int)floor(d->left - pad);
	p.y = (int)floor(d->top - d->em - pad);
	p.w = (int)ceil(d->right + pad) - p.x;
	p.h = (int)ceil(d->bottom + pad) - p.y;
	s = paint(d, now, &p);
	o = overlay_new((const uint32_t *)(void *)
	    cairo_image_surface_get_data(s), p.w, p.h,
	    cairo_image_surface_get_stride(s) / 4, p.x, p.y, d->w, d->h);
	cairo_surface_destroy(s);
	return o;
}
