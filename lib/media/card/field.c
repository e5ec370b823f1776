#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "media/card/canvas.h"
#include "media/card/dmath.h"
#include "media/card/noise.h"

void
field_init(struct field *f, int x, int y, int w, int h, int step)
{
	f->x = x;
	f->y = y;
	f->step = step < 1 ? 1 : step;
	f->w = (w + f->step - 1) / f->step + 1;
	f->h = (h + f->step - 1) / f->step + 1;
	f->v = xcalloc((size_t)f->w * (size_t)f->h, sizeof(*f->v));
}

void
field_init_all(struct field *f, const struct canvas *c, int step)
{
	field_init(f, 0, 0, c->w, c->h, step);
}

void
field_release(struct field *f)
{
	free(f->v);
	f->v = NULL;
}

void
field_from_mask(struct field *f, const struct mask *m, int step, int margin)
{
	const uint8_t *a;
	float *v, scale;
	int x, y, i, j;

	field_init(f, m->x - margin, m->y - margin, m->w + 2 * margin,
	    m->h + 2 * margin, step);
	step = f->step;
	/* A value lies at the corner of its step x step pixels; moving by half
	 * a step puts it in their middle. */
	f->x += step / 2;
	f->y += step / 2;
	scale = 1.0f / (255.0f * (float)(step * step));
	for (y = 0; y < m->h; y++) {
		j = (y + margin) / step;
		a = m->a + (size_t)y * (size_t)m->stride;
		v = f->v + (size_t)j * (size_t)f->w;
		for (x = 0; x < m->w; x++) {
			i = (x + margin) / step;
			v[i] += (float)a[x] * scale;
		}
	}
}

/* Moving average of 2r + 1 values (r may have a fraction: the ends count in
 * part) along n values, stride apart; edges are held. tmp holds n. */
static void
box_line(float *v, int n, int stride, float r, float *tmp)
{
	int k = (int)r, i, lo, hi;
	float frac = r - (float)k, sum, inv = 1.0f / (2.0f * r + 1.0f);

	for (i = 0; i < n; i++)
		tmp[i] = v[(size_t)i * (size_t)stride];
	sum = tmp[0] * (float)k;
	for (i = 0; i <= k; i++)
		sum += tmp[i < n ? i : n - 1];
	for (i = 0; i < n; i++) {
		lo = i - k - 1;
		hi = i + k + 1;
		v[(size_t)i * (size_t)stride] = inv * (sum + frac *
		    (tmp[lo < 0 ? 0 : lo] + tmp[hi < n ? hi : n - 1]));
		sum += tmp[hi < n ? hi : n - 1] - tmp[lo + 1 < 0 ? 0 : lo + 1];
	}
}

/* The same down all columns at once, in rows, which memory likes. */
static void
box_columns(struct field *f, float r, float *sum, float *copy)
{
	int k = (int)r, y, x, w = f->w, h = f->h, lo, hi;
	float frac = r - (float)k, inv = 1.0f / (2.0f * r + 1.0f);
	const float *a, *b, *out;

	memcpy(copy, f->v, (size_t)w * (size_t)h * sizeof(*copy));
	for (x = 0; x < w; x++)
		sum[x] = copy[x] * (float)k;
	for (y = 0; y <= k; y++) {
		a = copy + (size_t)(y < h ? y : h - 1) * (size_t)w;
		for (x = 0; x < w; x++)
			sum[x] += a[x];
	}
	for (y = 0; y < h; y++) {
		float *to = f->v + (size_t)y * (size_t)w;

		lo = y - k - 1;
		hi = y + k + 1;
		a = copy + (size_t)(lo < 0 ? 0 : lo) * (size_t)w;
		b = copy + (size_t)(hi < h ? hi : h - 1) * (size_t)w;
		out = copy + (size_t)(lo + 1 < 0 ? 0 : lo + 1) * (size_t)w;
		for (x = 0; x < w; x++) {
			to[x] = inv * (sum[x] + frac * (a[x] + b[x]));
			sum[x] += b[x] - out[x];
		}
	}
}

