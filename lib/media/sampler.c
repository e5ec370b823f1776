#include "media/sampler.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "media/cpu.h"
#include "media/sampler_rows.h"

/* Rows filtered across: eight of luma by source row modulo 8, of which two are
 * made at a time; or four of Cb by row modulo 4, then four of Cr. */
#define RING 8

struct sampler {
	int w, h;
	const struct sampler_rows *rows;
	struct sampler_axis across;
	int16_t *ring[RING];
	int held[RING];  /* which source row each holds; -1: none */
	void *memory;
};

static size_t
padded(int w)
{
	return ((size_t)w + 31) & ~(size_t)31;
}

struct sampler *
sampler_new(int w, int h, enum sampler_code code)
{
	struct sampler *s = xcalloc(1, sizeof(*s));
	size_t n = padded(w), size, i;
	char *p;

	s->w = w;
	s->h = h;
	s->rows = sampler_rows_choose(code == SAMPLER_BEST &&
	    cpu_is_plain() ? SAMPLER_PLAIN : code);
	size = n * (4 + 8 + 4 + RING * 2); /* n is a multiple of 32 */
	s->memory = p = aligned_alloc(64, (size + 63) & ~(size_t)63);
	if (!p)
		mem_failed();
	memset(p, 0, size);
	s->across.index = (int32_t *)p;
	p += n * 4;
	s->across.tap01 = (int16_t *)p;
	p += n * 4;
	s->across.tap23 = (int16_t *)p;
	p += n * 4;
	s->across.pick = (uint8_t *)p;
	p += n * 4;
	for (i = 0; i < RING; i++, p += n * 2)
		s->ring[i] = (int16_t *)p;
	/* The upper byte of each 16-bit lane stays 0. */
	memset(s->across.pick, 0x80, n * 4);
	return s;
}

void
sampler_free(struct sampler *s)
{
	if (!s)
		return;
	free(s->memory);
	free(s);
}

const char *
sampler_name(const struct sampler *s)
{
	return s->rows->name;
}

/*
 * The four weights at fraction t, in 1/16384; they sum to that exactly, so
 * that a flat picture stays flat.
 */
static void
taps(double t, int16_t c[4])
{
	double t2 = t * t, t3 = t2 * t;

	/* Rounded by truncation of what is surely positive: lrint is a call. */
	c[0] = (int16_t)((int)(8192 * (-t3 + 2 * t2 - t) + 8192.5) - 8192);
	c[2] = (int16_t)((int)(8192 * (-3 * t3 + 4 * t2 + t) + 8192.5) - 8192);
	c[3] = (int16_t)((int)(8192 * (t3 - t2) + 8192.5) - 8192);
	c[1] = (int16_t)(16384 - c[0] - c[2] - c[3]);
}

/* Split a position into the left upper sample and its weights; positions far
 * outside become the edge. */
static int
place(double at, int size, int16_t c[4])
{
	int whole;

	if (at < -1)
		at = -1;
	if (at > size)
		at = size;
	whole = (int)(at + 1) - 1;
	taps(at - whole, c);
	return whole;
}

/* from + step * i for every column. Groups of eight share the address of
 * their first sample; the pick masks choose within 16 bytes from there. */
static void
axis_fill(struct sampler_axis *a, double from, double step, int n, int size)
{
	int16_t c[4];
	int i, base = 0, off;

	for (i = 0; i < (int)padded(n); i++) {
		int at = place(from + step * (i < n ? i : n - 1), size, c) - 1;

		a->index[i] = at;
		if (i % 8 == 0)
			base = at;
		off = at - base;
		a->tap01[2 * i] = c[0];
		a->tap01[2 * i + 1] = c[1];
		a->tap23[2 * i] = c[2];
		a->tap23[2 * i + 1] = c[3];
		a->pick[4 * i] = off;
		a->pick[4 * i + 2] = off + 1;
	}
}

