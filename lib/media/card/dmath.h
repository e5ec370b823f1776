/*
 * Mathematics for drawing, the same on every machine: only IEEE operations
 * that are exact by the standard (+ - * / sqrt and conversions), so neither
 * the C library's version nor the compiler can change a pixel. The program
 * is built with -ffp-contract=off and without fast-math.
 *
 * d_ functions are doubles, good to about 1e-11, for places and tables. f_
 * functions are floats, good to about 1e-6, written so that a compiler can
 * run them several pixels at a time.
 */
#ifndef MEDIA_CARD_DMATH_H
#define MEDIA_CARD_DMATH_H

#include <math.h>
#include <stdint.h>
#include <string.h>

#define D_PI 3.14159265358979323846

static inline double
d_floor(double x)
{
	double t = (double)(int64_t)x;

	return t > x ? t - 1 : t;
}

/* Argument reduced to [-pi/4, pi/4] and a quadrant; |x| under 1e6. */
static inline double
d_sincos(double x, int want_cos)
{
	double k = d_floor(x * (2 / D_PI) + 0.5), r, r2, s, c;
	int64_t q = (int64_t)k + want_cos;

	r = (x - k * 1.57079632673412561417) - k * 6.07710050650619224932e-11;
	r2 = r * r;
	s = r + r * r2 * (-1.0 / 6 + r2 * (1.0 / 120 + r2 * (-1.0 / 5040 +
	    r2 * (1.0 / 362880 - r2 * (1.0 / 39916800)))));
	c = 1 + r2 * (-0.5 + r2 * (1.0 / 24 + r2 * (-1.0 / 720 + r2 *
	    (1.0 / 40320 + r2 * (-1.0 / 3628800 + r2 / 479001600)))));
	if (q & 1)
		s = c;
	return q & 2 ? -s : s;
}

static inline double
d_sin(double x)
{
	return d_sincos(x, 0);
}

static inline double
d_cos(double x)
{
	return d_sincos(x, 1);
}

static inline double
d_exp(double x)
{
	double k, r, p;
	uint64_t bits;

	if (x < -700)
		return 0;
	if (x > 700)
		x = 700;
	k = d_floor(x * 1.44269504088896340736 + 0.5);
	r = (x - k * 6.93147180369123816490e-01) -
	    k * 1.90821492927058770002e-10;
	p = 1 + r * (1 + r * (0.5 + r * (1.0 / 6 + r * (1.0 / 24 + r *
	    (1.0 / 120 + r * (1.0 / 720 + r * (1.0 / 5040 + r *
	    (1.0 / 40320 + r / 362880))))))));
	bits = (uint64_t)((int64_t)k + 1023) << 52;
	memcpy(&k, &bits, sizeof(k));
	return p * k;
}

/* Natural logarithm of x > 0 (normal numbers). */
static inline double
d_log(double x)
{
	uint64_t bits;
	int64_t e;
	double m, t, t2;

	memcpy(&bits, &x, sizeof(bits));
	e = (int64_t)(bits >> 52) - 1023;
	bits = (bits & 0xfffffffffffffULL) | 0x3ff0000000000000ULL;
	memcpy(&m, &bits, sizeof(m));
	if (m > 1.41421356237309504880) {
		m *= 0.5;
		e++;
	}
	t = (m - 1) / (m + 1);
	t2 = t * t;
	return (double)e * 0.69314718055994530942 + 2 * t * (1 + t2 *
	    (1.0 / 3 + t2 * (1.0 / 5 + t2 * (1.0 / 7 + t2 * (1.0 / 9 + t2 *
	    (1.0 / 11 + t2 * (1.0 / 13 + t2 / 15)))))));
}

/* x >= 0. */
static inline double
d_pow(double x, double y)
{
	return x <= 0 ? 0 : d_exp(y * d_log(x));
}

static inline double
d_cbrt(double x)
{
	return x < 0 ? -d_pow(-x, 1.0 / 3) : d_pow(x, 1.0 / 3);
}

/* Arc tangent of y/x in (-pi, pi]; 0 for 0, 0. */
static inline double
d_atan2(double y, double x)
{
	double ax = fabs(x), ay = fabs(y), t, t2, a;
	int swap = ay > ax, half;

	if (ax == 0 && ay == 0)
		return 0;
	t = swap ? ax / ay : ay / ax;
	half = t > 0.41421356237309504880;
	if (half)
		t = (t - 1) / (t + 1);
	t2 = t * t;
	a = t * (1 + t2 * (-1.0 / 3 + t2 * (1.0 / 5 + t2 * (-1.0 / 7 + t2 *
	    (1.0 / 9 + t2 * (-1.0 / 11 + t2 * (1.0 / 13 + t2 * (-1.0 / 15 +
	    t2 * (1.0 / 17 - t2 / 19)))))))));
	if (half)
		a += D_PI / 4;
	if (swap)
		a = D_PI / 2 - a;
	if (x < 0)
		a = D_PI - a;
	return y < 0 ? -a : a;
}

static inline float
f_floor(float x)
{
	float t = (float)(int32_t)x;

	return t - (float)(t > x);
}

/* e^x for x <= 80; 0 below -80. */
static inline float
f_exp(float x)
{
	float k, r, p;
	int32_t bits;

	x = x < -80.0f ? -80.0f : x;
	k = f_floor(x * 1.44269504f + 0.5f);
	r = (x - k * 0.693359375f) + k * 2.12194440e-4f;
	p = 1.0f + r * (1.0f + r * (0.5f + r * (1.0f / 6 + r * (1.0f / 24 +
	    r * (1.0f / 120 + r * (1.0f / 720))))));
	bits = ((int32_t)k + 127) * (1 << 23);
	memcpy(&k, &bits, sizeof(k));
	return p * k;
}

static inline float
f_clamp(float x, float lo, float hi)
{
	x = x < lo ? lo : x;
	return x > hi ? hi : x;
}

/* 0 below a, 1 above b, smooth between (cubic); a may be over b. */
static inline float
f_smooth(float a, float b, float x)
{
	float t = f_clamp((x - a) / (b - a), 0.0f, 1.0f);

	return t * t * (3.0f - 2.0f * t);
}

static inline float
f_lerp(float a, float b, float t)
{
	return a + (b - a) * t;
}

/* Hyperbolic tangent. */
static inline float
f_tanh(float x)
{
	float e;

	x = f_clamp(x, -9.0f, 9.0f);
	e = f_exp(2.0f * x);
	return (e - 1.0f) / (e + 1.0f);
}

#endif
