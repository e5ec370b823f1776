/*
 * Signal: lines of a measured curve, one behind the other, each hiding those
 * behind it; the higher it runs, the hotter its colour.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "media/card/dmath.h"
#include "media/card/families.h"
#include "media/card/noise.h"

#define LINES 46
#define TOP 0.20f
#define BOTTOM 1.05f

struct trace {
	float *y;      /* of the line, in pixels, for each column */
	float *high;   /* 0 at rest to 1 at the greatest height */
	float *slope;
	float base;    /* its place at rest, in pixels */
	float near_;   /* 0 the farthest, 1 the nearest */
};

/* Where the curve may rise: a hump about the focus, never quite flat. */
static float
hump(const struct scene_params *p, const struct canvas *c, float x, float t)
{
	float wide = p->portrait ? 0.30f : 0.40f, d, e;
	float f = p->fx * (float)c->w / (float)c->h;

	d = (x - f) / wide;
	/* a second, smaller one lower down on the side of the words */
	e = (x - f - (p->mirror ? 0.62f : -0.62f)) / (0.55f * wide);
	return f_exp(-d * d) * (0.62f + 0.38f * f_smooth(0, 0.3f, t)) *
	    (1.0f - 0.45f * f_smooth(0.70f, 0.95f, t)) +
	    0.34f * f_exp(-e * e) * f_smooth(0.55f, 0.8f, t) + 0.055f;
}

static void
make_trace(const struct canvas *c, const struct scene_params *p,
	struct trace *t, int i, uint32_t seed)
{
	float h = (float)c->h, px, n, k, amp;
	int x;

	t->near_ = (float)i / (LINES - 1);
	/* nearer lines lie farther apart */
	k = t->near_ * (0.80f + 0.20f * t->near_);
	t->base = h * (TOP + (BOTTOM - TOP) * k);
	if (p->portrait)
		t->base = h * (0.30f + (BOTTOM - 0.30f) * k);
	amp = (p->portrait ? 0.22f : 0.34f) * h;
	for (x = 0; x < c->w; x++) {
		px = (float)x / h;
		n = fbm2(seed, px * 3.4f, t->near_ * 5.2f, 3, 0.5f) * 1.15f +
		    fbm2(seed + 40, px * 13.0f, t->near_ * 13.0f, 2, 0.5f) *
		    0.24f;
		n = f_clamp(0.5f + 1.25f * n, 0, 1.3f);
		n *= sqrtf(n) * hump(p, c, px, t->near_);
		t->high[x] = n;
		t->y[x] = t->base - amp * n;
	}
	for (x = 0; x < c->w; x++)
		t->slope[x] = x + 1 < c->w ? t->y[x + 1] - t->y[x] : 0;
}

/* Hide what is behind: the ground's colour from the line down to its base,
 * with a breath of the line's colour under the crest. */
static void
fill_below(struct canvas *c, const struct trace *t, const struct ramp *ground,
	const struct ramp *heat)
{
	float h = (float)c->h, a, d, glow;
	struct rgb k, g;
	size_t o;
	int x, y, y0, y1 = (int)t->base + 2;

	y1 = y1 > c->h ? c->h : y1;
	for (x = 0; x < c->w; x++) {
		y0 = (int)t->y[x];
		g = ramp_at(heat, t->high[x] * 0.8f);
		for (y = y0 < 0 ? 0 : y0; y < y1; y++) {
			d = (float)y + 0.5f - t->y[x];
			a = 0.95f * f_clamp(d + 0.5f, 0, 1);
			k = ramp_at(ground, (float)y / h);
			glow = 0.10f * t->high[x] * f_exp(-d / (0.022f * h));
			k = rgb_lerp(k, g, glow);
			o = (size_t)y * (size_t)c->w + (size_t)x;
			c->r[o] += (k.r - c->r[o]) * a;
			c->g[o] += (k.g - c->g[o]) * a;
			c->b[o] += (k.b - c->b[o]) * a;
		}
	}
}

static void
stroke(struct canvas *c, const struct scene_params *p, const struct trace *t,
	const struct ramp *heat)
{
	float half = (0.50f + 0.55f * t->near_) * c->u, a, s, reach, y, k;
	struct rgb col;
	size_t o;
	int x, j, j1;

	for (x = 0; x < c->w; x++) {
		s = x ? (t->slope[x] + t->slope[x - 1]) * 0.5f : t->slope[x];
		s = 1.0f / sqrtf(1.0f + s * s);
		k = (half + half * 0.7f * t->high[x]);
		reach = (k + 0.5f) / s;
		col = ramp_at(heat, t->high[x]);
		y = 0.42f + 0.34f * t->near_ + 0.75f * t->high[x];
		y = f_clamp(y, 0, 1) * (1.0f - 0.80f *
		    text_weight(c, p, (float)x, t->y[x]));
		j1 = (int)(t->y[x] + reach) + 1;
		for (j = (int)(t->y[x] - reach) - 1; j <= j1; j++) {
			if (j < 0 || j >= c->h)
				continue;
			a = fabsf((float)j + 0.5f - t->y[x]) * s;
			a = y * f_clamp(k + 0.5f - a, 0, 1);
			o = (size_t)j * (size_t)c->w + (size_t)x;
			c->r[o] += (col.r - c->r[o]) * a;
			c->g[o] += (col.g - c->g[o]) * a;
			c->b[o] += (col.b - c->b[o]) * a;
		}
	}
}

static void
make_ramps(const struct palette *p, struct ramp *ground, struct ramp *heat)
{
	static const float at[5] = { 0, 0.10f, 0.30f, 0.55f, 0.85f };
	struct rgb stop[5], black = rgb_hex(0);

	stop[0] = rgb_mix(p->deep, black, 0.55);
	stop[1] = rgb_mix(p->deep, p->mid, 0.22);
	stop[2] = rgb_mix(p->deep, black, 0.10);
	stop[3] = rgb_mix(p->deep, black, 0.35);
	stop[4] = rgb_mix(p->deep, black, 0.60);
	ramp_init(ground, stop, NULL, 5);
	stop[0] = rgb_mix(p->accent2, p->mid, 0.55);
	stop[1] = rgb_mix(p->accent2, p->mid, 0.15);
	stop[2] = p->accent;
	stop[3] = rgb_mix(p->accent, p->light, 0.55);
	stop[4] = rgb_mix(p->light, rgb_hex(0xffffff), 0.6);
	ramp_init(heat, stop, at, 5);
}

void
draw_signal(struct canvas *c, const struct scene_params *p)
{
	float *room = xmalloc((size_t)c->w * 3 * sizeof(*room));
	struct trace t = { room, room + c->w, room + 2 * c->w, 0, 0 };
	struct ramp *ground = xmalloc(2 * sizeof(*ground));
	uint32_t seed = noise_seed(p, 80);
	int i;

	make_ramps(&p->pal, ground, ground + 1);
	canvas_vertical(c, ground, 0, (float)c->h);
	canvas_glow(c, p->fx * (float)c->w, 0.36f * (float)c->h, 0,
	    0.20f * (float)c->h, p->pal.mid, 0.30f);
	for (i = 0; i < LINES; i++) {
		make_trace(c, p, &t, i, seed);
		fill_below(c, &t, ground, ground + 1);
		stroke(c, p, &t, ground + 1);
	}
	canvas_bloom(c, 0.42f, 20 * c->u, 0.75f);
	free(ground);
	free(room);
}
