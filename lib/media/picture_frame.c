#include "media/picture_frame.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define GRID 24         /* the ground's cells along the frame's longer side */
#define GRID_MAX 48     /* cells on a side */
#define PASSES 2        /* of the blur, on the grid */
#define GROUND 0.42f    /* of the picture's light */
#define GREY 0.25f      /* of the ground's colour that is taken out */

/* The ground: a few cells, to be drawn out smoothly. */
struct grid {
	int w, h;
	float cell[GRID_MAX * GRID_MAX][3];
};

/* The larger of the two scales fills the frame. */
static double
scale_of(int w, int h, int fw, int fh, int fill)
{
	double x = (double)fw / w, y = (double)fh / h;

	return (x > y) == (fill != 0) ? x : y;
}

int
picture_needs_ground(int w, int h, int fw, int fh)
{
	double fill, whole;

	if (w < 1 || h < 1 || fw < 1 || fh < 1)
		return 0;
	fill = scale_of(w, h, fw, fh, 1);
	whole = scale_of(w, h, fw, fh, 0);
	return fill > FRAME_ENLARGE && whole < fill * FRAME_SHAPE;
}

static int
rounded(double d)
{
	return (int)(d + 0.5);
}

/* A rectangle of a picture, inside it. */
static void
crop(const struct picture *from, struct picture *to, int x, int y, int w,
    int h)
{
	int row;

	picture_init(to, w, h);
	for (row = 0; row < h; row++)
		memcpy(to->rgb + (size_t)row * w * 3, from->rgb +
		    ((size_t)(y + row) * from->w + x) * 3, (size_t)w * 3);
}

/* The part of the picture that would fill the frame, as a few cells. */
static int
make_grid(const struct picture *from, int fw, int fh, struct grid *g,
    struct err *e)
{
	double s = scale_of(from->w, from->h, fw, fh, 1);
	struct picture part = PICTURE_INIT, small = PICTURE_INIT;
	int w = rounded(fw / s), h = rounded(fh / s), i, k, ret;
	int longer = fw > fh ? fw : fh;

	w = w < 1 ? 1 : w > from->w ? from->w : w;
	h = h < 1 ? 1 : h > from->h ? from->h : h;
	g->w = rounded((double)GRID * fw / longer);
	g->h = rounded((double)GRID * fh / longer);
	g->w = g->w < 4 ? 4 : g->w;
	g->h = g->h < 4 ? 4 : g->h;
	crop(from, &part, (from->w - w) / 2, (from->h - h) / 2, w, h);
	ret = picture_scale(&part, &small, g->w, g->h, e);
	picture_release(&part);
	for (i = 0; ret == 0 && i < g->w * g->h; i++)
		for (k = 0; k < 3; k++)
			g->cell[i][k] = small.rgb[i * 3 + k];
	picture_release(&small);
	return ret;
}

static int
clamp(int v, int most)
{
	return v < 0 ? 0 : v > most ? most : v;
}

/* Each cell with its neighbours, 1 2 1 in each direction. */
static void
blur(struct grid *g)
{
	struct grid *was = xmalloc(sizeof(*was));
	int x, y, i, j, k;

	*was = *g;
	for (y = 0; y < g->h; y++)
		for (x = 0; x < g->w; x++)
			for (k = 0; k < 3; k++) {
				float sum = 0;

				for (i = -1; i <= 1; i++)
					for (j = -1; j <= 1; j++)
						sum += was->cell[clamp(y + i,
						    g->h - 1) * g->w + clamp(
						    x + j, g->w - 1)][k] *
						    (float)((2 - abs(i)) *
						    (2 - abs(j)));
				g->cell[y * g->w + x][k] = sum / 16;
			}
	free(was);
}

/* Weights of four cells for a point t (0..1) of the way from the second to the
 * third: the cubic B-spline, which is smooth and never overshoots. */
static void
spline(float t, float w[4])
{
	float u = 1 - t;

	w[0] = u * u * u / 6;
	w[1] = (3 * t * t * t - 6 * t * t + 4) / 6;
	w[2] = (3 * u * u * u - 6 * u * u + 4) / 6;
	w[3] = t * t * t / 6;
}

