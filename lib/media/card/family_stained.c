/*
 * Stained: a window of leaded glass. Voronoi cells, small near the sun; the
 * sun is a rose of two rings; two hill lines cut the cells below it.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "media/card/dmath.h"
#include "media/card/families.h"
#include "media/card/noise.h"

#define CELLS 95
#define LLOYD 6       /* steps */
#define SAMPLES 6000  /* points a step */
#define TILE 24       /* pixels: one list of near cells for each */
#define NEAR 24       /* cells in a list */
#define RAYS_IN 12
#define RAYS_OUT 20
#define LEAD 0.0046f  /* of the height */

struct glass {
	struct canvas *c;
	const struct scene_params *p;
	float x[CELLS], y[CELLS];
	struct rgb sky[CELLS], hill[CELLS], low[CELLS];
	struct rgb inner[RAYS_IN], outer[RAYS_OUT], core;
	struct rgb shine, burn;
	float sx, sy;     /* the sun's place */
	float r0, r1, r2; /* its core and rings */
	float turn;
	float *hill1, *hill2, *slope1, *slope2; /* y for each column */
	float lead;
	uint32_t seed;
};

/* What a pixel is: its colour and how far, in pixels, the next lead is. */
struct pane {
	struct rgb colour;
	float edge;
};

static float
sq(float x)
{
	return x * x;
}

static int
nearest(const struct glass *g, float x, float y)
{
	float best = 1e30f, d;
	int i, at = 0;

	for (i = 0; i < CELLS; i++) {
		d = sq(g->x[i] - x) + sq(g->y[i] - y);
		if (d < best) {
			best = d;
			at = i;
		}
	}
	return at;
}

/* Cells move to the middle of what they own, counted more near the sun. */
static void
settle(struct glass *g)
{
	float mx[CELLS], my[CELLS], m[CELLS], x, y, k;
	float w = (float)g->c->w, h = (float)g->c->h;
	struct rng r;
	int i, n, step;

	rng_seed(&r, g->p->seed, 0x676c617373ULL);
	for (i = 0; i < CELLS; i++) {
		g->x[i] = (float)rng_range(&r, -0.04, 1.04) * w;
		g->y[i] = (float)rng_range(&r, -0.04, 1.04) * h;
	}
	for (step = 0; step < LLOYD; step++) {
		for (i = 0; i < CELLS; i++)
			mx[i] = my[i] = m[i] = 0;
		for (n = 0; n < SAMPLES; n++) {
			x = (float)rng_range(&r, -0.06, 1.06) * w;
			y = (float)rng_range(&r, -0.06, 1.06) * h;
			k = sq(x - g->sx) + sq(y - g->sy);
			k = 0.45f + 2.6f * f_exp(-k / sq(0.55f * h));
			i = nearest(g, x, y);
			mx[i] += k * x;
			my[i] += k * y;
			m[i] += k;
		}
		for (i = 0; i < CELLS; i++)
			if (m[i] > 0) {
				g->x[i] = mx[i] / m[i];
				g->y[i] = my[i] / m[i];
			}
	}
}

static struct rgb
jitter(struct rgb c, struct rng *r, double amount)
{
	return rgb_scale(c, (float)(1 + amount * (2 * rng_unit(r) - 1)));
}

/* The brighter accent shines, the other burns. */
static void
make_ramp(struct glass *g, struct ramp *sky)
{
	static const float at[6] = { 0, 0.16f, 0.34f, 0.53f, 0.68f, 1 };
	const struct palette *p = &g->p->pal;
	struct rgb stop[6], black = rgb_hex(0);
	int swap = rgb_luminance(p->accent) > rgb_luminance(p->accent2);

	g->shine = swap ? p->accent : p->accent2;
	g->burn = swap ? p->accent2 : p->accent;
	stop[0] = rgb_mix(g->shine, p->light, 0.22);
	stop[1] = g->shine;
	stop[2] = g->burn;
	/* by way of the dark: between complements lies grey */
	stop[3] = rgb_mix(g->burn, p->deep, 0.46);
	stop[4] = rgb_mix(palette_dark_mid(p), p->deep, 0.24);
	stop[5] = rgb_mix(p->deep, black, 0.12);
	ramp_init(sky, stop, at, 6);
}

