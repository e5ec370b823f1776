#include "media/overlay.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "media/overlay_rows.h"

/* One plane: premultiplied values in 1/255, the transparency left (255 minus
 * alpha), and the columns of each row that are not empty. */
struct layer {
	int x, y, w, h; /* in samples of the plane */
	uint16_t *value;
	uint8_t *rest;
	int *from, *to;
};

struct overlay {
	struct layer plane[3]; /* Y, Cb, Cr; Cr shares Cb's rest */
};

/* Sums of weighted premultiplied pixels, each 0..255. */
struct argb {
	int a, r, g, b;
};

struct source {
	const uint32_t *argb;
	int w, h, row, x, y; /* x, y: of the frame */
};

/* The pixel at x, y of the frame, times k; nothing outside. */
static void
gather(const struct source *s, int x, int y, int k, struct argb *sum)
{
	uint32_t p;

	x -= s->x;
	y -= s->y;
	if (x < 0 || y < 0 || x >= s->w || y >= s->h)
		return;
	p = s->argb[(size_t)y * s->row + x];
	sum->a += k * (int)(p >> 24);
	sum->r += k * (int)(p >> 16 & 255);
	sum->g += k * (int)(p >> 8 & 255);
	sum->b += k * (int)(p & 255);
}

/* BT.709 luma of the sum, in 1/10000. */
static int
luma(const struct argb *c)
{
	return 2126 * c->r + 7152 * c->g + 722 * c->b;
}

static int
divide(long long n, long long d)
{
	return (int)(n >= 0 ? (n + d / 2) / d : -((-n + d / 2) / d));
}

static void
layer_init(struct layer *l, int x, int y, int w, int h, int rest)
{
	size_t n;

	l->x = x;
	l->y = y;
	l->w = w > 0 ? w : 0;
	l->h = h > 0 ? h : 0;
	n = (size_t)l->w * l->h;
	l->value = xcalloc(n, sizeof(*l->value));
	l->rest = rest ? xmalloc(n) : NULL;
	l->from = xcalloc(l->h, sizeof(*l->from));
	l->to = xcalloc(l->h, sizeof(*l->to));
}

/* Note that column i of row j is not empty. */
static void
use(struct layer *l, int i, int j)
{
	if (l->to[j] == 0)
		l->from[j] = i;
	l->to[j] = i + 1;
}

static void
fill_luma(struct layer *l, const struct source *s)
{
	int i, j;

	for (j = 0; j < l->h; j++)
		for (i = 0; i < l->w; i++) {
			struct argb c = { 0, 0, 0, 0 };
			size_t at = (size_t)j * l->w + i;

			gather(s, l->x + i, l->y + j, 1, &c);
			l->rest[at] = (uint8_t)(255 - c.a);
			l->value[at] = (uint16_t)(16 * c.a +
			    divide(219LL * luma(&c), 10000));
			if (c.a)
				use(l, i, j);
		}
}

static uint16_t
chroma(int grey, long long difference, int scale)
{
	int v = grey + divide(224 * difference, 8 * scale);

	return (uint16_t)(v > 0 ? v : 0);
}

/* Chroma lies on every second column and between two rows: 1 2 1 across, 1 1
 * down, an eighth of the sum. */
static void
fill_chroma(struct layer *u, struct layer *v, const struct source *s)
{
	static const int weight[3] = { 1, 2, 1 };
	int i, j, x, y, k;

	for (j = 0; j < u->h; j++)
		for (i = 0; i < u->w; i++) {
			struct argb c = { 0, 0, 0, 0 };
			size_t at = (size_t)j * u->w + i;

			x = 2 * (u->x + i);
			y = 2 * (u->y + j);
			for (k = 0; k < 6; k++)
				gather(s, x + k % 3 - 1, y + k / 3,
				    weight[k % 3], &c);
			u->rest[at] = (uint8_t)(255 - (c.a + 4) / 8);
			k = 128 * (255 - u->rest[at]);
			if (!k)
				continue;
			u->value[at] = chroma(k, 10000 * c.b - luma(&c),
			    18556);
			v->value[at] = chroma(k, 10000 * c.r - luma(&c),
			    15748);
			use(u, i, j);
			use(v, i, j);
		}
}

static int
least(int a, int b)
{
	return a < b ? a : b;
}

struct overlay *
overlay_new(const uint32_t *argb, int w, int h, int row, int x, int y,
    int frame_w, int frame_h)
{
	struct source s = { argb, w, h, row, x, y };
	struct overlay *o = xcalloc(1, sizeof(*o));
	int x0 = x > 0 ? x & ~1 : 0, y0 = y > 0 ? y & ~1 : 0;
	int x1 = least((x + w + 1) & ~1, frame_w);
	int y1 = least((y + h + 1) & ~1, frame_h);

	layer_init(&o->plane[0], x0, y0, x1 - x0, y1 - y0, 1);
	layer_init(&o->plane[1], x0 / 2, y0 / 2, (x1 - x0) / 2, (y1 - y0) / 2,
	    1);
	layer_init(&o->plane[2], x0 / 2, y0 / 2, (x1 - x0) / 2, (y1 - y0) / 2,
	    0);
	fill_luma(&o->plane[0], &s);
	fill_chroma(&o->plane[1], &o->plane[2], &s);
	return o;
}

void
overlay_free(struct overlay *o)
{
	int i;

	if (!o)
		return;
	for (i = 0; i < 3; i++) {
		free(o->plane[i].value);
		free(o->plane[i].rest);
		free(o->plane[i].from);
		free(o->plane[i].to);
	}
	free(o);
}

void
overlay_blend(const struct overlay *o, uint8_t *const plane[3],
    const int stride[3])
{
	const struct overlay_rows *rows = overlay_rows_choose(OVERLAY_BEST);
	int i, j;

	for (i = 0; i < 3; i++) {
		const struct layer *l = &o->plane[i];
		const uint8_t *rest = o->plane[i == 2 ? 1 : i].rest;

		for (j = 0; j < l->h; j++) {
			size_t at = (size_t)j * l->w + l->from[j];

			rows->blend(plane[i] + (size_t)(l->y + j) *
			    stride[i] + l->x + l->from[j], l->value + at,
			    rest + at,
			    l->to[j] - l->from[j]);
		}
	}
}
