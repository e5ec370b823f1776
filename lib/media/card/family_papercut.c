/*
 * Papercut: sheets with a hole each, wider outward, the words on the outermost
 * and darkest; inside, a sun over water or a plant.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "media/card/dmath.h"
#include "media/card/families.h"
#include "media/card/noise.h"

#define SHEETS 7
#define POINTS 220

struct cut {
	struct canvas *c;
	const struct scene_params *p;
	float x, y, r;   /* middle and size of the innermost hole, pixels */
	int margin;
};

/* The outline of sheet i's hole: a noisy circle, 25 % wider than high. */
static void
hole(const struct cut *k, cairo_t *cr, int i)
{
	static const float grow[SHEETS] = { 1, 1.16f, 1.33f, 1.52f, 1.74f,
		2.06f, 2.5f };
	uint32_t own = noise_seed(k->p, 30 + (unsigned)i);
	uint32_t all = noise_seed(k->p, 29);
	float px[POINTS], py[POINTS], a, n, r, rough = 0.20f + 0.015f * i;
	int j, m;

	for (j = 0; j < POINTS; j++) {
		a = (float)(2 * D_PI) * (float)j / POINTS;
		px[j] = (float)d_cos(a);
		py[j] = (float)d_sin(a);
		/* Sheets share their large shape and differ in the small. */
		n = 0.62f * noise2(all, 1.15f * px[j] + 7, 1.15f * py[j]) +
		    0.50f * noise2(own, 1.5f * px[j] + 3, 1.5f * py[j]) +
		    0.22f * noise2(own + 9, 3.4f * px[j], 3.4f * py[j]);
		r = k->r * grow[i] * (1 + 1.55f * rough * n);
		px[j] = k->x + px[j] * r * 1.12f;
		py[j] = k->y + py[j] * r * 0.90f;
	}
	/* Through the middles of the sides, with the points as handles. */
	cairo_move_to(cr, (px[0] + px[POINTS - 1]) / 2,
	    (py[0] + py[POINTS - 1]) / 2);
	for (j = 0; j < POINTS; j++) {
		m = (j + 1) % POINTS;
		cairo_line_to(cr, px[j], py[j]);
		cairo_line_to(cr, (px[j] + px[m]) / 2, (py[j] + py[m]) / 2);
	}
	cairo_close_path(cr);
}

static struct rgb
sheet_colour(const struct palette *p, int i)
{
	switch (i) {
	case 0:
		return rgb_mix(p->accent, p->light, 0.62);
	case 1:
		return rgb_mix(p->accent, p->light, 0.36);
	case 2:
		return p->accent;
	case 3:
		return rgb_mix(rgb_mix(p->accent, p->deep, 0.26), p->mid,
		    0.20);
	case 4:
		return p->mid;
	case 5:
		return rgb_mix(p->mid, p->deep, 0.56);
	default:
		return rgb_mix(p->deep, p->mid, 0.13);
	}
}

/* A sheet with its hole, the shadow it throws inward, and its lit edge. */
static void
sheet(const struct cut *k, int i)
{
	struct canvas *c = k->c;
	struct rgb colour = sheet_colour(&k->p->pal, i);
	struct mask m, edge;
	cairo_t *cr;

	cr = mask_begin_all(&m, c, k->margin);
	cairo_paint(cr);
	cairo_set_operator(cr, CAIRO_OPERATOR_CLEAR);
	hole(k, cr, i);
	cairo_fill(cr);
	mask_end(&m, cr);
	canvas_paper_shadow(c, &m, &k->p->pal);
	canvas_mask(c, &m, colour, 1, BLEND_OVER);
	cr = mask_begin_all(&edge, c, k->margin);
	hole(k, cr, i);
	cairo_set_line_width(cr, 1.6 * c->u);
	cairo_stroke(cr);
	mask_end(&edge, cr);
	canvas_mask(c, &edge, rgb_lerp(colour, rgb_hex(0xffffff), 0.5f), 0.35f,
	    BLEND_OVER);
	mask_release(&edge);
	mask_release(&m);
}

