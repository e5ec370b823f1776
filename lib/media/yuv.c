#include "media/yuv.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "media/blend.h"

/*
 * BT.709 (ITU-R BT.709-6, 3.2 and 3.3), times 2^16 and the range of limited
 * coding: 219 steps for luma, 224 for chroma, of 255.
 */
#define SHIFT 16
static const int matrix[3][3] = {
	{ 11966, 40254, 4064 },
	{ -6596, -22189, 28784 },
	{ 28784, -26145, -2639 }
};

static void
plane_size(int i, int w, int h, int *stride, size_t *size)
{
	int pw = i ? (w + 1) / 2 : w, ph = i ? (h + 1) / 2 : h;

	*stride = ((pw + 15) & ~15) + 2 * YUV_PAD;
	*size = (size_t)*stride * (size_t)ph;
}

size_t
yuv_bytes(int w, int h)
{
	size_t sum = 0, size;
	int i, stride;

	for (i = 0; i < 3; i++) {
		plane_size(i, w, h, &stride, &size);
		sum += size;
	}
	return sum;
}

void
yuv_set(struct yuv *v, int w, int h, void *memory)
{
	uint8_t *p = memory;
	size_t size;
	int i;

	memset(v, 0, sizeof(*v));
	v->w = w;
	v->h = h;
	for (i = 0; i < 3; i++) {
		plane_size(i, w, h, &v->stride[i], &size);
		v->plane[i] = p + YUV_PAD;
		p += size;
	}
}

struct yuv *
yuv_new(int w, int h)
{
	struct yuv *v = xcalloc(1, sizeof(*v));
	void *memory = xcalloc(yuv_bytes(w, h), 1);

	yuv_set(v, w, h, memory);
	v->memory = memory;
	return v;
}

void
yuv_free(struct yuv *v)
{
	if (!v)
		return;
	free(v->memory);
	free(v);
}

/* Noise of 16 bits that is the same at the same place. */
static int
noise(unsigned x, unsigned y, unsigned plane)
{
	uint32_t h = x * 0x9e3779b1u ^ (y + plane * 7919u) * 0x85ebca77u;

	h ^= h >> 15;
	h *= 0x2c1b3c6du;
	h ^= h >> 13;
	h *= 0x297a2d39u;
	return (int)(h >> 16);
}

static uint8_t
clip(int v)
{
	return v < 0 ? 0 : v > 255 ? 255 : v;
}

static int
weigh(int i, int r, int g, int b)
{
	return matrix[i][0] * r + matrix[i][1] * g + matrix[i][2] * b;
}

static void
luma_row(const struct picture *p, int y, uint8_t *out)
{
	const uint8_t *s = p->rgb + (size_t)y * p->w * 3;
	int x;

	for (x = 0; x < p->w; x++, s += 3)
		out[x] = clip((weigh(0, s[0], s[1], s[2]) + (16 << SHIFT) +
		    noise(x, y, 0)) >> SHIFT);
}

/* One sample of chroma: columns 1 2 1 around its own, two rows. */
static void
chroma_row(const struct picture *p, int row, uint8_t *cb, uint8_t *cr)
{
	int y0 = 2 * row, y1 = y0 + 1 < p->h ? y0 + 1 : y0, c, k;
	const uint8_t *line[2];

	line[0] = p->rgb + (size_t)y0 * p->w * 3;
	line[1] = p->rgb + (size_t)y1 * p->w * 3;
	for (c = 0; c < (p->w + 1) / 2; c++) {
		int x = 2 * c, left = x ? x - 1 : x;
		int right = x + 1 < p->w ? x + 1 : x;
		int sum[3] = { 0, 0, 0 }, i;

		for (k = 0; k < 2; k++)
			for (i = 0; i < 3; i++)
				sum[i] += line[k][left * 3 + i] +
				    2 * line[k][x * 3 + i] +
				    line[k][right * 3 + i];
		/* The sum has weight 8. */
		cb[c] = clip((weigh(1, sum[0], sum[1], sum[2]) / 8 +
		    (128 << SHIFT) + noise(c, row, 1)) >> SHIFT);
		cr[c] = clip((weigh(2, sum[0], sum[1], sum[2]) / 8 +
		    (128 << SHIFT) + noise(c, row, 2)) >> SHIFT);
	}
}

static void
pad_plane(struct yuv *v, int i)
{
	int w = i ? (v->w + 1) / 2 : v->w, h = i ? (v->h + 1) / 2 : v->h, y;
	int right = v->stride[i] - YUV_PAD - w;

	for (y = 0; y < h; y++) {
		uint8_t *row = v->plane[i] + (size_t)y * v->stride[i];

		memset(row - YUV_PAD, row[0], YUV_PAD);
		memset(row + w, row[w - 1], right);
	}
}

void
yuv_pad(struct yuv *v)
{
	int i;

	for (i = 0; i < 3; i++)
		pad_plane(v, i);
}

struct yuv *
yuv_from_picture(const struct picture *p)
{
	struct yuv *v = yuv_new(p->w, p->h);
	int y;

	for (y = 0; y < p->h; y++)
		luma_row(p, y, v->plane[0] + (size_t)y * v->stride[0]);
	for (y = 0; y < (p->h + 1) / 2; y++)
		chroma_row(p, y, v->plane[1] + (size_t)y * v->stride[1],
		    v->plane[2] + (size_t)y * v->stride[2]);
	yuv_pad(v);
	return v;
}

void
yuv_blend(const struct yuv *a, const struct yuv *b, int weight,
    struct yuv *out)
{
	blend_even(a, b, weight, out, BLEND_BEST);
}