static const uint8_t *
source(const struct yuv *from, int plane, int row)
{
	return from->plane[plane] + (ptrdiff_t)row * from->stride[plane];
}

static int
clamp_row(int row, int height)
{
	return row < 0 ? 0 : row >= height ? height - 1 : row;
}

/* The source's luma row, filtered across; the next one is made with it. */
static const int16_t *
luma_row(struct sampler *s, const struct yuv *from, int row)
{
	const uint8_t *in[2];
	int16_t *out[2];
	int slot;

	row = clamp_row(row, from->h);
	slot = row % RING;
	if (s->held[slot] == row)
		return s->ring[slot];
	in[0] = source(from, 0, row);
	in[1] = source(from, 0, clamp_row(row + 1, from->h));
	out[0] = s->ring[slot];
	out[1] = s->ring[(slot + 1) % RING];
	s->rows->across(in, &s->across, out, s->w);
	s->held[slot] = row;
	s->held[(slot + 1) % RING] = row + 1;
	return s->ring[slot];
}

/* The ring's slot of a chroma row: Cb there, Cr four further. */
static int
chroma_row(struct sampler *s, const struct yuv *from, int row)
{
	const uint8_t *in[2];
	int16_t *out[2];
	int slot;

	row = clamp_row(row, (from->h + 1) / 2);
	slot = row % 4;
	if (s->held[slot] == row)
		return slot;
	in[0] = source(from, 1, row);
	in[1] = source(from, 2, row);
	out[0] = s->ring[slot];
	out[1] = s->ring[slot + 4];
	s->rows->across(in, &s->across, out, (s->w + 1) / 2);
	s->held[slot] = row;
	return slot;
}

static void
forget(struct sampler *s)
{
	int k;

	for (k = 0; k < RING; k++)
		s->held[k] = -1;
}

static void
draw_luma(struct sampler *s, const struct yuv *from, double y, double sy,
    struct yuv *out)
{
	const int16_t *line[4];
	int16_t c[4];
	int row, k, top;

	forget(s);
	for (row = 0; row < s->h; row++) {
		top = place(y + (row + 0.5) * sy - 0.5, from->h, c);
		for (k = 0; k < 4; k++)
			line[k] = luma_row(s, from, top - 1 + k);
		s->rows->down(line, c, out->plane[0] +
		    (ptrdiff_t)row * out->stride[0], s->w);
	}
}

/* Row j stands between luma rows 2j and 2j + 1. */
static void
draw_chroma(struct sampler *s, const struct yuv *from, double y, double sy,
    struct yuv *out)
{
	const int16_t *cb[4], *cr[4];
	int16_t c[4];
	int row, k, top, slot, h = (from->h + 1) / 2, w = (s->w + 1) / 2;

	forget(s);
	for (row = 0; row < (s->h + 1) / 2; row++) {
		top = place((y + (2 * row + 1) * sy - 1) / 2, h, c);
		for (k = 0; k < 4; k++) {
			slot = chroma_row(s, from, top - 1 + k);
			cb[k] = s->ring[slot];
			cr[k] = s->ring[slot + 4];
		}
		s->rows->down(cb, c, out->plane[1] +
		    (ptrdiff_t)row * out->stride[1], w);
		s->rows->down(cr, c, out->plane[2] +
		    (ptrdiff_t)row * out->stride[2], w);
	}
}

void
sampler_draw(struct sampler *s, const struct yuv *from, double x, double y,
    double w, double h, struct yuv *out)
{
	double sx = w / s->w, sy = h / s->h, left = x + 0.5 * sx - 0.5;

	axis_fill(&s->across, left, sx, s->w, from->w);
	draw_luma(s, from, y, sy, out);
	/* Chroma column j stands on luma column 2j; Cb and Cr share them. */
	axis_fill(&s->across, left / 2, sx, (s->w + 1) / 2, (from->w + 1) / 2);
	draw_chroma(s, from, y, sy, out);
}
