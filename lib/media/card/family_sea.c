/*
 * Sea: swell under a sun at the horizon, its light broken on the water, one
 * boat.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "media/card/dmath.h"
#include "media/card/families.h"
#include "media/card/noise.h"
#include "media/card/sky.h"

#define WAVES 13

struct water {
	float horizon;      /* y in pixels */
	struct rgb far, near_;
	struct rgb crest, glitter;
	struct sun sun;
	float *crest_y[WAVES + 1];
};

static void
make_waves(const struct canvas *c, const struct scene_params *p,
	struct water *w)
{
	float h = (float)c->h, t, base, amp, f, n;
	uint32_t seed;
	int i, x;

	for (i = 0; i <= WAVES; i++) {
		w->crest_y[i] = xmalloc((size_t)c->w * sizeof(float));
		t = (float)i / WAVES;
		seed = noise_seed(p, 20 + (unsigned)i);
		base = w->horizon + (h * 1.03f - w->horizon) *
		    (float)d_pow(t, 1.55);
		amp = (0.0015f + 0.030f * (float)d_pow(t, 1.25)) * h;
		f = (9.0f - 7.5f * t) / h;
		for (x = 0; x < c->w; x++) {
			n = fbm1(seed, (float)x * f, 3, 0.45f);
			w->crest_y[i][x] = i ? base - amp * n * 1.5f :
			    w->horizon;
		}
	}
}

/* Light of the sun on the water: long flecks inside a column that widens. */
static void
glitter_row(const struct canvas *c, const struct scene_params *p,
	const struct water *w, int y, float *out)
{
	float h = (float)c->h, d = ((float)y - w->horizon) /
	    (h - w->horizon), half, k, x, v, scale;
	uint32_t seed = noise_seed(p, 60);
	int i;

	d = f_clamp(d, 0.001f, 1);
	/* Far flecks are small, near ones long: 12 to 1 in perspective. */
	scale = 1.0f / (0.012f + 0.085f * d);
	half = (0.055f + 0.155f * d) * h;
	v = 86.0f * (float)d_pow(d, 0.58);
	noise_row(out, c->w, -w->sun.x / h * scale, scale / h, v, seed);
	for (i = 0; i < c->w; i++) {
		x = fabsf((float)i - w->sun.x) / half;
		k = f_smooth(1.0f, 0.15f, x);
		out[i] = k * f_smooth(0.10f + 0.12f * x, 0.24f + 0.12f * x,
		    out[i] + 0.05f * k);
	}
}

/* The colour of wave i's face at pixel (x, y). */
static struct rgb
wave_colour(const struct canvas *c, const struct water *w, int i, int x, int y)
{
	float h = (float)c->h, t = (float)i / WAVES, d, k, light;
	float depth = ((float)y - w->horizon) / (h - w->horizon);
	struct rgb o;

	d = ((float)y + 0.5f - w->crest_y[i][x]) / h;
	d = d < 0 ? 0 : d;
	k = f_exp(-d / (0.0022f + 0.010f * t)) * (0.20f + 0.10f * t);
	light = f_smooth(0, 1, depth * 0.75f + t * 0.25f);
	o = rgb_lerp(w->far, w->near_, light);
	o = rgb_lerp(o, w->crest, k * (1.0f - 0.55f * depth));
	/* A face darkens toward its foot. */
	return rgb_scale(o, 1.0f - 0.09f * f_clamp(d / (0.01f + 0.06f * t), 0,
	    1));
}

static void
water_row(struct canvas *c, const struct scene_params *p,
	const struct water *w, int y, float *a)
{
	float *g = a + c->w, cover;
	float depth = ((float)y - w->horizon) / ((float)c->h - w->horizon);
	struct rgb *row = xmalloc((size_t)c->w * sizeof(*row));
	int x, i = 0;

	glitter_row(c, p, w, y, g);
	for (x = 0; x < c->w; x++) {
		/* The nearest wave whose crest is above the pixel's foot. */
		while (i < WAVES && w->crest_y[i + 1][x] < (float)y + 1)
			i++;
		while (i > 0 && w->crest_y[i][x] >= (float)y + 1)
			i--;
		row[x] = wave_colour(c, w, i, x, y);
		cover = (float)y + 1 - w->crest_y[i][x];
		if (i && cover < 1)
			row[x] = rgb_lerp(wave_colour(c, w, i - 1, x, y),
			    row[x], cover);
		row[x] = rgb_lerp(row[x], w->glitter, g[x] *
		    (0.78f - 0.22f * depth));
		a[x] = f_clamp((float)y + 1 - w->horizon, 0, 1);
	}
	canvas_row_rgb(c, 0, y, c->w, a, row, BLEND_OVER);
	free(row);
}