static void
colour_cells(struct glass *g)
{
	const struct palette *p = &g->p->pal;
	struct ramp *sky = xmalloc(sizeof(*sky));
	struct rgb black = rgb_hex(0), low;
	float h = (float)g->c->h, d, side;
	struct rng r;
	int i;

	make_ramp(g, sky);
	rng_seed(&r, g->p->seed, 0x636f6c6f72ULL);
	for (i = 0; i < CELLS; i++) {
		d = sqrtf(sq(g->x[i] - g->sx) + sq(g->y[i] - g->sy)) / h;
		side = text_weight(g->c, g->p, g->x[i], g->y[i]);
		d = 0.10f + 0.74f * d + 0.16f * ((float)rng_unit(&r) - 0.5f);
		d += 0.24f * side * (1.0f - d);
		if (side > 0.3f && d < 0.72f)
			d = 0.72f;
		g->sky[i] = jitter(ramp_at(sky, d), &r, 0.10);
		g->hill[i] = jitter(rgb_mix(p->mid, rgb_mix(p->deep,
		    p->accent, 0.12), rng_range(&r, 0.15, 0.60)), &r, 0.12);
		/* one draw a statement: C does not order arguments */
		low = rng_below(&r, 3) ? p->mid : black;
		low = rgb_mix(p->deep, low, rng_range(&r, 0.10, 0.45));
		g->low[i] = jitter(low, &r, 0.14);
	}
	for (i = 0; i < RAYS_IN; i++)
		g->inner[i] = jitter(rgb_mix(p->light, g->shine,
		    rng_range(&r, 0.38, 0.80)), &r, 0.03);
	for (i = 0; i < RAYS_OUT; i++)
		g->outer[i] = jitter(rgb_mix(g->shine, i % 2 ? g->burn :
		    p->light, rng_range(&r, 0.05, 0.55)), &r, 0.05);
	g->core = rgb_mix(p->light, rgb_hex(0xffffff), 0.5);
	free(sky);
}

static void
make_hills(struct glass *g)
{
	float h = (float)g->c->h, px, y1, y2;
	int x, w = g->c->w;

	g->hill1 = xmalloc((size_t)w * 4 * sizeof(float));
	g->hill2 = g->hill1 + w;
	g->slope1 = g->hill2 + w;
	g->slope2 = g->slope1 + w;
	for (x = 0; x < w; x++) {
		px = (float)x / h;
		y1 = (g->sy + 0.62f * g->r2) / h - 0.05f *
		    noise1(g->seed + 1, px * 0.8f) + 0.10f *
		    sq(px - g->sx / h);
		y2 = 0.80f + 0.16f * noise1(g->seed + 2, px * 0.7f + 3) -
		    0.05f * px;
		if (g->p->portrait)
			y2 = 0.83f + 0.08f * noise1(g->seed + 2, px);
		g->hill1[x] = y1 * h;
		g->hill2[x] = (y2 > y1 + 0.05f ? y2 : y1 + 0.05f) * h;
	}
	for (x = 0; x < w; x++) {
		int a = x ? x - 1 : 0;

		g->slope1[x] = 1.0f / sqrtf(1 + sq(g->hill1[a + 1] -
		    g->hill1[a]));
		g->slope2[x] = 1.0f / sqrtf(1 + sq(g->hill2[a + 1] -
		    g->hill2[a]));
	}
}

/* Within the rose: which pane, and its leads. */
static struct pane
rose(const struct glass *g, float x, float y, float r)
{
	struct pane q;
	float a, f, d;
	int n = r < g->r1 ? RAYS_IN : RAYS_OUT, i;

	q.colour = g->core;
	q.edge = g->r0 - r;
	if (r < g->r0)
		return q;
	a = (float)(d_atan2(y - g->sy, x - g->sx) / (2 * D_PI)) + 0.5f;
	f = a * (float)n + (n == RAYS_IN ? g->turn : 0);
	i = (int)f;
	f -= (float)i;
	f = f < 0.5f ? f : 1.0f - f;
	d = r * f * (float)(2 * D_PI) / (float)n;
	if (r < g->r1) {
		q.colour = g->inner[i % n];
		q.edge = fminf(d, fminf(r - g->r0, g->r1 - r));
	} else {
		q.colour = g->outer[i % n];
		q.edge = fminf(d, fminf(r - g->r1, g->r2 - r));
	}
	return q;
}

/* Cells that any pixel of the tile can belong to or border on. */
static int
near_cells(const struct glass *g, float x, float y, float reach, int *out)
{
	float d[CELLS], best = 1e30f;
	int i, n = 0;

	for (i = 0; i < CELLS; i++) {
		d[i] = sqrtf(sq(g->x[i] - x) + sq(g->y[i] - y));
		best = fminf(best, d[i]);
	}
	for (i = 0; i < CELLS && n < NEAR; i++)
		if (d[i] <= best + reach)
			out[n++] = i;
	return n;
}

