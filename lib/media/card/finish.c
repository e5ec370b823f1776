#include <stdlib.h>

#include "base/mem.h"
#include "base/rng.h"
#include "media/card/canvas.h"
#include "media/card/dmath.h"
#include "media/card/noise.h"

void
canvas_bloom(struct canvas *c, float threshold, float radius, float opacity)
{
	int step = radius >= 40 ? 8 : radius >= 12 ? 4 : 2, x, y, i;
	float *plane[3] = { c->r, c->g, c->b }, *p, *v, m, k, *a;
	struct field f[3];
	size_t o;

	for (i = 0; i < 3; i++) {
		field_init_all(&f[i], c, step);
		f[i].x = f[i].y = step / 2;
	}
	for (y = 0; y < c->h; y++)
		for (x = 0; x < c->w; x++) {
			o = (size_t)y * (size_t)c->w + (size_t)x;
			m = c->r[o] > c->g[o] ? c->r[o] : c->g[o];
			m = m > c->b[o] ? m : c->b[o];
			if (m <= threshold)
				continue;
			k = (m - threshold) / (m * (float)(step * step) *
			    (1.0f - threshold));
			for (i = 0; i < 3; i++)
				f[i].v[(y / step) * f[i].w + x / step] +=
				    plane[i][o] * k;
		}
	a = xmalloc((size_t)c->w * sizeof(*a));
	for (i = 0; i < 3; i++) {
		field_blur(&f[i], radius);
		for (y = 0; y < c->h; y++) {
			field_row(&f[i], 0, y, c->w, a);
			p = plane[i] + (size_t)y * (size_t)c->w;
			for (x = 0; x < c->w; x++) {
				v = p + x;
				*v += (1.0f - *v) * f_clamp(a[x] * opacity, 0,
				    1);
			}
		}
		field_release(&f[i]);
	}
	free(a);
}

/* Draws of a normal distribution: the sum of 12 uniforms is as good to the
 * eye as any. */
static void
normal_table(float *t, int n, uint64_t seed)
{
	struct rng r;
	int i, j;

	rng_seed(&r, seed, 0x677261696eULL);
	for (i = 0; i < n; i++) {
		t[i] = -6;
		for (j = 0; j < 12; j++)
			t[i] += (float)rng_unit(&r);
	}
}

static uint8_t
to_byte(float v)
{
	int i = (int)f_clamp(v, 0.0f, 255.0f);

	return (uint8_t)i;
}

#define NORMALS 65536

void
canvas_finish(const struct canvas *c, uint64_t seed, float grain,
	struct picture *p)
{
	float *normal = xmalloc(NORMALS * sizeof(*normal)), g, d;
	const float *plane[3] = { c->r, c->g, c->b };
	uint8_t *out;
	struct rng r;
	uint64_t a, b;
	size_t o = 0;
	int x, y, i;

	picture_init(p, c->w, c->h);
	normal_table(normal, NORMALS, seed);
	rng_seed(&r, seed, 0x646974686572ULL);
	out = p->rgb;
	for (y = 0; y < c->h; y++) {
		for (x = 0; x < c->w; x++, o++) {
			a = rng_next(&r);
			b = a >> 16;
			g = normal[a & (NORMALS - 1)] * 1.3f * grain + 0.5f;
			for (i = 0; i < 3; i++, b >>= 16) {
				/* Two bytes are two uniforms: their difference
				 * is triangular in -1..1. */
				d = (float)((int)(b & 255) -
				    (int)(b >> 8 & 255)) * (0.9f / 256.0f);
				*out++ = to_byte(plane[i][o] * 255.0f + g + d);
			}
		}
	}
	free(normal);
}