/* The outermost sheets lie over the words' place: plain deep there. */
static void
ground(const struct cut *k)
{
	struct ramp r;
	struct rgb stop[2];

	stop[0] = rgb_mix(k->p->pal.light, rgb_hex(0xffffff), 0.25);
	stop[1] = rgb_mix(k->p->pal.light, k->p->pal.accent, 0.06);
	ramp_init(&r, stop, NULL, 2);
	canvas_radial(k->c, &r, k->x, k->y, 1.3f * k->r);
}

static void
paper_disc(const struct cut *k, float x, float y, float r, struct rgb colour)
{
	struct mask m;
	int pad = (int)(r * 1.2f);
	cairo_t *cr = mask_begin(&m, (int)x - pad, (int)y - pad, 2 * pad,
	    2 * pad);

	cairo_arc(cr, x, y, r, 0, 2 * D_PI);
	cairo_fill(cr);
	mask_end(&m, cr);
	canvas_paper_shadow(k->c, &m, &k->p->pal);
	canvas_mask(k->c, &m, colour, 1, BLEND_OVER);
	mask_release(&m);
}

/* A sheet of water (or ground): everything below a gentle line. */
static void
water(const struct cut *k, int i, float y, struct rgb colour)
{
	uint32_t seed = noise_seed(k->p, 50 + (unsigned)i);
	float x0 = k->x - 2.2f * k->r, x1 = k->x + 2.2f * k->r, x, h;
	struct mask m;
	cairo_t *cr = mask_begin(&m, (int)x0, (int)(k->y - 2 * k->r),
	    (int)(x1 - x0), (int)(4 * k->r));

	h = 0.075f * k->r;
	cairo_move_to(cr, x0, k->y + 2 * k->r);
	for (x = x0; x <= x1; x += 4 * k->c->u)
		cairo_line_to(cr, x, y + h * 2.2f * noise1(seed, (x - k->x) /
		    k->r * 1.15f));
	cairo_line_to(cr, x1, k->y + 2 * k->r);
	cairo_close_path(cr);
	cairo_fill(cr);
	mask_end(&m, cr);
	canvas_paper_shadow(k->c, &m, &k->p->pal);
	canvas_mask(k->c, &m, colour, 1, BLEND_OVER);
	mask_release(&m);
}

static void
sun_and_sea(const struct cut *k)
{
	const struct palette *p = &k->p->pal;
	float y = k->y + 0.20f * k->r;

	paper_disc(k, k->x, y - 0.14f * k->r, 0.42f * k->r, p->accent);
	water(k, 0, y, rgb_mix(p->accent2, p->light, 0.52));
	water(k, 1, y + 0.23f * k->r, rgb_mix(p->accent2, p->light, 0.26));
	water(k, 2, y + 0.42f * k->r, p->accent2);
}

struct stem {
	float x, y, h, bend;
};

static float
stem_x(const struct stem *s, float t)
{
	return s->x + s->bend * (t * t - 0.6f * t);
}

/* One leaf at t of the stem, side -1 or 1, with its midrib. */
static void
leaf(const struct cut *k, const struct stem *s, float t, int side, float size)
{
	const struct palette *p = &k->p->pal;
	double angle = side > 0 ? -0.62 : -D_PI + 0.62;
	float x = stem_x(s, t), y = s->y - s->h * t;
	struct rgb colour = p->accent2;
	struct mask m;
	cairo_t *cr;
	int part;

	if (side < 0)
		colour = rgb_mix(p->accent2, p->deep, t < 0.45f ? 0.34 : 0.10);
	if (t > 0.9f)
		angle = side > 0 ? -1.12 : -D_PI + 1.12;
	for (part = 0; part < 2; part++) {
		cr = mask_begin(&m, (int)(x - size * 1.3f),
		    (int)(y - size * 1.3f), (int)(size * 2.6f),
		    (int)(size * 2.6f));
		cairo_translate(cr, x, y);
		cairo_rotate(cr, angle);
		cairo_scale(cr, size, size * (side > 0 ? 1 : -1));
		cairo_move_to(cr, 0, 0);
		if (part == 0) {
			cairo_curve_to(cr, 0.22, -0.40, 0.68, -0.36, 1, -0.04);
			cairo_curve_to(cr, 0.72, 0.28, 0.28, 0.26, 0, 0);
			cairo_fill(cr);
		} else {
			cairo_curve_to(cr, 0.3, -0.06, 0.6, -0.08, 0.92,
			    -0.04);
			cairo_set_line_width(cr, 0.014);
			cairo_stroke(cr);
		}
		mask_end(&m, cr);
		if (part == 0)
			canvas_paper_shadow(k->c, &m, p);
		canvas_mask(k->c, &m, part ? p->deep : colour,
		    part ? 0.30f : 1, BLEND_OVER);
		mask_release(&m);
	}
}

