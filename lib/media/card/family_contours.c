/*
 * Contours: a hill on a map, in flat tints, contour lines and a light from the
 * upper left.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "media/card/dmath.h"
#include "media/card/families.h"
#include "media/card/noise.h"

#define LEVELS 20
#define ACCENT_AT 0.66f /* of the hill's height */

struct map {
	const struct scene_params *p;
	struct field f;       /* heights 0..1 */
	struct ramp tint;
	struct rgb line, accent;
	float accent_level;   /* in levels */
	float cx, cy;         /* summit, pixels */
};

/* Warped fBm and one hill, brought to 0..1. */
static void
make_heights(const struct canvas *c, const struct scene_params *p,
	struct map *m)
{
	uint32_t seed = noise_seed(p, 20);
	float h = (float)c->h, k = 1.15f, x, y, wx, wy, dx, dy, g, v;
	float lo = 1e9f, hi = -1e9f, sigma = 0.255f * (0.4f + 0.6f * p->shrink);
	size_t n = (size_t)m->f.w * (size_t)m->f.h, o;
	int i, j;

	for (j = 0; j < m->f.h; j++)
		for (i = 0; i < m->f.w; i++) {
			x = (float)(m->f.x + i * m->f.step) / h;
			y = (float)(m->f.y + j * m->f.step) / h;
			wx = x + 0.55f * 0.36f * fbm2(seed + 1, x * 1.7f,
			    y * 1.7f, 3, 0.5f);
			wy = y + 0.55f * 0.36f * fbm2(seed + 2, x * 1.7f,
			    y * 1.7f, 3, 0.5f);
			v = 0.95f * fbm2(seed, wx * k * 1.25f, wy * k * 1.25f,
			    5, 0.44f);
			dx = (wx - m->cx / h) / sigma;
			dy = (wy - m->cy / h) / (sigma * 0.92f);
			g = f_exp(-0.5f * (dx * dx + dy * dy));
			v = v * (1 - 0.35f * g) + 0.78f * g;
			m->f.v[(size_t)j * (size_t)m->f.w + (size_t)i] = v;
		}
	field_blur(&m->f, 4.4f * c->u);
	for (o = 0; o < n; o++) {
		lo = m->f.v[o] < lo ? m->f.v[o] : lo;
		hi = m->f.v[o] > hi ? m->f.v[o] : hi;
	}
	for (o = 0; o < n; o++)
		m->f.v[o] = (m->f.v[o] - lo) / (hi - lo);
}

/* Coverage of a line of half width at distance d, both in pixels. */
static float
stroke(float d, float half)
{
	return f_clamp(half + 0.5f - d, 0, 1);
}

/* One row: tint by level, light, terrace shadow, lines. up and down are the
 * heights of the rows above and below. */
static void
map_row(struct canvas *c, const struct map *m, int y, float *const h[3],
	struct rgb *row, const float *thin)
{
	float v, gx, gy, grad, frac, level, d, a, shade, glow, k, u = c->u;
	int x, n, fifth;

	for (x = 0; x < c->w; x++) {
		v = h[1][x] * LEVELS;
		gx = (h[1][x + 1 < c->w ? x + 1 : x] - h[1][x ? x - 1 : x]) *
		    0.5f * LEVELS;
		gy = (h[2][x] - h[0][x]) * 0.5f * LEVELS;
		grad = sqrtf(gx * gx + gy * gy) + 1e-4f;
		level = f_floor(v);
		frac = v - level;
		row[x] = ramp_at(&m->tint, (level + 0.25f) / LEVELS);
		/* A terrace: dark at the foot of the step above it. */
		k = 0.22f * f_exp(-(1 - frac) / grad / (9 * u));
		shade = 1 - k * f_smooth(0, 0.10f, grad * u * 2);
		shade *= 1 + f_clamp(-(gx + 1.3f * gy) * 3.4f * u, -0.24f,
		    0.24f);
		row[x] = rgb_scale(row[x], shade);
		/* The nearest line, and whether it is a fifth. */
		n = (int)(level + (frac > 0.5f));
		fifth = n % 5 == 0;
		d = (frac > 0.5f ? 1 - frac : frac) / grad;
		a = stroke(d, (fifth ? 1.25f : 0.62f) * u * 0.6f) *
		    (fifth ? 0.72f : 0.30f);
		/* Where it is flat a line would be a smear. */
		a *= f_smooth(0.0015f, 0.010f, grad * u);
		a *= 1 - 0.84f * thin[x];
		row[x] = rgb_lerp(row[x], m->line, n > 0 ? a : 0);
		d = fabsf(v - m->accent_level) / grad;
		glow = 0.55f * f_exp(-d / (5.5f * u)) * (1 - thin[x]);
		row[x] = rgb_lerp(row[x], m->accent, glow * 0.6f);
		row[x] = rgb_lerp(row[x], m->accent, stroke(d, 1.5f * u));
	}
	(void)y;
}

