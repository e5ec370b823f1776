/*
 * Nebula: warped clouds of gas lit from the focus, stars, and one small
 * figure on a black hill, which gives the scale.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "media/card/dmath.h"
#include "media/card/families.h"
#include "media/card/noise.h"
#include "media/card/sky.h"

#define STEP 2       /* pixels a value: gas has no finer detail */
#define HILL 0.885f  /* of the height */

struct gas {
	uint32_t warp, cloud, crest, dust;
	float fx, fy;     /* focus in heights */
	float wide, high; /* of the lit part, in heights */
	float heat;       /* what the core adds */
};

/* Density 0..1 and dust 0..1 at a place in heights. */
static float
gas_at(const struct gas *g, float x, float y, float *dust)
{
	float wx, wy, dx = (x - g->fx) / g->wide, dy = (y - g->fy) / g->high;
	float core, a, b;

	wx = fbm2(g->warp, x * 1.15f, y * 1.15f, 4, 0.52f);
	wy = fbm2(g->warp + 17, x * 1.15f, y * 1.15f, 4, 0.52f);
	x += 0.95f * wx;
	y += 0.95f * wy;
	a = fbm2(g->cloud, x * 1.25f, y * 1.25f, 6, 0.52f);
	b = ridged2(g->crest, x * 1.7f + 0.5f * wy, y * 1.7f, 6, 0.55f);
	*dust = f_smooth(0.56f, 0.82f, ridged2(g->dust, x * 2.1f + wy,
	    y * 2.1f - wx, 5, 0.58f));
	core = f_exp(-(dx * dx + dy * dy) * (1.0f - 1.1f * wx));
	b += 0.30f * (ridged2(g->crest + 900, x * 4.6f + 1.2f * a, y * 4.6f -
	    1.2f * a, 4, 0.55f) - 0.5f);
	return 0.23f + 0.80f * a + 0.66f * (b - 0.53f) + g->heat * core;
}

static void
make_ramp(struct ramp *r, const struct palette *p)
{
	static const float at[6] = { 0, 0.20f, 0.42f, 0.62f, 0.82f, 1 };
	struct rgb stop[6];

	stop[0] = rgb_mix(p->deep, rgb_hex(0), 0.45);
	stop[1] = rgb_mix(p->deep, p->mid, 0.30);
	stop[2] = rgb_mix(palette_dark_mid(p), p->deep, 0.06);
	stop[3] = rgb_mix(p->accent2, p->mid, 0.34);
	stop[4] = rgb_mix(p->accent, p->accent2, 0.30);
	stop[5] = rgb_mix(p->accent, p->light, 0.55);
	ramp_init(r, stop, at, 6);
}

static void
paint_gas(struct canvas *c, const struct scene_params *p, const struct gas *g)
{
	struct ramp ramp;
	struct field d, k;
	struct rgb *row = xmalloc((size_t)c->w * sizeof(*row));
	float *a = xmalloc((size_t)c->w * 3 * sizeof(*a)), *b = a + c->w;
	float *one = b + c->w, h = (float)c->h, px, py, t;
	int i, j, x, y, bottom = (int)((HILL + 0.05f) * h);

	make_ramp(&ramp, &p->pal);
	field_init(&d, 0, 0, c->w, bottom, STEP);
	field_init(&k, 0, 0, c->w, bottom, STEP);
	for (j = 0; j < d.h; j++)
		for (i = 0; i < d.w; i++) {
			px = (float)(i * STEP);
			py = (float)(j * STEP);
			t = gas_at(g, px / h, py / h, &k.v[j * k.w + i]);
			t += (0.20f + 0.42f * (t - 0.30f) - t) *
			    text_calm(c, p, px, py);
			d.v[j * d.w + i] = t;
		}
	for (x = 0; x < c->w; x++)
		one[x] = 1;
	for (y = 0; y < c->h; y++) {
		field_row(&d, 0, y, c->w, a);
		field_row(&k, 0, y, c->w, b);
		for (x = 0; x < c->w; x++)
			row[x] = rgb_scale(ramp_at(&ramp, a[x] - 0.26f * b[x] *
			    f_smooth(0.22f, 0.5f, a[x])), 1.0f - 0.12f * b[x]);
		canvas_row_rgb(c, 0, y, c->w, one, row, BLEND_OVER);
	}
	field_release(&d);
	field_release(&k);
	free(row);
	free(a);
}

