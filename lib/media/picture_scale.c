#include "media/picture.h"

#include <stdlib.h>

#include "base/mem.h"

#define RADIUS 3        /* of Lanczos's window, in source steps */
#define WEIGHT_BITS 14  /* weights of one output sum to 1 << this */
#define HEAD_BITS 6     /* 8-bit samples are kept << this between passes */
#define PI 3.14159265358979323846

/* Weights of the source pixels from..from+n-1 for one output pixel. */
struct taps {
	int from, n;
	int16_t *weight;
};

struct filter {
	struct taps *taps;
	int16_t *weights;
	int nr;
};

/* sin(pi x) for x >= 0, the same on every machine (Taylor series to x^15,
 * error under 1e-10 after folding to [0, 1/2]). */
static double
sin_pi(double x)
{
	double whole = (double)(long)x, t = x - whole, t2, s = 0, term;
	int k;

	if (t > 0.5)
		t = 1 - t;
	t *= PI;
	t2 = t * t;
	for (k = 1, term = t; k < 17; k += 2) {
		s += term;
		term *= -t2 / ((k + 1) * (k + 2));
	}
	return (long)whole & 1 ? -s : s;
}

static double
lanczos(double x)
{
	if (x < 0)
		x = -x;
	if (x < 1e-9)
		return 1;
	if (x >= RADIUS)
		return 0;
	return sin_pi(x) * sin_pi(x / RADIUS) * RADIUS / (PI * PI * x * x);
}

/* Weights as whole numbers whose sum is exact, so that flat stays flat. */
static void
fill_taps(struct taps *t, double centre, double wide, int in)
{
	int first = (int)(centre - wide * RADIUS), last, i, sum = 0, best = 0;
	double total = 0;

	last = (int)(centre + wide * RADIUS) + 1;
	if (first < 0)
		first = 0;
	if (last > in)
		last = in;
	t->from = first;
	t->n = last - first;
	for (i = 0; i < t->n; i++)
		total += lanczos((first + i + 0.5 - centre) / wide);
	for (i = 0; i < t->n; i++) {
		double v = lanczos((first + i + 0.5 - centre) / wide) / total *
		    (1 << WEIGHT_BITS);

		t->weight[i] = (int16_t)(v < 0 ? v - 0.5 : v + 0.5);
		sum += t->weight[i];
		if (t->weight[i] > t->weight[best])
			best = i;
	}
	t->weight[best] = (int16_t)(t->weight[best] + (1 << WEIGHT_BITS) - sum);
}

static void
filter_init(struct filter *f, int in, int out)
{
	double scale = (double)in / out, wide = scale > 1 ? scale : 1;
	size_t most = (size_t)(2 * RADIUS * wide) + 3;
	int i;

	f->nr = out;
	f->taps = xcalloc((size_t)out, sizeof(*f->taps));
	f->weights = xcalloc((size_t)out * most, sizeof(*f->weights));
	for (i = 0; i < out; i++) {
		f->taps[i].weight = f->weights + (size_t)i * most;
		fill_taps(&f->taps[i], (i + 0.5) * scale, wide, in);
	}
}

static void
filter_release(struct filter *f)
{
	free(f->taps);
	free(f->weights);
}

static void
row_across(const struct filter *f, const uint8_t *in, int16_t *out)
{
	const int half = 1 << (WEIGHT_BITS - HEAD_BITS - 1);
	const uint8_t *p;
	int x, i, r, g, b;

	for (x = 0; x < f->nr; x++, out += 3) {
		p = in + 3 * (size_t)f->taps[x].from;
		r = g = b = half;
		for (i = 0; i < f->taps[x].n; i++, p += 3) {
			int w = f->taps[x].weight[i];

			r += w * p[0];
			g += w * p[1];
			b += w * p[2];
		}
		out[0] = (int16_t)(r >> (WEIGHT_BITS - HEAD_BITS));
		out[1] = (int16_t)(g >> (WEIGHT_BITS - HEAD_BITS));
		out[2] = (int16_t)(b >> (WEIGHT_BITS - HEAD_BITS));
	}
}

static void
row_down(const struct taps *t, const int16_t *in, size_t stride,
	int32_t *sum, uint8_t *out)
{
	const int shift = WEIGHT_BITS + HEAD_BITS;
	const int16_t *p;
	size_t x;
	int i;
	int32_t v;

	for (x = 0; x < stride; x++)
		sum[x] = 1 << (shift - 1);
	for (i = 0; i < t->n; i++) {
		p = in + (size_t)(t->from + i) * stride;
		for (x = 0; x < stride; x++)
			sum[x] += t->weight[i] * p[x];
	}
	for (x = 0; x < stride; x++) {
		v = sum[x] >> shift;
		out[x] = (uint8_t)(v < 0 ? 0 : v > 255 ? 255 : v);
	}
}

int
picture_scale(const struct picture *from, struct picture *to, int w, int h,
	struct err *e)
{
	size_t stride = (size_t)w * 3;
	struct filter fx, fy;
	int16_t *mid;
	int32_t *sum;
	int y;

	if (w < 1 || h < 1 || w > PICTURE_SIDE_MAX || h > PICTURE_SIDE_MAX ||
	    (int64_t)w * h > PICTURE_AREA_MAX)
		return err_set(e, EX_BADUSE, "a picture of %dx%d is not made; "
		    "give sides from 1 to %d", w, h, PICTURE_SIDE_MAX);
	filter_init(&fx, from->w, w);
	filter_init(&fy, from->h, h);
	mid = xmalloc(stride * (size_t)from->h * sizeof(*mid));
	sum = xmalloc(stride * sizeof(*sum));
	picture_init(to, w, h);
	for (y = 0; y < from->h; y++)
		row_across(&fx, from->rgb + (size_t)y * (size_t)from->w * 3,
		    mid + (size_t)y * stride);
	for (y = 0; y < h; y++)
		row_down(&fy.taps[y], mid, stride, sum,
		    to->rgb + (size_t)y * stride);
	free(mid);
	free(sum);
	filter_release(&fx);
	filter_release(&fy);
	return 0;
}