static void
plant(const struct cut *k)
{
	static const float at[6] = { 0.28f, 0.34f, 0.60f, 0.66f, 0.97f,
		0.97f };
	const struct palette *p = &k->p->pal;
	struct stem s;
	struct rng r;
	struct mask m;
	cairo_t *cr;
	int i, first;
	float t;

	rng_seed(&r, k->p->seed, 0x6c656166);
	s.x = k->x - 0.01f * k->r;
	s.y = k->y + 0.56f * k->r;
	s.h = 1.02f * k->r;
	s.bend = k->r * (float)rng_range(&r, -0.10, 0.10);
	first = rng_below(&r, 2) ? 1 : -1;
	paper_disc(k, k->x, k->y - 0.08f * k->r, 0.40f * k->r, p->accent);
	water(k, 3, k->y + 0.50f * k->r, rgb_mix(p->mid, p->deep, 0.35));
	cr = mask_begin(&m, (int)(k->x - k->r), (int)(k->y - k->r),
	    (int)(2 * k->r), (int)(2 * k->r));
	cairo_move_to(cr, stem_x(&s, 0), s.y);
	for (t = 0; t <= 1.001f; t += 0.02f)
		cairo_line_to(cr, stem_x(&s, t), s.y - s.h * t);
	cairo_set_line_width(cr, 0.042 * k->r);
	cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
	cairo_stroke(cr);
	mask_end(&m, cr);
	canvas_paper_shadow(k->c, &m, p);
	canvas_mask(k->c, &m, rgb_mix(p->accent2, p->deep, 0.45), 1,
	    BLEND_OVER);
	mask_release(&m);
	for (i = 0; i < 6; i++)
		leaf(k, &s, at[i], i & 1 ? -first : first, k->r *
		    (i > 3 ? 0.25f : 0.37f - 0.02f * (float)i) *
		    (float)rng_range(&r, 0.92, 1.08));
}

void
draw_papercut(struct canvas *c, const struct scene_params *p)
{
	struct cut k;
	float reach, y;
	int i;

	k.c = c;
	k.p = p;
	/* Clear of the words: further out than other subjects. */
	k.x = (p->title || p->portrait ? p->fx : p->mirror ? p->fx - 0.035f :
	    p->fx + 0.035f) * (float)c->w;
	k.y = (p->title ? 0.66f : p->portrait ? p->fy +
	    (p->shrink > 0.75f ? 0.08f : 0.05f) : 0.48f) *
	    (float)c->h;
	k.r = 0.255f * (float)c->h * (p->title ? 0.72f : p->portrait ?
	    p->shrink * 0.98f : 1);
	/* Below words, the sheet in the middle tone (1.74 k.r, see hole()) must
	 * not reach them. */
	y = k.y / (float)c->h;
	reach = 1.9f * k.r / (float)c->h;
	clear_of_text(p, 1.06f, &y, &reach);
	k.y = y * (float)c->h;
	k.r = reach * (float)c->h / 1.9f;
	k.margin = (int)(60 * c->u);
	ground(&k);
	if (p->variant == VARIANT_PLANT)
		plant(&k);
	else
		sun_and_sea(&k);
	for (i = 0; i < SHEETS; i++)
		sheet(&k, i);
	canvas_texture(c, noise_seed(p, 70), 0.018f);
}
