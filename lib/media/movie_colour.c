#include <string.h>

#include "media/movie_part.h"

#define SHIFT 14
#define HALF (1 << (SHIFT - 1))
#define COMB 12 /* a line so far off both of its neighbours is a comb's */

static int
fixed(double v)
{
	return (int)(v * (1 << SHIFT) + (v < 0 ? -0.5 : 0.5));
}

/*
 * With the weights kr and kb of red and blue (ITU-T H.273), red is
 * Y + 2 (1 - kr) Cr, blue Y + 2 (1 - kb) Cb, and green what is left of Y. Put
 * into BT.709's own sums, Y comes to Y + cb Cb + cr Cr, and the new chroma has
 * no Y in it.
 */
void
movie_matrix_set(struct movie_matrix *m, double kr, double kb, int full)
{
	double kg = 1 - kr - kb, red = 2 * (1 - kr), blue = 2 * (1 - kb);
	double cr = 0.2126 * red - 0.7152 * kr * red / kg;
	double cb = 0.0722 * blue - 0.7152 * kb * blue / kg;
	double y = full ? 219 / 255.0 : 1, c = full ? 224 / 255.0 : 1;
	/* luma steps for one of chroma, as they come in */
	double step = full ? 219 / 255.0 : 219 / 224.0;

	memset(m, 0, sizeof(*m));
	m->same = !full && kr > 0.2125 && kr < 0.2127;
	m->y = fixed(y);
	m->y_in = full ? 0 : 16;
	m->y_out = 16;
	m->cb = kr > 0.2125 && kr < 0.2127 ? 0 : fixed(cb * step);
	m->cr = kr > 0.2125 && kr < 0.2127 ? 0 : fixed(cr * step);
	m->bb = fixed(c * (blue - cb) / 1.8556);
	m->br = fixed(c * -cr / 1.8556);
	m->rr = fixed(c * (red - cr) / 1.5748);
	m->rb = fixed(c * -cb / 1.5748);
}

static uint8_t
clip(int v)
{
	return v < 0 ? 0 : v > 255 ? 255 : (uint8_t)v;
}

/* Chroma stands on every other column; between two it is their mean. */
static void
luma_row(const struct movie_matrix *m, uint8_t *y, int w, const uint8_t *cb,
    const uint8_t *cr)
{
	int half = (w + 1) / 2, i, base = HALF - (m->y_in * m->y) +
	    (m->y_out << SHIFT);

	if (!m->cb && !m->cr) {
		for (i = 0; i < w; i++)
			y[i] = clip((y[i] * m->y + base) >> SHIFT);
		return;
	}
	for (i = 0; i < half; i++) {
		int k = i + 1 < half ? i + 1 : i;
		int here = (cb[i] - 128) * m->cb + (cr[i] - 128) * m->cr;
		int there = (cb[k] - 128) * m->cb + (cr[k] - 128) * m->cr;

		y[2 * i] = clip((y[2 * i] * m->y + base + here) >> SHIFT);
		if (2 * i + 1 < w)
			y[2 * i + 1] = clip((y[2 * i + 1] * m->y + base +
			    (here + there) / 2) >> SHIFT);
	}
}

static void
chroma_row(const struct movie_matrix *m, uint8_t *cb, uint8_t *cr, int n)
{
	int i, base = HALF + (128 << SHIFT);

	for (i = 0; i < n; i++) {
		int b = cb[i] - 128, r = cr[i] - 128;

		cb[i] = clip((b * m->bb + r * m->br + base) >> SHIFT);
		cr[i] = clip((b * m->rb + r * m->rr + base) >> SHIFT);
	}
}

void
movie_matrix_run(const struct movie_matrix *m, struct yuv *v)
{
	int row;

	if (m->same)
		return;
	for (row = 0; row < v->h; row++)
		luma_row(m, v->plane[0] + (ptrdiff_t)row * v->stride[0], v->w,
		    v->plane[1] + (ptrdiff_t)(row / 2) * v->stride[1],
		    v->plane[2] + (ptrdiff_t)(row / 2) * v->stride[2]);
	for (row = 0; row < (v->h + 1) / 2; row++)
		chroma_row(m, v->plane[1] + (ptrdiff_t)row * v->stride[1],
		    v->plane[2] + (ptrdiff_t)row * v->stride[2],
		    (v->w + 1) / 2);
}

/*
 * The even lines stay: they are one moment. Of the odd ones, a sample that is
 * above both or below both of its neighbours by more than COMB belongs to the
 * other moment and becomes their mean. What does not move keeps every line.
 */
void
movie_weave_plane(uint8_t *p, int stride, int w, int h)
{
	int x, y;

	for (y = 1; y < h; y += 2) {
		uint8_t *row = p + (ptrdiff_t)y * stride;
		const uint8_t *up = row - stride;
		const uint8_t *down = y + 1 < h ? row + stride : up;

		for (x = 0; x < w; x++) {
			int a = up[x] - row[x], b = down[x] - row[x];

			if ((a > COMB && b > COMB) || (a < -COMB && b < -COMB))
				row[x] = (uint8_t)((up[x] + down[x] + 1) / 2);
		}
	}
}
