#include "media/card/ground.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "media/card/dmath.h"

#define ROOM 1.12 /* a thumbnail's picture is so much larger than it must be,
		     so that its subject can come out from under the words */

static void
copy_row(struct canvas *c, const struct picture *p, int x, int y, int row)
{
	const uint8_t *in = p->rgb + ((size_t)(y + row) * (size_t)p->w +
	    (size_t)x) * 3;
	size_t o = (size_t)row * (size_t)c->w, end = o + (size_t)c->w;

	for (; o < end; o++, in += 3) {
		c->r[o] = (float)in[0] / 255.0f;
		c->g[o] = (float)in[1] / 255.0f;
		c->b[o] = (float)in[2] / 255.0f;
	}
}

/* Where a window of size begins in a side, so that the focus of the side comes
 * to the place in the window. */
static int
offset(double focus, double place, int side, int size)
{
	double at = focus < 0 ? (side - size) / 2.0 : focus * side -
	    place * size;

	at = at < 0 ? 0 : at > side - size ? side - size : at;
	return (int)at;
}

int
ground_picture(struct canvas *c, const struct card_spec *s,
	const struct scene_params *p, struct err *e)
{
	double kx = (double)c->w / s->back->w, ky = (double)c->h / s->back->h;
	double k = kx > ky ? kx : ky;
	struct picture fit = PICTURE_INIT;
	int w, h, x, y, i;

	if (s->use == CARD_THUMB && s->back_x >= 0)
		k *= ROOM;
	w = (int)ceil(s->back->w * k - 1e-6);
	h = (int)ceil(s->back->h * k - 1e-6);
	w = w < c->w ? c->w : w;
	h = h < c->h ? c->h : h;
	if (picture_scale(s->back, &fit, w, h, e) < 0)
		return -1;
	x = offset(s->back_x, p->fx, w, c->w);
	y = offset(s->back_y, p->fy, h, c->h);
	for (i = 0; i < c->h; i++)
		copy_row(c, &fit, x, y, i);
	picture_release(&fit);
	return 0;
}

/* How dark the shade is at a part of the way from its side: full to from, none
 * at to. */
struct shade {
	float full, from, to;
	int down; /* from the top, else from the left or, mirrored, right */
};

static struct shade
shade_of(const struct card_spec *s, const struct scene_params *p)
{
	static const struct shade end = { 0.86f, 0.30f, 0.72f, 0 };
	static const struct shade end_tall = { 0.88f, 0.36f, 0.60f, 1 };
	static const struct shade side = { 0.80f, 0.24f, 0.80f, 0 };
	/* of a thumbnail, whose subject stands where it should */
	static const struct shade drawn = { 0.72f, 0.32f, 0.70f, 0 };
	static const struct shade drawn_top = { 0.70f, 0.32f, 0.58f, 1 };
	static const struct shade top = { 0.74f, 0.22f, 0.70f, 1 };

	if (s->use == CARD_END)
		return p->portrait ? end_tall : end;
	if (!s->back)
		return p->portrait ? drawn_top : drawn;
	return p->portrait || p->title ? top : side;
}

void
ground_shade(struct canvas *c, const struct card_spec *s,
	const struct scene_params *p)
{
	float *a, t;
	struct shade k;
	int x, y;

	k = shade_of(s, p);
	a = xmalloc((size_t)c->w * sizeof(*a));
	for (y = 0; y < c->h; y++) {
		for (x = 0; x < c->w; x++) {
			t = k.down ? ((float)y + 0.5f) / (float)c->h :
			    ((float)x + 0.5f) / (float)c->w;
			if (!k.down && p->mirror)
				t = 1 - t;
			a[x] = k.full * (1 - f_smooth(k.from, k.to, t));
		}
		canvas_row(c, 0, y, c->w, a, p->pal.deep, BLEND_OVER);
	}
	free(a);
}
