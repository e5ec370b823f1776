/*
 * The sampler against a reference of its own making: Keys' kernel evaluated
 * directly, in two dimensions and double precision, with nothing in common.
 */
#include <math.h>
#include <stdlib.h>

#include "base/rng.h"
#include "media/sampler.h"
#include "../tests/unit/tap.h"

#define W 320
#define H 180

/* Keys (1981), equation 15, a = -1/2. */
static double
keys(double s)
{
	s = fabs(s);
	if (s < 1)
		return 1.5 * s * s * s - 2.5 * s * s + 1;
	if (s < 2)
		return -0.5 * s * s * s + 2.5 * s * s - 4 * s + 2;
	return 0;
}

static double
sample(const struct yuv *v, int i, int x, int y)
{
	int w = i ? (v->w + 1) / 2 : v->w, h = i ? (v->h + 1) / 2 : v->h;

	x = x < 0 ? 0 : x >= w ? w - 1 : x;
	y = y < 0 ? 0 : y >= h ? h - 1 : y;
	return v->plane[i][(size_t)y * v->stride[i] + x];
}

static double
at(const struct yuv *v, int i, double x, double y)
{
	int x0 = (int)floor(x), y0 = (int)floor(y), k, l;
	double sum = 0;

	for (l = y0 - 1; l <= y0 + 2; l++)
		for (k = x0 - 1; k <= x0 + 2; k++)
			sum += keys(x - k) * keys(y - l) * sample(v, i, k, l);
	return sum < 0 ? 0 : sum > 255 ? 255 : sum;
}

static struct yuv *
texture(int w, int h)
{
	struct picture p;
	struct yuv *v;
	struct rng r;
	int x, y, c;

	rng_seed(&r, 1, 2);
	picture_init(&p, w, h);
	for (y = 0; y < h; y++)
		for (x = 0; x < w; x++)
			for (c = 0; c < 3; c++)
				p.rgb[((size_t)y * w + x) * 3 + c] =
				    (uint8_t)(127 + 70 * sin(x * 0.31 + c) *
				    cos(y * 0.23 - c) + 50 *
				    rng_unit(&r));
	v = yuv_from_picture(&p);
	picture_release(&p);
	return v;
}

/* PSNR of what was drawn against the reference, over all planes. */
static double
psnr(const struct yuv *src, const struct yuv *out, double x, double y,
    double w, double h)
{
	double sx = w / W, sy = h / H, sum = 0;
	long n = 0;
	int i, j, k;

	for (i = 0; i < 3; i++)
		for (k = 0; k < (i ? H / 2 : H); k++)
			for (j = 0; j < (i ? W / 2 : W); j++, n++) {
				double px = i ? (x + (2 * j + 0.5) * sx - 0.5)
				    / 2 : x + (j + 0.5) * sx - 0.5;
				double py = i ? (y + (2 * k + 1) * sy) / 2 -
				    0.5 : y + (k + 0.5) * sy - 0.5;
				double d = at(src, i, px, py) -
				    sample(out, i, j, k);

				sum += d * d;
			}
	return 10 * log10(255 * 255 * n / sum);
}

static void
test_reference(enum sampler_code code)
{
	static const double window[][4] = {
		{ 0, 0, 400, 225 }, { 3.37, 1.91, 391.2, 220.05 },
		{ 40.01, 20.5, 200, 112.5 }, { 0, 0, 320, 180 }
	};
	struct sampler *s = sampler_new(W, H, code);
	struct yuv *src = texture(400, 225), *out = yuv_new(W, H);
	size_t i;

	for (i = 0; i < sizeof(window) / sizeof(*window); i++) {
		const double *w = window[i];
		double db;

		sampler_draw(s, src, w[0], w[1], w[2], w[3], out);
		db = psnr(src, out, w[0], w[1], w[2], w[3]);
		ok(db >= 50, "%s, window %zu: %.1f dB against the reference",
		    sampler_name(s), i, db);
	}
	yuv_free(src);
	yuv_free(out);
	sampler_free(s);
}

static int
same(const struct yuv *a, const struct yuv *b)
{
	int i, y;

	for (i = 0; i < 3; i++)
		for (y = 0; y < (i ? (a->h + 1) / 2 : a->h); y++)
			if (memcmp(a->plane[i] + (size_t)y * a->stride[i],
			    b->plane[i] + (size_t)y * b->stride[i],
			    (size_t)(i ? (a->w + 1) / 2 : a->w)))
				return 0;
	return 1;
}

