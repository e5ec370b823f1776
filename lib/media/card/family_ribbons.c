/*
 * Ribbons: three bands of light cloth that turn in the air.
 *
 * Each is a surface y(s, x), s 0..1 across the band, drawn column by column:
 * between two neighbouring s lines every pixel is touched once, so nothing
 * overlaps itself into moire.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "media/card/dmath.h"
#include "media/card/families.h"
#include "media/card/noise.h"

#define RIBBONS 3
#define SEGMENTS 48
#define SUPER 3 /* vertical samples a pixel */

struct ribbon {
	float base, width, twist, phase, wave, turn;
	uint32_t seed;
	struct ramp ramp;
};

struct strand {
	float y[SEGMENTS + 1];     /* pixels, along one column */
	float slope[SEGMENTS + 1]; /* dy/dx there */
};

static float
surface(const struct ribbon *r, float x, float s)
{
	float tw = (float)d_sin(r->twist * x + r->phase);
	float y = r->base + 0.20f * 1.5f * noise2(r->seed, 1.5f * x,
	    0.3f * s + 0.4f);

	y += 0.10f * (float)d_sin(r->wave * x + r->turn);
	return y + r->width * (s - 0.5f) * (0.26f + 0.74f * tw);
}

static void
column(const struct ribbon *r, float px, float h, struct strand *o)
{
	float x = px / h, dx = 0.004f;
	int i;

	for (i = 0; i <= SEGMENTS; i++) {
		float s = (float)i / SEGMENTS;
		float y = surface(r, x, s);

		o->y[i] = y * h;
		o->slope[i] = (surface(r, x + dx, s) - y) / dx;
	}
}

/* Colour and coverage at s: light where the cloth faces it, dark where it
 * turns away, thin at the edges. across is dy/ds in heights. */
static struct rgb
cloth(const struct ribbon *r, const struct palette *p, float s, float slope,
	float across, float *alpha)
{
	struct rgb k = ramp_at(&r->ramp, s);
	float shade = f_tanh(-1.35f * slope + 2.6f * across), edge;

	k = shade > 0 ? rgb_lerp(k, p->light, 0.40f * shade) :
	    rgb_lerp(k, p->deep, -0.46f * shade);
	edge = s < 0.5f ? s : 1 - s;
	*alpha = 0.35f + 0.65f * f_smooth(0, 0.30f, edge);
	return k;
}

/* One column of a ribbon into the accumulators acc (rgb and coverage). */
static void
fill_column(const struct ribbon *r, const struct palette *p,
	const struct strand *o, float h, float *acc, int rows)
{
	int i, y, from, to;
	float a, b, t, s, alpha, across, slope;
	struct rgb k;

	for (i = 0; i < SEGMENTS; i++) {
		a = o->y[i] * SUPER;
		b = o->y[i + 1] * SUPER;
		across = (o->y[i + 1] - o->y[i]) * SEGMENTS / h;
		from = (int)f_floor((a < b ? a : b) + 0.5f);
		to = (int)f_floor((a < b ? b : a) + 0.5f);
		from = from < 0 ? 0 : from;
		to = to > rows ? rows : to;
		for (y = from; y < to; y++) {
			t = ((float)y + 0.5f - a) / (b - a);
			s = ((float)i + t) / SEGMENTS;
			slope = f_lerp(o->slope[i], o->slope[i + 1], t);
			k = cloth(r, p, s, slope, across, &alpha);
			acc[y * 4] = k.r;
			acc[y * 4 + 1] = k.g;
			acc[y * 4 + 2] = k.b;
			acc[y * 4 + 3] = alpha;
		}
	}
}

/* Mean of SUPER samples over the pixel, over the canvas. */
static void
blend_column(struct canvas *c, int x, float *acc)
{
	float a, r, g, b, n;
	size_t o;
	int y, i;

	for (y = 0; y < c->h; y++, acc += 4 * SUPER) {
		a = r = g = b = 0;
		for (i = 0; i < SUPER; i++) {
			n = acc[i * 4 + 3];
			r += acc[i * 4] * n;
			g += acc[i * 4 + 1] * n;
			b += acc[i * 4 + 2] * n;
			a += n;
		}
		if (a <= 0)
			continue;
		n = a / SUPER;
		o = (size_t)y * (size_t)c->w + (size_t)x;
		c->r[o] += (r / a - c->r[o]) * n;
		c->g[o] += (g / a - c->g[o]) * n;
		c->b[o] += (b / a - c->b[o]) * n;
	}
}

