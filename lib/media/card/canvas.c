#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "media/card/canvas.h"
#include "media/card/dmath.h"
#include "media/card/noise.h"

void
canvas_init(struct canvas *c, int w, int h)
{
	size_t n = (size_t)w * (size_t)h;

	c->w = w;
	c->h = h;
	c->u = (float)(w < h ? w : h) / 1000.0f;
	c->r = xcalloc(n * 3, sizeof(float));
	c->g = c->r + n;
	c->b = c->g + n;
}

void
canvas_release(struct canvas *c)
{
	free(c->r);
	c->r = c->g = c->b = NULL;
}

static void
fill_row(struct canvas *c, int y, struct rgb k)
{
	size_t o = (size_t)y * (size_t)c->w;
	int x;

	for (x = 0; x < c->w; x++)
		c->r[o + (size_t)x] = k.r;
	for (x = 0; x < c->w; x++)
		c->g[o + (size_t)x] = k.g;
	for (x = 0; x < c->w; x++)
		c->b[o + (size_t)x] = k.b;
}

void
canvas_fill(struct canvas *c, struct rgb colour)
{
	int y;

	for (y = 0; y < c->h; y++)
		fill_row(c, y, colour);
}

void
canvas_vertical(struct canvas *c, const struct ramp *r, float y0, float y1)
{
	int y;

	for (y = 0; y < c->h; y++)
		fill_row(c, y, ramp_at(r, ((float)y + 0.5f - y0) / (y1 - y0)));
}

void
canvas_radial(struct canvas *c, const struct ramp *r, float x, float y,
	float radius)
{
	struct rgb k;
	size_t o;
	float dx, dy;
	int i, j;

	for (j = 0; j < c->h; j++) {
		o = (size_t)j * (size_t)c->w;
		dy = (float)j + 0.5f - y;
		for (i = 0; i < c->w; i++) {
			dx = (float)i + 0.5f - x;
			k = ramp_at(r, sqrtf(dx * dx + dy * dy) / radius);
			c->r[o + (size_t)i] = k.r;
			c->g[o + (size_t)i] = k.g;
			c->b[o + (size_t)i] = k.b;
		}
	}
}

/* One plane of a blend; a[i * as] so that one loop serves colours in rows. */
static void
blend_plane(float *p, int n, const float *a, float k, enum blend mode)
{
	int i;

	switch (mode) {
	case BLEND_OVER:
		for (i = 0; i < n; i++)
			p[i] += (k - p[i]) * a[i];
		break;
	case BLEND_MULTIPLY:
		for (i = 0; i < n; i++)
			p[i] *= 1.0f + (k - 1.0f) * a[i];
		break;
	case BLEND_SCREEN:
		for (i = 0; i < n; i++)
			p[i] += (1.0f - p[i]) * (k * a[i]);
		break;
	}
}

/* Cut a row to the canvas; 0 when nothing of it is left. */
static int
clip_row(const struct canvas *c, int *x, int y, int *n, int *skip)
{
	*skip = *x < 0 ? -*x : 0;
	if (y < 0 || y >= c->h || *n <= *skip)
		return 0;
	*x += *skip;
	*n -= *skip;
	if (*n > c->w - *x)
		*n = c->w - *x;
	return *n > 0;
}

void
canvas_row(struct canvas *c, int x, int y, int n, const float *a,
	struct rgb colour, enum blend mode)
{
	size_t o;
	int skip;

	if (!clip_row(c, &x, y, &n, &skip))
		return;
	o = (size_t)y * (size_t)c->w + (size_t)x;
	blend_plane(c->r + o, n, a + skip, colour.r, mode);
	blend_plane(c->g + o, n, a + skip, colour.g, mode);
	blend_plane(c->b + o, n, a + skip, colour.b, mode);
}

static float
blend_one(float p, float k, float a, enum blend mode)
{
	if (mode == BLEND_MULTIPLY)
		return p * (1.0f + (k - 1.0f) * a);
	if (mode == BLEND_SCREEN)
		return p + (1.0f - p) * (k * a);
	return p + (k - p) * a;
}

