#include "media/warp.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define COARSE 4      /* frames in one of the first pass */
#define WIDE 60.0     /* seconds to each side of the diagonal, first pass */
#define NARROW 0.50   /* to each side of the first pass's path */
#define ASIDE 0.25f   /* added to a step that is not diagonal: of the mean
			 distance */

/* A band through the table: row j (of from) has the columns low[j] .. low[j] +
 * width - 1 (of to). */
struct band {
	const struct mfcc *from, *to;
	size_t *low, width;
	uint8_t *way; /* of each cell two bits: whence the best path comes */
	float aside;
};

enum { DIAGONAL, ALONG_FROM, ALONG_TO };

static float
distance(const float *a, const float *b)
{
	float sum = 0, d;
	int i;

	for (i = 0; i < MFCC_DIM; i++) {
		d = a[i] - b[i];
		sum += d * d;
	}
	return sqrtf(sum);
}

static void
set_way(struct band *b, size_t j, size_t k, unsigned way)
{
	size_t cell = j * b->width + k;

	b->way[cell / 4] |= (uint8_t)(way << cell % 4 * 2);
}

static unsigned
get_way(const struct band *b, size_t j, size_t k)
{
	size_t cell = j * b->width + k;

	return b->way[cell / 4] >> cell % 4 * 2 & 3;
}

/* Cost of cell k of the row before, counted by this row's columns. */
static float
before(const float *row, const struct band *b, size_t j, long column)
{
	long k = column - (long)b->low[j - 1];

	return k < 0 || k >= (long)b->width ? INFINITY : row[k];
}

static void
fill_row(struct band *b, size_t j, const float *last, float *row)
{
	const float *v = b->from->v + j * MFCC_DIM;
	float diagonal, up, left, best;
	unsigned way;
	size_t k, i;

	for (k = 0; k < b->width; k++) {
		i = b->low[j] + k;
		if (i >= b->to->frames) {
			row[k] = INFINITY;
			continue;
		}
		left = k ? row[k - 1] + b->aside : INFINITY;
		diagonal = j ? before(last, b, j, (long)i - 1) : INFINITY;
		up = j ? before(last, b, j, (long)i) + b->aside : INFINITY;
		if (!j && !i)
			diagonal = 0;
		best = diagonal;
		way = DIAGONAL;
		if (up < best) {
			best = up;
			way = ALONG_FROM;
		}
		if (left < best) {
			best = left;
			way = ALONG_TO;
		}
		set_way(b, j, k, way);
		row[k] = best + distance(v, b->to->v + i * MFCC_DIM);
	}
}

/* Back from the end: at[j] the first column of each row. */
static int
trace(const struct band *b, size_t *at, double *cost)
{
	size_t j = b->from->frames - 1, i = b->to->frames - 1, steps = 0;
	double sum = 0;

	for (;;) {
		if (i < b->low[j] || i - b->low[j] >= b->width)
			return -1;
		at[j] = i;
		sum += distance(b->from->v + j * MFCC_DIM,
		    b->to->v + i * MFCC_DIM);
		steps++;
		if (!j && !i)
			break;
		switch (get_way(b, j, i - b->low[j])) {
		case DIAGONAL:
			if (!j || !i)
				return -1;
			j--;
			i--;
			break;
		case ALONG_FROM:
			if (!j)
				return -1;
			j--;
			break;
		default:
			if (!i)
				return -1;
			i--;
		}
	}
	*cost = sum / (double)steps;
	return 0;
}

static int
run(struct band *b, size_t *at, double *cost)
{
	float *row = xcalloc(b->width, sizeof(*row));
	float *last = xcalloc(b->width, sizeof(*last)), *swap;
	size_t j;
	int ret;

	b->way = xcalloc(b->from->frames * b->width / 4 + 1, 1);
	for (j = 0; j < b->from->frames; j++) {
		fill_row(b, j, last, row);
		swap = row;
		row = last;
		last = swap;
	}
	ret = trace(b, at, cost);
	free(row);
	free(last);
	free(b->way);
	return ret;
}