/* Faint stars without number, and a few big ones near the gas. */
static void
stars(struct canvas *c, const struct scene_params *p)
{
	struct rgb white = rgb_mix(p->pal.light, rgb_hex(0xffffff), 0.5);
	struct rng r;
	float x, y, k;
	int i;

	rng_seed(&r, p->seed, 0x64757374);
	for (i = 0; i < 900; i++) {
		x = (float)rng_unit(&r) * (float)c->w;
		y = (float)rng_unit(&r) * HILL * (float)c->h;
		k = (float)rng_unit(&r);
		k *= k * (1.0f - 0.95f * text_calm(c, p, x, y));
		canvas_disc(c, x, y, (0.35f + 0.55f * k) * c->u, white,
		    0.14f + 0.62f * k);
		if (k > 0.86f)
			canvas_glow(c, x, y, 0, 2.6f * c->u, white, 0.5f);
	}
	sky_stars(c, p, white, 260, 1.2f * (float)c->h);
}

static float
hill_y(const struct canvas *c, const struct scene_params *p, float x)
{
	float h = (float)c->h, px = x / h, fx = p->fx * (float)c->w / h, d;

	d = (px - fx) / 0.55f;
	return h * (HILL + 0.012f - 0.035f * f_exp(-d * d) -
	    0.05f * noise1(noise_seed(p, 60), px * 0.9f) -
	    0.010f * fbm1(noise_seed(p, 61), px * 6, 4, 0.5f));
}

/* A person seen from behind, feet at (x, y), looking up. */
static void
person(cairo_t *cr, double x, double y, double s)
{
	cairo_arc(cr, x, y - 0.885 * s, 0.105 * s, 0, 2 * D_PI);
	cairo_fill(cr);
	cairo_move_to(cr, x - 0.045 * s, y - 0.80 * s);
	cairo_curve_to(cr, x - 0.17 * s, y - 0.78 * s, x - 0.165 * s,
	    y - 0.70 * s, x - 0.175 * s, y - 0.42 * s);
	cairo_line_to(cr, x - 0.115 * s, y - 0.42 * s);
	cairo_line_to(cr, x - 0.13 * s, y);
	cairo_line_to(cr, x - 0.03 * s, y + 0.02 * s);
	cairo_line_to(cr, x, y - 0.36 * s);
	cairo_line_to(cr, x + 0.03 * s, y + 0.02 * s);
	cairo_line_to(cr, x + 0.13 * s, y);
	cairo_line_to(cr, x + 0.115 * s, y - 0.42 * s);
	cairo_line_to(cr, x + 0.175 * s, y - 0.42 * s);
	cairo_curve_to(cr, x + 0.165 * s, y - 0.70 * s, x + 0.17 * s,
	    y - 0.78 * s, x + 0.045 * s, y - 0.80 * s);
	cairo_close_path(cr);
	cairo_fill(cr);
}

static void
ground(struct canvas *c, const struct scene_params *p)
{
	float h = (float)c->h, x = (p->fx + 0.015f) * (float)c->w;
	float size = 0.052f * h;
	struct rgb dark = rgb_scale(rgb_mix(p->pal.deep, rgb_hex(0), 0.55),
	    0.8f);
	struct mask m;
	cairo_t *cr = mask_begin(&m, 0, (int)(0.75f * h), c->w,
	    (int)(0.25f * h) + 2);
	int i;

	if (!p->portrait)
		x = p->fx * (float)c->w;
	cairo_move_to(cr, -2, h + 2);
	for (i = -2; i <= c->w + 2; i += 2)
		cairo_line_to(cr, i, hill_y(c, p, (float)i));
	cairo_line_to(cr, c->w + 2, h + 2);
	cairo_fill(cr);
	person(cr, x, hill_y(c, p, x) + 0.004f * h, size);
	if (noise_seed(p, 62) % 3 == 0) {
		x += 0.62f * size;
		person(cr, x, hill_y(c, p, x) + 0.004f * h, 0.62f * size);
	}
	mask_end(&m, cr);
	canvas_mask(c, &m, dark, 1, BLEND_OVER);
	mask_release(&m);
}

void
draw_nebula(struct canvas *c, const struct scene_params *p)
{
	float h = (float)c->h;
	struct gas g;

	g.warp = noise_seed(p, 50);
	g.cloud = noise_seed(p, 51);
	g.crest = noise_seed(p, 52);
	g.dust = noise_seed(p, 53);
	g.fx = p->fx * (float)c->w / h;
	g.fy = p->portrait ? p->fy - 0.02f : p->fy;
	g.wide = p->portrait ? 0.36f : 0.44f;
	g.high = p->portrait ? 0.25f : 0.46f;
	g.heat = p->portrait ? 0.37f : 0.43f;
	paint_gas(c, p, &g);
	canvas_glow(c, g.fx * h, (HILL + 0.03f) * h, 0, 0.13f * h,
	    rgb_mix(p->pal.accent, p->pal.accent2, 0.5), 0.26f);
	stars(c, p);
	canvas_bloom(c, 0.82f, 26 * c->u, 0.22f);
	ground(c, p);
}
