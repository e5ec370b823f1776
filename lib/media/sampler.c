#include "media/sampler.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "media/sampler_rows.h"

/* The four nearest rows, filtered across, by source row modulo 4. */
#define RING 4

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
	s->rows = sampler_rows_choose(code);
	size = n * (4 + 8 + 8 + RING * 2); /* n is a multiple of 32 */
	s->memory = p = aligned_alloc(64, (size + 63) & ~(size_t)63);
	if (!p)
		die(EX_FAILED, "out of memory for a frame %d wide", w);
	memset(p, 0, size);
	s->across.index = (int32_t *)p;
	p += n * 4;
	s->across.tap01 = (int16_t *)p;
	p += n * 4;
	s->across.tap23 = (int16_t *)p;
	p += n * 4;
	s->across.pick01 = (uint8_t *)p;
	p += n * 4;
	s->across.pick23 = (uint8_t *)p;
	p += n * 4;
	for (i = 0; i < RING; i++, p += n * 2)
		s->ring[i] = (int16_t *)p;
	/* The upper byte of each 16-bit lane stays 0. */
	memset(s->across.pick01, 0x80, n * 8);
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
		a->pick01[4 * i] = off;
		a->pick01[4 * i + 2] = off + 1;
		a->pick23[4 * i] = off + 2;
		a->pick23[4 * i + 2] = off + 3;
	}
}

static const int16_t *
row_of(struct sampler *s, const struct yuv *from, int plane, int row, int n)
{
	int h = plane ? (from->h + 1) / 2 : from->h, slot;

	row = row < 0 ? 0 : row >= h ? h - 1 : row;
	slot = row % RING;
	if (s->held[slot] != row) {
		s->rows->across(from->plane[plane] +
		    (ptrdiff_t)row * from->stride[plane], &s->across,
		    s->ring[slot], n);
		s->held[slot] = row;
	}
	return s->ring[slot];
}

void
sampler_draw(struct sampler *s, const struct yuv *from, double x, double y,
    double w, double h, struct yuv *out)
{
	double sx = w / s->w, sy = h / s->h;
	int i, k, row;

	for (i = 0; i < 3; i++) {
		int n = i ? (s->w + 1) / 2 : s->w;
		int m = i ? (s->h + 1) / 2 : s->h;
		int height = i ? (from->h + 1) / 2 : from->h;

		/* Chroma column j stands on luma column 2j, row j between
		 * luma rows 2j and 2j + 1. Cb and Cr share their columns. */
		if (i == 0)
			axis_fill(&s->across, x + 0.5 * sx - 0.5, sx, n,
			    from->w);
		else if (i == 1)
			axis_fill(&s->across, (x + 0.5 * sx - 0.5) / 2, sx, n,
			    (from->w + 1) / 2);
		for (k = 0; k < RING; k++)
			s->held[k] = -1;
		for (row = 0; row < m; row++) {
			double at = i ? (y + (2 * row + 1) * sy - 1) / 2 :
			    y + (row + 0.5) * sy - 0.5;
			const int16_t *line[4];
			int16_t c[4];
			int top = place(at, height, c);

			for (k = 0; k < 4; k++)
				line[k] = row_of(s, from, i, top - 1 + k, n);
			s->rows->down(line, c, out->plane[i] +
			    (ptrdiff_t)row * out->stride[i], n);
		}
	}
}