void
canvas_row_rgb(struct canvas *c, int x, int y, int n, const float *a,
	const struct rgb *colour, enum blend mode)
{
	size_t o;
	int i, skip;

	if (!clip_row(c, &x, y, &n, &skip))
		return;
	o = (size_t)y * (size_t)c->w + (size_t)x;
	a += skip;
	colour += skip;
	for (i = 0; i < n; i++, o++) {
		if (a[i] <= 0)
			continue;
		c->r[o] = blend_one(c->r[o], colour[i].r, a[i], mode);
		c->g[o] = blend_one(c->g[o], colour[i].g, a[i], mode);
		c->b[o] = blend_one(c->b[o], colour[i].b, a[i], mode);
	}
}

static void
falloff_disc(struct canvas *c, const float at[4], struct rgb colour,
	float opacity, enum blend mode)
{
	float x = at[0], y = at[1], radius = at[2], falloff = at[3];
	float *a = xmalloc((size_t)c->w * sizeof(*a)), dx, dy, d;
	/* Below 1/2000 nothing is seen, so stop there. */
	float reach = radius + 7.6f * falloff;
	int x0 = (int)(x - reach), n = (int)(2 * reach) + 2, i, j;

	if (x0 < 0) {
		n += x0;
		x0 = 0;
	}
	n = n > c->w - x0 ? c->w - x0 : n;
	for (j = 0; j < c->h && n > 0; j++) {
		dy = (float)j + 0.5f - y;
		if (dy < -reach || dy > reach)
			continue;
		for (i = 0; i < n; i++) {
			dx = (float)(x0 + i) + 0.5f - x;
			d = sqrtf(dx * dx + dy * dy) - radius;
			d = d < 0 ? 0 : d;
			a[i] = opacity * f_exp(-d / falloff);
		}
		canvas_row(c, x0, j, n, a, colour, mode);
	}
	free(a);
}

void
canvas_glow(struct canvas *c, float x, float y, float radius, float falloff,
	struct rgb colour, float opacity)
{
	const float at[4] = { x, y, radius, falloff };

	falloff_disc(c, at, colour, opacity, BLEND_SCREEN);
}

void
canvas_halo(struct canvas *c, float x, float y, float radius, float falloff,
	struct rgb colour, float opacity)
{
	const float at[4] = { x, y, radius, falloff };

	falloff_disc(c, at, colour, opacity, BLEND_OVER);
}

void
canvas_disc(struct canvas *c, float x, float y, float radius,
	struct rgb colour, float opacity)
{
	int x0 = (int)f_floor(x - radius - 1), y0, n, i, j;
	float *a, dx, dy;

	n = (int)(2 * radius) + 4;
	y0 = (int)f_floor(y - radius - 1);
	a = xmalloc((size_t)n * sizeof(*a));
	for (j = y0; j < y0 + n; j++) {
		dy = (float)j + 0.5f - y;
		for (i = 0; i < n; i++) {
			dx = (float)(x0 + i) + 0.5f - x;
			a[i] = opacity * f_clamp(radius + 0.5f -
			    sqrtf(dx * dx + dy * dy), 0, 1);
		}
		canvas_row(c, x0, j, n, a, colour, BLEND_OVER);
	}
	free(a);
}

void
canvas_texture(struct canvas *c, uint32_t seed, float amount)
{
	float *n = xmalloc((size_t)c->w * 2 * sizeof(*n)), *m = n + c->w, k;
	float f = 0.45f / (c->u > 0.5f ? c->u : 0.5f);
	size_t o;
	int x, y;

	for (y = 0; y < c->h; y++) {
		/* Fibres: the same noise, long in x and long in y. */
		noise_row(n, c->w, 0, f * 0.35f, (float)y * f * 1.6f, seed);
		noise_row(m, c->w, 0, f * 1.6f, (float)y * f * 0.35f,
		    seed + 7);
		o = (size_t)y * (size_t)c->w;
		for (x = 0; x < c->w; x++, o++) {
			k = 1.0f + amount * 1.6f * (n[x] + m[x]);
			c->r[o] *= k;
			c->g[o] *= k;
			c->b[o] *= k;
		}
	}
	free(n);
}