/* Mean distance of frames taken along the diagonal: what the penalty is of. */
static float
usual_distance(const struct mfcc *a, const struct mfcc *b)
{
	double sum = 0;
	size_t j;

	for (j = 0; j < a->frames; j++)
		sum += distance(a->v + j * MFCC_DIM, b->v + (size_t)((double)j *
		    (double)(b->frames - 1) / (double)a->frames) * MFCC_DIM);
	return (float)(sum / (double)a->frames);
}

static size_t
clamp_low(double middle, size_t width, size_t frames)
{
	double low = middle - (double)width / 2;

	if (low > (double)frames - (double)width)
		low = (double)frames - (double)width;
	return low > 0 ? (size_t)low : 0;
}

static int
first_pass(const struct mfcc *from, const struct mfcc *to, size_t *at,
    double *cost)
{
	struct band b = { .from = from, .to = to };
	size_t j;
	int ret;

	b.width = 2 * (size_t)(WIDE / MFCC_HOP / COARSE) + 1;
	if (b.width > to->frames)
		b.width = to->frames;
	b.low = xcalloc(from->frames, sizeof(*b.low));
	for (j = 0; j < from->frames; j++)
		b.low[j] = clamp_low((double)j * (double)to->frames /
		    (double)from->frames, b.width, to->frames);
	b.aside = ASIDE * usual_distance(from, to);
	ret = run(&b, at, cost);
	free(b.low);
	return ret;
}

/* Round the first pass's path; rows in which it runs along `to` need more
 * room, which the band has where the next row begins. */
static int
second_pass(const struct mfcc *from, const struct mfcc *to,
    const size_t *coarse, size_t coarse_nr, size_t *at, double *cost)
{
	struct band b = { .from = from, .to = to };
	size_t j, c, jump = 0;
	int ret;

	for (c = 1; c < coarse_nr; c++)
		if (coarse[c] - coarse[c - 1] > jump)
			jump = coarse[c] - coarse[c - 1];
	b.width = 2 * (size_t)(NARROW / MFCC_HOP) + (jump + 1) * COARSE;
	if (b.width > to->frames)
		b.width = to->frames;
	b.low = xcalloc(from->frames, sizeof(*b.low));
	for (j = 0; j < from->frames; j++) {
		c = j / COARSE;
		b.low[j] = clamp_low((double)(coarse[c] * COARSE) +
		    (double)b.width / 2 - NARROW / MFCC_HOP, b.width,
		    to->frames);
	}
	b.aside = ASIDE * usual_distance(from, to);
	ret = run(&b, at, cost);
	free(b.low);
	return ret;
}

int
warp_make(const struct mfcc *from, const struct mfcc *to, size_t *at,
    double *cost, struct err *e)
{
	struct mfcc a = MFCC_INIT, b = MFCC_INIT;
	double n = (double)from->frames, m = (double)to->frames;
	size_t *coarse;
	int ret;

	if (n < 2 * COARSE || m < 2 * COARSE || n > m * WARP_RATIO ||
	    m > n * WARP_RATIO || n * MFCC_HOP > WARP_SECONDS_MAX ||
	    m * MFCC_HOP > WARP_SECONDS_MAX)
		return err_set(e, EX_DATA, "sounds of %.1f and %.1f seconds "
		    "cannot be laid side by side", n * MFCC_HOP, m * MFCC_HOP);
	mfcc_coarse(from, COARSE, &a);
	mfcc_coarse(to, COARSE, &b);
	coarse = xcalloc(a.frames, sizeof(*coarse));
	ret = first_pass(&a, &b, coarse, cost);
	if (ret == 0)
		ret = second_pass(from, to, coarse, a.frames, at, cost);
	if (ret < 0)
		err_set(e, EX_DATA, "the sounds have no way in common");
	free(coarse);
	mfcc_release(&a);
	mfcc_release(&b);
	return ret;
}