/* All codes give the same bytes, for odd sizes and windows at the edges. */
static void
test_codes(void)
{
	static const int size[][2] = { { 320, 180 }, { 540, 66 }, { 64, 90 },
		{ 1080, 32 } };
	struct rng r;
	size_t i, k;
	int bad = 0;

	rng_seed(&r, 3, 4);
	for (i = 0; i < 40; i++) {
		int w = size[i % 4][0], h = size[i % 4][1];
		double step = rng_range(&r, 0.2, 1.5);
		struct yuv *src = texture((int)(w * 1.6) + (int)(i % 3),
		    (int)(h * 1.6) + (int)(i % 2));
		double x = rng_range(&r, -1, src->w - w * step + 1);
		double y = rng_range(&r, -1, src->h - h * step + 1);
		struct yuv *out[4];

		for (k = 0; k < 4; k++) {
			struct sampler *s = sampler_new(w, h,
			    (enum sampler_code)(SAMPLER_PLAIN + k));

			out[k] = yuv_new(w, h);
			sampler_draw(s, src, x, y, w * step, h * step, out[k]);
			sampler_free(s);
		}
		for (k = 1; k < 4; k++)
			bad += !same(out[0], out[k]);
		for (k = 0; k < 4; k++)
			yuv_free(out[k]);
		yuv_free(src);
	}
	ok(bad == 0, "plain, SSE4.1, AVX2 and AVX-512 give the same bytes");
}

static double
blob_x(const struct yuv *v, double *cy)
{
	double sum = 0, sx = 0, sy = 0, p;
	int x, y;

	for (y = 0; y < v->h; y++)
		for (x = 0; x < v->w; x++) {
			p = v->plane[0][(size_t)y * v->stride[0] + x] - 40.0;
			if (p < 3)
				continue;
			sum += p;
			sx += p * x;
			sy += p * y;
		}
	*cy = sy / sum;
	return sx / sum;
}

/* A bright blob under a slow zoom: each step is the one that was asked for. */
static void
test_smooth(void)
{
	struct sampler *s = sampler_new(W, H, SAMPLER_BEST);
	struct yuv *src = yuv_new(400, 226), *out = yuv_new(W, H);
	double last = 0, sum = 0, worst = 0, cy, bx = 290.4, by = 120.7;
	int x, y, n, back = 0, frames = 90;

	for (y = 0; y < src->h; y++)
		for (x = -YUV_PAD; x < src->stride[0] - YUV_PAD; x++)
			src->plane[0][y * src->stride[0] + x] = (uint8_t)
			    lrint(40 + 160 * exp(-((x - bx) * (x - bx) +
			    (y - by) * (y - by)) / 50));
	for (n = 0; n < frames; n++) {
		double zoom = 1 - 0.06 * n / frames, w = 400 * zoom;
		double want = (bx + 0.5) / zoom * W / 400 - 0.5, got;

		sampler_draw(s, src, 0, 0, w, 225 * zoom, out);
		got = blob_x(out, &cy);
		if (n) {
			static double before;
			double error = (got - last) - (want - before);

			before = want;
			if (n > 1) {
				sum += error * error;
				worst = fmax(worst, fabs(error));
				back += got < last;
			}
		}
		last = got;
	}
	sum = sqrt(sum / (frames - 2));
	ok(sum <= 0.02 && back == 0, "step error %.4f px rms, worst %.3f, "
	    "%d backward", sum, worst, back);
	yuv_free(src);
	yuv_free(out);
	sampler_free(s);
}

/* A red still must come out as BT.709 red: Y 63, Cb 102, Cr 240. */
static void
test_colour(void)
{
	struct picture p;
	struct yuv *v;
	int i, far = 0;

	picture_init(&p, 31, 17);
	for (i = 0; i < 31 * 17; i++)
		p.rgb[3 * i] = 255;
	v = yuv_from_picture(&p);
	for (i = 0; i < 16 * 9; i++)
		far += abs(v->plane[0][i % 16 + i / 16 * v->stride[0]] - 63) > 1
		    || abs(v->plane[1][i % 16 + i / 16 * v->stride[1]] - 102)
		    > 1 || abs(v->plane[2][i % 16 + i / 16 * v->stride[2]] -
		    240) > 1;
	ok(far == 0, "red is BT.709 red in limited range");
	yuv_free(v);
	for (i = 0; i < 31 * 17 * 3; i++)
		p.rgb[i] = 255;
	v = yuv_from_picture(&p);
	ok(v->plane[0][5] == 235 && v->plane[1][5] == 128 &&
	    v->plane[2][5] == 128, "white is 235 128 128");
	yuv_free(v);
	picture_release(&p);
}

static void
test_blend(void)
{
	struct yuv *a = yuv_new(32, 16), *b = yuv_new(32, 16);
	struct yuv *out = yuv_new(32, 16);

	memset(a->plane[0], 16, 32);
	memset(b->plane[0], 235, 32);
	yuv_blend(a, b, 0, out);
	ok(out->plane[0][3] == 16, "weight 0 is the first picture");
	yuv_blend(a, b, 32768, out);
	ok(out->plane[0][3] == 235, "weight 32768 is the second");
	yuv_blend(a, b, 16384, out);
	ok(out->plane[0][31] == 126, "half way is half way");
	yuv_free(a);
	yuv_free(b);
	yuv_free(out);
}

int
main(void)
{
	test_reference(SAMPLER_PLAIN);
	test_reference(SAMPLER_BEST);
	test_codes();
	test_smooth();
	test_colour();
	test_blend();
	return done_testing();
}