static void
ground_colour(float c[3])
{
	float grey = 0.2126f * c[0] + 0.7152f * c[1] + 0.0722f * c[2];
	int k;

	for (k = 0; k < 3; k++)
		c[k] = (c[k] + (grey - c[k]) * GREY) * GROUND;
}

/* Draw the cells out to the frame. Steps of dark, even colour would be seen:
 * the rounding is spread by an ordered pattern (Bayer's, 4 x 4). */
static void
draw_ground(const struct grid *g, struct picture *to)
{
	static const unsigned char order[16] = { 0, 8, 2, 10, 12, 4, 14, 6, 3,
		11, 1, 9, 15, 7, 13, 5 };
	int x, y, i, j, k;

	for (y = 0; y < to->h; y++) {
		float at = ((float)y + 0.5f) * (float)g->h / (float)to->h -
		    0.5f, wy[4];
		int cy = (int)(at + 1) - 1;

		spline(at - (float)cy, wy);
		for (x = 0; x < to->w; x++) {
			float ax = ((float)x + 0.5f) * (float)g->w /
			    (float)to->w - 0.5f, wx[4], c[3] = { 0, 0, 0 };
			int cx = (int)(ax + 1) - 1;
			uint8_t *out = to->rgb + ((size_t)y * to->w + x) * 3;

			spline(ax - (float)cx, wx);
			for (i = 0; i < 4; i++)
				for (j = 0; j < 4; j++)
					for (k = 0; k < 3; k++)
						c[k] += wy[i] * wx[j] *
						    g->cell[clamp(cy + i - 1,
						    g->h - 1) * g->w + clamp(
						    cx + j - 1, g->w - 1)][k];
			ground_colour(c);
			for (k = 0; k < 3; k++)
				out[k] = (uint8_t)(c[k] + ((float)order[(y & 3)
				    * 4 + (x & 3)] + 0.5f) / 16);
		}
	}
}

/* How large the picture is shown: not enlarged, but for one that is too small
 * to touch the frame. */
static double
shown_scale(int w, int h, const struct picture_frame *f)
{
	double fill = scale_of(w, h, f->w, f->h, 1);
	double whole = scale_of(w, h, f->w, f->h, 0);

	return whole >= 1 ? whole : fill < 1 ? fill : 1;
}

/* Where a side of the scaled picture begins in the frame's: below 0 where the
 * picture is cut, so that the point at `focus` stays in view. */
static int
place(int size, int frame, double focus)
{
	double at = focus * size - frame / 2.0;

	if (size <= frame)
		return (frame - size) / 2;
	return -clamp(rounded(at < 0 ? 0 : at), size - frame);
}

void
picture_ground_focus(int w, int h, struct picture_frame *f)
{
	double s = shown_scale(w, h, f);
	int sw = rounded(w * s), sh = rounded(h * s);

	f->fx = (place(sw, f->w, f->fx) + f->fx * sw) / f->w;
	f->fy = (place(sh, f->h, f->fy) + f->fy * sh) / f->h;
}

int
picture_on_ground(const struct picture *from, struct picture *to,
    const struct picture_frame *f, struct err *e)
{
	double s = shown_scale(from->w, from->h, f);
	struct picture sharp = PICTURE_INIT;
	struct grid *g = xmalloc(sizeof(*g));
	int i, x, y, w, h;

	if (make_grid(from, f->w, f->h, g, e) < 0 || picture_scale(from,
	    &sharp, rounded(from->w * s), rounded(from->h * s), e) < 0) {
		free(g);
		return -1;
	}
	for (i = 0; i < PASSES; i++)
		blur(g);
	picture_init(to, f->w, f->h);
	draw_ground(g, to);
	free(g);
	x = place(sharp.w, f->w, f->fx);
	y = place(sharp.h, f->h, f->fy);
	w = sharp.w < f->w ? sharp.w : f->w;
	h = sharp.h < f->h ? sharp.h : f->h;
	for (i = 0; i < h; i++)
		memcpy(to->rgb + ((size_t)((y > 0 ? y : 0) + i) * f->w +
		    (x > 0 ? x : 0)) * 3, sharp.rgb + ((size_t)((y < 0 ? -y :
		    0) + i) * sharp.w + (x < 0 ? -x : 0)) * 3, (size_t)w * 3);
	picture_release(&sharp);
	return 0;
}
