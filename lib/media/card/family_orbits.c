/*
 * Orbits: a planet, rings round it that grow outward, moons with fading
 * trails.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "media/card/dmath.h"
#include "media/card/families.h"
#include "media/card/noise.h"
#include "media/card/sky.h"

#define RINGS 9
#define ARCS 3

struct system {
	struct canvas *c;
	const struct scene_params *p;
	float x, y, r;       /* planet, pixels */
	float ring[RINGS];
	struct rgb line;
};

/* Fill and outline of every ring: outer ones first, each a little lighter
 * than what is round it, which gives depth. */
static void
rings(const struct system *s)
{
	struct canvas *c = s->c;
	struct mask m;
	cairo_t *cr;
	double dash[2] = { 1.2 * c->u, 6 * c->u }, width;
	float weight;
	int i;

	for (i = RINGS - 1; i >= 0; i--) {
		canvas_disc(c, s->x, s->y, s->ring[i], s->line, 0.026f);
		width = i % 3 == 2 ? 1.6 * c->u : 0.9 * c->u;
		cr = mask_begin_all(&m, c, 4);
		cairo_arc(cr, s->x, s->y, s->ring[i], 0, 2 * D_PI);
		if (i % 4 == 2) {
			cairo_set_dash(cr, dash, 2, 0);
			cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
			width = 1.5 * c->u;
		}
		cairo_set_line_width(cr, width);
		cairo_stroke(cr);
		mask_end(&m, cr);
		weight = i % 4 == 2 ? 0.34f : i % 3 == 2 ? 0.46f : 0.38f;
		canvas_mask(c, &m, s->line, weight * (1 - 0.055f * (float)i),
		    BLEND_OVER);
		mask_release(&m);
	}
}

/* 180 ticks outside ring 4, each fifteenth longer. */
static void
ticks(const struct system *s)
{
	struct canvas *c = s->c;
	float r = s->ring[4], a, len;
	struct mask m;
	cairo_t *cr = mask_begin_all(&m, c, 4);
	int i;

	cairo_set_line_width(cr, 0.9 * c->u);
	for (i = 0; i < 180; i++) {
		a = (float)i * (float)(D_PI / 90);
		len = (i % 15 ? 5.5f : 12) * c->u;
		cairo_move_to(cr, s->x + r * (float)d_cos(a),
		    s->y + r * (float)d_sin(a));
		cairo_line_to(cr, s->x + (r + len) * (float)d_cos(a),
		    s->y + (r + len) * (float)d_sin(a));
	}
	cairo_stroke(cr);
	mask_end(&m, cr);
	canvas_mask(c, &m, s->line, 0.42f, BLEND_OVER);
	mask_release(&m);
}

/* A lit ball with bands; light from the upper left (or right, mirrored). */
static void
ball(const struct system *s, float x, float y, float r, struct rgb colour,
	int banded)
{
	struct canvas *c = s->c;
	int n = (int)(2 * r) + 4, x0 = (int)(x - r) - 1, i, j;
	int y0 = (int)(y - r) - 1;
	float *a = xmalloc((size_t)n * sizeof(*a)), dx, dy, d2, nz, lit, b;
	struct rgb *row = xmalloc((size_t)n * sizeof(*row)), k;
	struct rgb dark = rgb_mix(colour, s->p->pal.deep, 0.78);
	struct rgb bright = rgb_mix(colour, s->p->pal.light, 0.55);
	uint32_t seed = noise_seed(s->p, 44);
	float lx = s->p->mirror ? 0.46f : -0.46f;

	for (j = 0; j < n; j++) {
		dy = ((float)(y0 + j) + 0.5f - y) / r;
		for (i = 0; i < n; i++) {
			dx = ((float)(x0 + i) + 0.5f - x) / r;
			d2 = dx * dx + dy * dy;
			a[i] = f_clamp((1 - sqrtf(d2)) * r + 0.5f, 0, 1);
			row[i] = colour;
			if (a[i] <= 0)
				continue;
			nz = sqrtf(f_clamp(1 - d2, 0, 1));
			lit = f_clamp(0.24f + 0.86f * (lx * dx - 0.50f * dy +
			    0.73f * nz), 0, 1);
			b = 0;
			if (banded)
				b = fbm2(seed, dx * 0.9f / (0.35f + nz),
				    dy * 5.2f + 0.5f * dx * dy, 4, 0.55f) *
				    0.85f;
			k = b > 0 ? rgb_lerp(colour, bright, b) :
			    rgb_lerp(colour, dark, -b * 0.8f);
			k = rgb_lerp(dark, k, f_smooth(0, 0.92f, lit));
			k = rgb_lerp(k, bright, 0.16f * f_smooth(0.75f, 1,
			    lit));
			/* Rim light on the lit side. */
			lit = f_smooth(0.86f, 1.0f, d2) *
			    f_clamp(lx * dx - 0.50f * dy + 0.2f, 0, 1);
			row[i] = rgb_lerp(k, bright, 0.55f * lit);
		}
		canvas_row_rgb(c, x0, y0 + j, n, a, row, BLEND_OVER);
	}
	free(a);
	free(row);
}

