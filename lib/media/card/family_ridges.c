/*
 * Ridges: seven ranges of hills in mist before a low sun, conifers in front.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "media/card/dmath.h"
#include "media/card/families.h"
#include "media/card/noise.h"
#include "media/card/sky.h"

#define LAYERS 7

struct ridge {
	float *crest;     /* y in pixels, for each column */
	float top;        /* the highest */
	float t;          /* 0 far, 1 near */
	struct rgb colour;
	uint32_t seed;
};

/* A tent with a rough outline: the one peak that one remembers. */
static float
peak(float x, float at, float width, float height, uint32_t seed)
{
	float d = fabsf(x - at) / width, n;

	n = fbm1(seed, x * 7.0f, 6, 0.60f);
	d = d * (1.0f + 0.35f * n);
	if (d >= 1)
		return 0;
	return height * (float)d_pow(1 - d, 1.45) * (1 + 0.55f * n * d);
}

static void
make_crest(const struct canvas *c, const struct scene_params *p,
	struct ridge *r, int i)
{
	float h = (float)c->h, base, amp, y, px, side = p->mirror ? 1.f : -1.f;
	float sun = p->fx * (float)c->w / h, drop;
	int x;

	drop = p->title ? 0.075f : p->portrait ? 0.07f : 0;
	base = 0.50f + drop + (0.44f - drop) * (float)d_pow(r->t, 1.15);
	amp = 0.13f + 0.02f * r->t - 0.05f * r->t * r->t;
	r->top = h;
	for (x = 0; x < c->w; x++) {
		px = (float)x / h;
		y = 0.95f * (ridged2(r->seed, px * 2.1f, 0.31f, 8,
		    0.52f - 0.10f * r->t) - 0.45f) +
		    0.85f * noise1(r->seed + 5, px * 0.9f);
		y = base - amp * y;
		if (i == 1)
			y -= peak(px, sun + side * 0.27f * p->shrink,
			    0.42f * p->shrink, 0.155f * p->shrink,
			    r->seed + 9);
		if (i == 3)
			y -= peak(px, sun + side * 0.62f * p->shrink,
			    0.40f * p->shrink, 0.055f, r->seed + 9);
		r->crest[x] = y * h;
		if (r->crest[x] < r->top)
			r->top = r->crest[x];
	}
}

/* Rows of one layer, down to where the next one covers it whole. */
static void
paint_layer(struct canvas *c, const struct ridge *r, const struct sky *s,
	int bottom)
{
	float h = (float)c->h, mist = 0.78f * (1 - r->t), d, m, k, light;
	float *tex = xmalloc((size_t)c->w * 2 * sizeof(*tex)), *a = tex + c->w;
	struct rgb *row = xmalloc((size_t)c->w * sizeof(*row)), col;
	float rim = 0.0022f;
	int x, y;

	for (y = (int)r->top - 1; y < bottom; y++) {
		if (y < 0)
			continue;
		ridged_row(tex, c->w, 0, 3.1f / h, (float)y / h * 6.5f,
		    r->seed + 31, 4, 0.55f);
		for (x = 0; x < c->w; x++) {
			d = (float)y + 0.5f - r->crest[x];
			a[x] = f_clamp(d + 0.5f, 0, 1);
			d = d < 0 ? 0 : d / h;
			m = mist * f_smooth(0, 1, d / 0.26f);
			light = 1.0f + (tex[x] - 0.45f) * 0.17f * (1 - m) *
			    f_exp(-7.0f * d) + 0.05f * f_exp(-d / rim);
			k = light;
			col.r = r->colour.r + (s->haze.r - r->colour.r) * m;
			col.g = r->colour.g + (s->haze.g - r->colour.g) * m;
			col.b = r->colour.b + (s->haze.b - r->colour.b) * m;
			row[x].r = col.r * k;
			row[x].g = col.g * k;
			row[x].b = col.b * k;
		}
		canvas_row_rgb(c, 0, y, c->w, a, row, BLEND_OVER);
	}
	free(tex);
	free(row);
}