/* Where it lies, softly darkened, below and to the right. */
static void
ribbon_shadow(struct canvas *c, const struct scene_params *p,
	const struct ribbon *r)
{
	struct field f;
	struct strand o;
	float lo, hi, h = (float)c->h;
	int i, j, y, from, to;

	field_init_all(&f, c, 4);
	for (i = 0; i < f.w; i++) {
		column(r, (float)(i * f.step), h, &o);
		lo = 1e9f;
		hi = -1e9f;
		for (j = 0; j <= SEGMENTS; j++) {
			lo = o.y[j] < lo ? o.y[j] : lo;
			hi = o.y[j] > hi ? o.y[j] : hi;
		}
		from = (int)(lo / (float)f.step);
		to = (int)(hi / (float)f.step);
		for (y = from < 0 ? 0 : from; y <= to && y < f.h; y++)
			f.v[y * f.w + i] = 1;
	}
	field_blur(&f, 52 * c->u);
	f.x += (int)(6 * c->u);
	f.y += (int)(26 * c->u);
	canvas_field(c, &f, rgb_scale(p->pal.deep, 0.5f), 0.46f, BLEND_OVER);
	field_release(&f);
}

static void
draw_ribbon(struct canvas *c, const struct scene_params *p,
	const struct ribbon *r)
{
	int rows = c->h * SUPER, x;
	float *acc = xmalloc((size_t)rows * 4 * sizeof(*acc));
	struct strand o;

	ribbon_shadow(c, p, r);
	for (x = 0; x < c->w; x++) {
		memset(acc, 0, (size_t)rows * 4 * sizeof(*acc));
		column(r, (float)x, (float)c->h, &o);
		fill_column(r, &p->pal, &o, (float)c->h, acc, rows);
		blend_column(c, x, acc);
	}
	free(acc);
}

static void
make_ribbon(struct ribbon *r, const struct scene_params *p, int i)
{
	const struct palette *q = &p->pal;
	struct rgb stop[3];
	struct rng g;

	rng_seed(&g, p->seed, 0x72696200 + (unsigned)i);
	r->seed = noise_seed(p, 20 + (unsigned)i);
	r->base = 0.66f + 0.05f * (float)i + (float)rng_range(&g, -.04, .04);
	if (p->portrait || p->title)
		r->base += 0.04f;
	r->width = (0.34f - 0.05f * (float)i) * (0.7f + 0.3f * p->shrink);
	r->twist = (float)rng_range(&g, 1.7, 2.5) / (0.5f + 0.5f * p->shrink);
	r->phase = (float)rng_range(&g, 0, 2 * D_PI);
	r->wave = (float)rng_range(&g, 1.6, 2.4);
	r->turn = (float)rng_range(&g, 0, 2 * D_PI);
	switch (i) {
	case 0:
		stop[0] = rgb_mix(q->mid, q->light, 0.30);
		stop[1] = q->mid;
		stop[2] = rgb_mix(q->mid, q->accent, 0.45);
		break;
	case 1:
		stop[0] = rgb_mix(q->accent2, q->light, 0.25);
		stop[1] = q->accent2;
		stop[2] = rgb_mix(q->accent2, q->accent, 0.75);
		break;
	default:
		stop[0] = rgb_mix(q->accent, q->accent2, 0.30);
		stop[1] = rgb_mix(q->accent, q->accent2, 0.75);
		stop[2] = rgb_mix(q->accent2, q->light, 0.35);
		break;
	}
	ramp_init(&r->ramp, stop, NULL, 3);
}

/* Lower a ribbon that would cross the words. */
static void
below_words(const struct canvas *c, const struct scene_params *p,
	struct ribbon *r)
{
	float low = p->text.y + p->text.h + 0.035f, top = 9, y, a, b;
	float wide = (float)c->w / (float)c->h, x;

	if (p->text.w <= 0)
		return;
	for (x = p->text.x * wide; x < (p->text.x + p->text.w) * wide + 0.05f;
	    x += 0.02f) {
		a = surface(r, x, 0);
		b = surface(r, x, 1);
		y = a < b ? a : b;
		top = y < top ? y : top;
	}
	if (top < low)
		r->base += low - top < 0.16f ? low - top : 0.16f;
}

void
draw_ribbons(struct canvas *c, const struct scene_params *p)
{
	struct ribbon r;
	struct ramp ground;
	struct rgb stop[3];
	int i;

	stop[0] = rgb_mix(p->pal.deep, p->pal.mid, 0.46);
	stop[1] = rgb_mix(p->pal.deep, p->pal.mid, 0.14);
	stop[2] = rgb_mix(p->pal.deep, rgb_hex(0), 0.35);
	ramp_init(&ground, stop, NULL, 3);
	canvas_radial(c, &ground, p->fx * (float)c->w, 0.56f * (float)c->h,
	    1.25f * (float)c->h);
	for (i = 0; i < RIBBONS; i++) {
		make_ribbon(&r, p, i);
		below_words(c, p, &r);
		draw_ribbon(c, p, &r);
	}
}