/* Main, fore and hull; h is the mast's height, (x, y) the waterline. */
static void
draw_boat(struct canvas *c, const struct scene_params *p, float x, float y,
	float h)
{
	struct rgb hull = rgb_mix(p->pal.deep, rgb_hex(0), 0.25);
	struct rgb sail = rgb_mix(p->pal.light, rgb_hex(0xffffff), 0.25);
	int part, k = p->mirror ? -1 : 1;
	struct mask m;
	cairo_t *cr;

	for (part = 0; part < 3; part++) {
		cr = mask_begin(&m, (int)(x - h), (int)(y - h * 1.2f),
		    (int)(2 * h), (int)(h * 1.6f));
		cairo_translate(cr, x, y);
		cairo_scale(cr, k * h, h);
		if (part == 0) {
			cairo_move_to(cr, 0.045, -0.90);
			cairo_curve_to(cr, 0.20, -0.60, 0.30, -0.36, 0.33,
			    -0.17);
			cairo_line_to(cr, 0.045, -0.15);
		} else if (part == 1) {
			cairo_move_to(cr, -0.03, -0.84);
			cairo_curve_to(cr, -0.10, -0.55, -0.20, -0.32, -0.30,
			    -0.17);
			cairo_line_to(cr, -0.03, -0.15);
		} else {
			cairo_rectangle(cr, -0.012, -1, 0.026, 0.95);
			cairo_move_to(cr, -0.37, -0.10);
			cairo_curve_to(cr, -0.15, -0.075, 0.15, -0.075, 0.40,
			    -0.115);
			cairo_curve_to(cr, 0.33, 0.0, 0.27, 0.035, 0.20, 0.035);
			cairo_line_to(cr, -0.22, 0.035);
			cairo_curve_to(cr, -0.30, 0.03, -0.34, -0.03, -0.37,
			    -0.10);
		}
		cairo_close_path(cr);
		cairo_fill(cr);
		mask_end(&m, cr);
		canvas_mask(c, &m, part == 2 ? hull : part == 1 ?
		    rgb_lerp(sail, hull, 0.16f) : sail, 1, BLEND_OVER);
		mask_release(&m);
	}
}

/* Its mirror image in dashes that shorten downward. */
static void
draw_reflection(struct canvas *c, const struct scene_params *p, float x,
	float y, float h)
{
	struct rgb dark = rgb_scale(p->pal.deep, 0.8f);
	struct rng r;
	struct mask m;
	cairo_t *cr;
	double half, at;
	int i;

	rng_seed(&r, p->seed, 0x626f6174);
	cr = mask_begin(&m, (int)(x - h), (int)y, (int)(2 * h), (int)h);
	for (i = 0; i < 6; i++) {
		half = h * (0.32 - 0.042 * i) * rng_range(&r, 0.75, 1.1);
		at = y + h * (0.075 + 0.085 * i);
		cairo_move_to(cr, x - half + h * rng_range(&r, -0.03, 0.03),
		    at);
		cairo_line_to(cr, x + half, at);
		cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
		cairo_set_line_width(cr, h * 0.028);
		cairo_stroke(cr);
	}
	mask_end(&m, cr);
	canvas_mask(c, &m, dark, 0.42f, BLEND_OVER);
	mask_release(&m);
}

static void
water_colours(struct water *w, const struct scene_params *p,
	const struct sky *s)
{
	const struct palette *pal = &p->pal;
	int night = p->time == CARD_NIGHT;

	w->far = rgb_mix(rgb_mix(pal->deep, pal->mid, night ? 0.35 : 0.62),
	    s->haze, night ? 0.10 : 0.18);
	w->near_ = rgb_mix(pal->deep, pal->mid, s->dark ? 0.04 : 0.16);
	w->crest = rgb_mix(s->haze, pal->mid, night ? 0.3 : 0.15);
	w->glitter = rgb_mix(s->sun, s->haze, 0.12);
}

void
draw_sea(struct canvas *c, const struct scene_params *p)
{
	float h = (float)c->h, *a = xmalloc((size_t)c->w * 2 * sizeof(*a));
	struct water w;
	struct sky s;
	struct rng r;
	float boat = 0.070f * h * (0.6f + 0.4f * p->shrink), x;
	int setting, y, i;

	rng_seed(&r, p->seed, 0x736561);
	w.horizon = (p->horizon + (p->title ? 0 :
	    (float)rng_range(&r, -0.012, 0.035))) * h;
	sky_make(&s, p, w.horizon / h);
	w.sun.r = (p->time == CARD_NIGHT ? 0.075f : 0.103f) * p->shrink * h;
	w.sun.x = p->fx * (float)c->w;
	setting = rng_below(&r, 4) == 0 || p->title || p->time == CARD_DUSK;
	/* A full sun does not fit between low words and the horizon. */
	setting |= p->portrait && p->text.w > 0 && w.horizon - 2.5f * w.sun.r <
	    (p->text.y + p->text.h + 0.02f) * h;
	w.sun.y = w.horizon - w.sun.r * (setting ? 0.55f :
	    (float)rng_range(&r, 1.16, 1.34));
	water_colours(&w, p, &s);
	sky_paint(c, &s, p, w.horizon, &w.sun);
	make_waves(c, p, &w);
	for (y = (int)w.horizon; y < c->h; y++)
		water_row(c, p, &w, y, a);
	/* The line where air meets water. */
	canvas_glow(c, w.sun.x, w.horizon, 0, 0.055f * h, w.glitter, 0.30f);
	if (!p->title && !setting && rng_below(&r, 4)) {
		x = w.sun.x + (p->mirror ? 1 : -1) * (w.sun.r * 1.1f + h *
		    (float)rng_range(&r, 0.13, 0.20) * p->shrink);
		y = (int)(w.horizon + 0.022f * h);
		draw_reflection(c, p, x, (float)y, boat * 1.5f);
		draw_boat(c, p, x, (float)y, boat * 1.5f);
	}
	for (i = 0; i <= WAVES; i++)
		free(w.crest_y[i]);
	free(a);
}