/* A spruce: six tiers, each wider and ragged. */
static void
conifer(cairo_t *cr, struct rng *r, float x, float y, float size)
{
	float w = size * (float)rng_range(r, 0.25, 0.33), top, half;
	int side, i, tier;

	cairo_move_to(cr, x, y - size);
	for (side = 1; side >= -1; side -= 2) {
		for (i = 0; i < 6; i++) {
			tier = side > 0 ? i : 5 - i;
			half = w * (0.16f + 0.84f * (float)(tier + 1) / 6) *
			    (float)rng_range(r, 0.84, 1.12);
			top = y - size + size * 0.93f *
			    ((float)tier + 0.95f) / 6;
			if (side > 0) {
				cairo_line_to(cr, x + half, top);
				cairo_line_to(cr, x + half * 0.45f,
				    top - size * 0.012f);
			} else {
				cairo_line_to(cr, x - half * 0.45f,
				    top - size * 0.012f);
				cairo_line_to(cr, x - half, top);
			}
		}
		if (side > 0) {
			cairo_line_to(cr, x + w * 0.12f, y - size * 0.05f);
			cairo_line_to(cr, x + w * 0.12f, y + size * 0.06f);
			cairo_line_to(cr, x - w * 0.12f, y + size * 0.06f);
			cairo_line_to(cr, x - w * 0.12f, y - size * 0.05f);
		}
	}
	cairo_close_path(cr);
	cairo_fill(cr);
}

static void
plant_trees(struct canvas *c, const struct scene_params *p,
	const struct ridge *ridge, float lo, float hi)
{
	struct mask m;
	struct rng r;
	cairo_t *cr;
	float h = (float)c->h, x = -0.02f * h, size, clump;
	uint32_t seed = noise_seed(p, 40);
	int top = (int)(ridge->top - hi * h * 1.2f), col;

	top = top < 0 ? 0 : top;
	rng_seed(&r, p->seed, 0x74726565 + (uint64_t)(ridge->t * 100));
	cr = mask_begin(&m, 0, top, c->w, c->h - top);
	while (x < (float)c->w * 1.02f) {
		clump = noise1(seed + ridge->seed % 97, x / h * 1.5f) +
		    0.22f * noise1(seed + 3, x / h * 9);
		size = h * (float)rng_range(&r, lo, hi);
		size *= 0.55f + 0.65f * f_smooth(0.02f, 0.34f, clump);
		x += size * (float)rng_range(&r, 0.22, 0.62);
		if (clump < 0.05f)
			continue;
		col = (int)f_clamp(x, 0, (float)(c->w - 1));
		conifer(cr, &r, x, ridge->crest[col] + size * 0.10f, size);
	}
	mask_end(&m, cr);
	canvas_mask(c, &m, rgb_scale(ridge->colour, 1.02f), 1, BLEND_OVER);
	mask_release(&m);
}

static int
lowest(const struct canvas *c, const struct ridge *r)
{
	float y = 0;
	int x;

	for (x = 0; x < c->w; x++)
		y = r->crest[x] > y ? r->crest[x] : y;
	y += 2;
	return y > (float)c->h ? c->h : (int)y;
}

void
draw_ridges(struct canvas *c, const struct scene_params *p)
{
	struct ridge r[LAYERS];
	struct sky s;
	struct sun sun;
	struct rgb near_colour;
	float horizon;
	int i;

	horizon = p->portrait ? 0.66f : 0.60f;
	sky_make(&s, p, horizon);
	sun.x = p->fx * (float)c->w;
	sun.y = (p->portrait ? 0.49f : p->title ? 0.48f : p->fy - 0.06f) *
	    (float)c->h;
	sun.r = 0.075f * p->shrink * (float)c->h *
	    (p->time == CARD_NIGHT ? 0.72f : 1);
	sky_paint(c, &s, p, horizon * (float)c->h, &sun);
	near_colour = rgb_mix(p->pal.deep, p->pal.mid, 0.06);
	for (i = 0; i < LAYERS; i++) {
		r[i].t = (float)i / (LAYERS - 1);
		r[i].seed = noise_seed(p, 20 + (unsigned)i);
		r[i].crest = xmalloc((size_t)c->w * sizeof(float));
		r[i].colour = rgb_mix(s.haze, near_colour,
		    d_pow(r[i].t, 0.85) * 0.92 + 0.08);
		make_crest(c, p, &r[i], i);
	}
	for (i = 0; i < LAYERS; i++) {
		if (i == LAYERS - 2)
			plant_trees(c, p, &r[i], 0.027f, 0.050f);
		if (i == LAYERS - 1)
			plant_trees(c, p, &r[i], 0.042f, 0.074f);
		paint_layer(c, &r[i], &s, i + 1 < LAYERS ?
		    lowest(c, &r[i + 1]) : c->h);
	}
	for (i = 0; i < LAYERS; i++)
		free(r[i].crest);
}