void
field_blur(struct field *f, float radius)
{
	/* Three boxes of half width r have variance ((2r+1)^2 - 1) / 4. */
	float sigma = radius * 0.5f / (float)f->step;
	float r = (sqrtf(4.0f * sigma * sigma + 1.0f) - 1.0f) * 0.5f;
	size_t n = (size_t)f->w * (size_t)f->h;
	int side = f->w > f->h ? f->w : f->h, i, y;
	float *tmp;

	if (r < 0.05f)
		return;
	tmp = xmalloc((n + (size_t)side) * sizeof(*tmp));
	for (i = 0; i < 3; i++) {
		for (y = 0; y < f->h; y++)
			box_line(f->v + (size_t)y * (size_t)f->w, f->w, 1, r,
			    tmp);
		box_columns(f, r, tmp, tmp + side);
	}
	free(tmp);
}

float
field_at(const struct field *f, float x, float y)
{
	float fx = (x - (float)f->x) / (float)f->step;
	float fy = (y - (float)f->y) / (float)f->step, a, b;
	const float *p;
	int i, j;

	fx = f_clamp(fx, 0, (float)(f->w - 1) - 0.001f);
	fy = f_clamp(fy, 0, (float)(f->h - 1) - 0.001f);
	i = (int)fx;
	j = (int)fy;
	fx -= (float)i;
	fy -= (float)j;
	p = f->v + (size_t)j * (size_t)f->w + (size_t)i;
	a = p[0] + (p[1] - p[0]) * fx;
	p += f->w;
	b = p[0] + (p[1] - p[0]) * fx;
	return a + (b - a) * fy;
}

void
field_row(const struct field *f, int x, int y, int n, float *out)
{
	float fy = (float)(y - f->y) / (float)f->step, fx, a, b;
	float inv = 1.0f / (float)f->step;
	const float *p, *q;
	int i, j, k;

	fy = f_clamp(fy, 0, (float)(f->h - 1) - 0.001f);
	j = (int)fy;
	fy -= (float)j;
	p = f->v + (size_t)j * (size_t)f->w;
	q = p + f->w;
	for (i = 0; i < n; i++) {
		fx = f_clamp((float)(x + i - f->x) * inv, 0,
		    (float)(f->w - 1) - 0.001f);
		k = (int)fx;
		fx -= (float)k;
		a = p[k] + (q[k] - p[k]) * fy;
		b = p[k + 1] + (q[k + 1] - p[k + 1]) * fy;
		out[i] = a + (b - a) * fx;
	}
}

void
field_fbm(struct field *f, const struct canvas *c, uint32_t seed,
	float frequency_x, float frequency_y, int octaves, float gain)
{
	float kx = frequency_x / (float)c->h, ky = frequency_y / (float)c->h;
	int y;

	for (y = 0; y < f->h; y++)
		fbm_row(f->v + (size_t)y * (size_t)f->w, f->w,
		    (float)f->x * kx, (float)f->step * kx,
		    (float)(f->y + y * f->step) * ky, seed, octaves, gain);
}

void
canvas_field(struct canvas *c, const struct field *f, struct rgb colour,
	float opacity, enum blend mode)
{
	int x0 = f->x < 0 ? 0 : f->x, x1 = f->x + (f->w - 1) * f->step;
	int y0 = f->y < 0 ? 0 : f->y, y1 = f->y + (f->h - 1) * f->step;
	float *a;
	int n, x, y;

	x1 = x1 > c->w ? c->w : x1;
	y1 = y1 > c->h ? c->h : y1;
	n = x1 - x0;
	if (n <= 0)
		return;
	a = xmalloc((size_t)n * sizeof(*a));
	for (y = y0; y < y1; y++) {
		field_row(f, x0, y, n, a);
		for (x = 0; x < n; x++)
			a[x] = f_clamp(a[x] * opacity, 0, 1);
		canvas_row(c, x0, y, n, a, colour, mode);
	}
	free(a);
}