static struct pane
pane_at(const struct glass *g, const int *list, int n, int px, int py)
{
	float x = (float)px + 0.5f, y = (float)py + 0.5f, d, best = 1e30f, r;
	float d1 = y - g->hill1[px], d2 = y - g->hill2[px];
	struct pane q;
	int i, at = 0, k;

	r = sqrtf(sq(x - g->sx) + sq(y - g->sy));
	if (d1 < 0 && r < g->r2) {
		q = rose(g, x, y, r);
		q.edge = fminf(q.edge, -d1 * g->slope1[px]);
		return q;
	}
	for (i = 0; i < n; i++) {
		d = sq(g->x[list[i]] - x) + sq(g->y[list[i]] - y);
		if (d < best) {
			best = d;
			at = list[i];
		}
	}
	q.edge = 1e30f;
	for (i = 0; i < n; i++) {
		if ((k = list[i]) == at)
			continue;
		d = sq(g->x[k] - x) + sq(g->y[k] - y) - best;
		d /= 2 * sqrtf(sq(g->x[k] - g->x[at]) +
		    sq(g->y[k] - g->y[at])) + 1e-6f;
		q.edge = fminf(q.edge, d);
	}
	q.edge = fminf(q.edge, fabsf(d1) * g->slope1[px]);
	if (d1 < 0)
		q.edge = fminf(q.edge, r - g->r2);
	else
		q.edge = fminf(q.edge, fabsf(d2) * g->slope2[px]);
	q.colour = d1 < 0 ? g->sky[at] : d2 < 0 ? g->hill[at] : g->low[at];
	return q;
}

/* Glass darkens towards the lead; the lead is a strip with a thin light. */
static void
put(struct canvas *c, const struct glass *g, size_t o, struct pane q,
	float grain, struct rgb lead)
{
	float d = q.edge / g->lead, k, a;

	k = 1.08f - 0.46f * f_exp(-d * 0.30f) + 0.32f * grain;
	q.colour = rgb_scale(q.colour, k);
	a = f_clamp((g->lead * 0.5f - q.edge) + 0.5f, 0, 1);
	k = 1.0f + 1.5f * f_exp(-sq(q.edge / (0.14f * g->lead)));
	c->r[o] = q.colour.r + (lead.r * k - q.colour.r) * a;
	c->g[o] = q.colour.g + (lead.g * k - q.colour.g) * a;
	c->b[o] = q.colour.b + (lead.b * k - q.colour.b) * a;
}

static void
paint(struct canvas *c, struct glass *g)
{
	float reach = TILE * 1.42f + 12 * g->lead, h = (float)c->h;
	struct rgb lead = rgb_scale(rgb_lerp(g->p->pal.deep,
	    rgb_hex(0x101010), 0.5f), 0.55f);
	struct field f;
	float *grain = xmalloc((size_t)c->w * TILE * sizeof(*grain));
	int tx, ty, x, y, n, list[NEAR];

	field_init_all(&f, c, 2);
	field_fbm(&f, c, g->seed + 5, 5.5f, 17.0f, 4, 0.55f);
	for (ty = 0; ty < c->h; ty += TILE) {
		for (y = 0; y < TILE; y++)
			field_row(&f, 0, ty + y, c->w, grain + y * c->w);
		for (tx = 0; tx < c->w; tx += TILE) {
			n = near_cells(g, (float)tx + 0.5f * TILE, (float)ty +
			    0.5f * TILE, reach, list);
			for (y = ty; y < ty + TILE && y < c->h; y++)
				for (x = tx; x < tx + TILE && x < c->w; x++)
					put(c, g, (size_t)y * (size_t)c->w +
					    (size_t)x, pane_at(g, list, n, x,
					    y), grain[(y - ty) * c->w + x],
					    lead);
		}
	}
	canvas_glow(c, g->sx, g->sy, 0.3f * g->r0, 0.16f * h,
	    rgb_mix(g->core, g->shine, 0.35), 0.40f);
	field_release(&f);
	free(grain);
}

void
draw_stained(struct canvas *c, const struct scene_params *p)
{
	struct glass *g = xcalloc(1, sizeof(*g));
	float h = (float)c->h;

	g->c = c;
	g->p = p;
	g->seed = noise_seed(p, 100);
	g->sx = p->fx * (float)c->w;
	g->sy = p->portrait ? p->fy - 0.02f : p->fy + 0.03f;
	g->r2 = 0.325f * p->shrink;
	clear_of_text(p, 0.92f, &g->sy, &g->r2);
	g->sy *= h;
	g->r2 *= h;
	g->r1 = 0.63f * g->r2;
	g->r0 = 0.27f * g->r2;
	g->turn = noise_unit(1, 2, g->seed);
	g->lead = LEAD * h * (p->portrait ? 0.75f : 1) * 1.5f;
	settle(g);
	colour_cells(g);
	make_hills(g);
	paint(c, g);
	canvas_bloom(c, 0.62f, 44 * c->u, 0.42f);
	free(g->hill1);
	free(g);
}