/* An arc of a ring, dark at its tail, and the moon at its head. */
static void
trail(const struct system *s, float radius, float head, float sweep,
	float moon, struct rgb colour)
{
	struct canvas *c = s->c;
	float a, b, x, y, t;
	struct mask m;
	cairo_t *cr;
	int i, n = 64;

	for (i = 0; i < n; i++) {
		t = (float)i / (float)n;
		a = head - sweep * (1 - t);
		b = head - sweep * (1 - t - 1.0f / (float)n);
		x = s->x + radius * (float)d_cos((a + b) / 2);
		y = s->y + radius * (float)d_sin((a + b) / 2);
		cr = mask_begin(&m, (int)(x - radius * 0.12f - 6 * c->u),
		    (int)(y - radius * 0.12f - 6 * c->u),
		    (int)(radius * 0.24f + 12 * c->u),
		    (int)(radius * 0.24f + 12 * c->u));
		if (sweep > 0)
			cairo_arc(cr, s->x, s->y, radius, a, b + 0.0015);
		else
			cairo_arc_negative(cr, s->x, s->y, radius, a,
			    b - 0.0015);
		cairo_set_line_width(cr, (1.2 + 2.2 * t) * c->u);
		cairo_stroke(cr);
		mask_end(&m, cr);
		canvas_mask(c, &m, colour, t * t, BLEND_OVER);
		mask_release(&m);
	}
	x = s->x + radius * (float)d_cos(head);
	y = s->y + radius * (float)d_sin(head);
	canvas_glow(c, x, y, moon * 0.9f, 1.1f * moon, colour, 0.42f);
	ball(s, x, y, moon, colour, 0);
}

/* Is a moon at this angle in the frame and off the words? */
static int
is_clear(const struct system *s, float radius, float angle)
{
	float x = s->x + radius * (float)d_cos(angle);
	float y = s->y + radius * (float)d_sin(angle);
	float w = (float)s->c->w, h = (float)s->c->h;

	return x > 0.10f * w && x < 0.90f * w && y > 0.10f * h &&
	    y < 0.88f * h && text_weight(s->c, s->p, x, y) < 0.02f;
}

static void
moons(const struct system *s)
{
	static const int on[ARCS] = { 2, 4, 1 };
	static const float size[ARCS] = { 0.0175f, 0.026f, 0.012f };
	const struct palette *p = &s->p->pal;
	struct rgb colour[ARCS];
	struct rng r;
	float head = 0, first = 0, k = (float)s->c->h *
	    (0.4f + 0.6f * s->p->shrink);
	int i, try;

	colour[0] = p->accent;
	colour[1] = p->accent2;
	colour[2] = rgb_mix(p->light, p->accent2, 0.3);
	rng_seed(&r, s->p->seed, 0x6d6f6f6e);
	for (i = 0; i < ARCS; i++) {
		for (try = 0; try < 40; try++) {
			head = (float)rng_range(&r, 0, 2 * D_PI);
			if (is_clear(s, s->ring[on[i]], head) && (i == 0 ||
			    d_cos(head - first) < 0.2))
				break;
		}
		if (try == 40)
			continue;
		if (i == 0)
			first = head;
		trail(s, s->ring[on[i]], head, (float)rng_range(&r, 1.1, 1.9),
		    size[i] * k, colour[i]);
	}
}

static void
ground(const struct system *s)
{
	const struct palette *p = &s->p->pal;
	struct ramp r;
	struct rgb stop[3], mid = palette_dark_mid(p);

	stop[0] = rgb_mix(mid, p->deep, 0.30);
	stop[1] = rgb_mix(p->deep, mid, 0.44);
	stop[2] = rgb_mix(p->deep, rgb_hex(0), 0.16);
	ramp_init(&r, stop, NULL, 3);
	canvas_radial(s->c, &r, s->x, s->y, 1.22f * (float)s->c->h);
}

void
draw_orbits(struct canvas *c, const struct scene_params *p)
{
	float h = (float)c->h, k = p->title ? 0.8f : p->shrink;
	struct system s;
	int i;

	s.c = c;
	s.p = p;
	s.x = p->fx * (float)c->w;
	s.y = (p->title ? 0.68f : p->portrait ? p->fy + 0.03f : 0.47f) * h;
	s.r = 0.115f * h * k;
	s.line = rgb_mix(p->pal.light, p->pal.accent2, 0.18);
	for (i = 0; i < RINGS; i++)
		s.ring[i] = 0.19f * h * k * (float)d_pow(1.26, i);
	ground(&s);
	sky_stars(c, p, p->pal.light, 90, h * 1.6f);
	rings(&s);
	ticks(&s);
	canvas_glow(c, s.x, s.y, s.r, 0.62f * s.r, p->pal.accent, 0.42f);
	canvas_glow(c, s.x, s.y, s.r, 2.4f * s.r, p->pal.accent, 0.13f);
	moons(&s);
	ball(&s, s.x, s.y, s.r, rgb_mix(p->pal.accent, p->pal.light, 0.22),
	    1);
}