/* Only the accent line round the summit: elsewhere heights stay below. */
static void
limit_others(struct canvas *c, struct map *m)
{
	float top = (m->accent_level - 0.35f) / LEVELS, r, v, k, dx, dy;
	float reach = 0.50f * (float)c->h * (0.4f + 0.6f * m->p->shrink);
	int i, j;

	for (j = 0; j < m->f.h; j++)
		for (i = 0; i < m->f.w; i++) {
			dx = (float)(i * m->f.step) - m->cx;
			dy = (float)(j * m->f.step) - m->cy;
			r = sqrtf(dx * dx + dy * dy) / reach;
			v = m->f.v[(size_t)j * (size_t)m->f.w + (size_t)i];
			if (r <= 0.8f || v <= top * 0.8f)
				continue;
			/* Bend what would rise above. */
			k = f_smooth(0.8f, 1.1f, r);
			v -= k * (v - top * 0.8f) * 0.75f;
			m->f.v[(size_t)j * (size_t)m->f.w + (size_t)i] = v;
		}
}

static void
graticule(struct canvas *c, const struct map *m)
{
	float step = (float)c->h / 6, arm = 4.5f * c->u, x, y, k;
	struct mask mask;
	cairo_t *cr;

	for (y = step * 0.5f; y < (float)c->h; y += step)
		for (x = step * 0.5f; x < (float)c->w; x += step) {
			k = text_weight(c, m->p, x, y);
			if (k > 0.5f)
				continue;
			cr = mask_begin(&mask, (int)(x - 2 * arm),
			    (int)(y - 2 * arm), (int)(4 * arm), (int)(4 * arm));
			cairo_move_to(cr, x - arm, y);
			cairo_line_to(cr, x + arm, y);
			cairo_move_to(cr, x, y - arm);
			cairo_line_to(cr, x, y + arm);
			cairo_set_line_width(cr, 1.0 * c->u);
			cairo_stroke(cr);
			mask_end(&mask, cr);
			canvas_mask(c, &mask, m->line, 0.35f * (1 - k),
			    BLEND_OVER);
			mask_release(&mask);
		}
}

/* A dot in a ring, where the hill is really highest. */
static void
summit_mark(struct canvas *c, struct map *m, struct rgb colour)
{
	float best = -1, v, dx, dy, reach = 0.2f * (float)c->h;
	struct mask mask;
	cairo_t *cr;
	double x = m->cx, y = m->cy;
	int i, j;

	for (j = 0; j < m->f.h; j++)
		for (i = 0; i < m->f.w; i++) {
			dx = (float)(i * m->f.step) - m->cx;
			dy = (float)(j * m->f.step) - m->cy;
			v = m->f.v[(size_t)j * (size_t)m->f.w + (size_t)i];
			if (dx * dx + dy * dy > reach * reach || v <= best)
				continue;
			best = v;
			x = i * m->f.step;
			y = j * m->f.step;
		}
	cr = mask_begin(&mask, (int)(x - 20 * c->u), (int)(y - 20 * c->u),
	    (int)(40 * c->u), (int)(40 * c->u));
	cairo_arc(cr, x, y, 3.4 * c->u, 0, 2 * D_PI);
	cairo_fill(cr);
	cairo_arc(cr, x, y, 9.5 * c->u, 0, 2 * D_PI);
	cairo_set_line_width(cr, 1.8 * c->u);
	cairo_stroke(cr);
	mask_end(&mask, cr);
	canvas_mask(c, &mask, colour, 0.95f, BLEND_OVER);
	mask_release(&mask);
}

/* Low ground is nearly deep, the summit clear mid. */
static void
map_colours(struct map *m, const struct palette *p)
{
	struct rgb stop[4], mid = palette_dark_mid(p);

	stop[0] = rgb_mix(p->deep, rgb_hex(0), 0.30);
	stop[1] = rgb_mix(p->deep, mid, 0.38);
	stop[2] = rgb_mix(mid, p->accent2, 0.10);
	stop[3] = rgb_mix(p->mid, p->accent2, 0.52);
	ramp_init(&m->tint, stop, NULL, 4);
	m->line = rgb_mix(p->light, p->mid, 0.18);
	m->accent = p->accent;
}

void
draw_contours(struct canvas *c, const struct scene_params *p)
{
	float *buf = xmalloc((size_t)c->w * 5 * sizeof(*buf)), *h[3], *t;
	float *full = buf + 4 * c->w;
	struct rgb *row = xmalloc((size_t)c->w * sizeof(*row));
	struct map m;
	int y, i;

	m.p = p;
	m.cx = (p->fx - (p->title || p->portrait ? 0 : 0.02f)) * (float)c->w;
	m.cy = (p->title ? 0.66f : p->fy + 0.02f) * (float)c->h;
	m.accent_level = ACCENT_AT * LEVELS + 0.5f;
	map_colours(&m, &p->pal);
	field_init_all(&m.f, c, 2);
	make_heights(c, p, &m);
	limit_others(c, &m);
	for (i = 0; i < 3; i++) {
		h[i] = buf + (size_t)i * (size_t)c->w;
		field_row(&m.f, 0, i - 1, c->w, h[i]);
	}
	for (y = 0; y < c->h; y++) {
		text_weight_row(c, p, y, c->w, buf + 3 * c->w);
		map_row(c, &m, y, h, row, buf + 3 * c->w);
		for (i = 0; i < c->w; i++)
			full[i] = 1;
		canvas_row_rgb(c, 0, y, c->w, full, row, BLEND_OVER);
		t = h[0];
		h[0] = h[1];
		h[1] = h[2];
		h[2] = t;
		field_row(&m.f, 0, y + 2, c->w, h[2]);
	}
	graticule(c, &m);
	summit_mark(c, &m, palette_ink_light(&p->pal));
	field_release(&m.f);
	free(row);
	free(buf);
}
