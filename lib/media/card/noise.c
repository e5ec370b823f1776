#include "media/card/dmath.h"
#include "media/card/noise.h"

/* cos and sin of 0, 22.5, ... degrees */
static const float gradient[16][2] = {
	{ 1.0f, 0.0f }, { 0.92387953f, 0.38268343f },
	{ 0.70710678f, 0.70710678f }, { 0.38268343f, 0.92387953f },
	{ 0.0f, 1.0f }, { -0.38268343f, 0.92387953f },
	{ -0.70710678f, 0.70710678f }, { -0.92387953f, 0.38268343f },
	{ -1.0f, 0.0f }, { -0.92387953f, -0.38268343f },
	{ -0.70710678f, -0.70710678f }, { -0.38268343f, -0.92387953f },
	{ 0.0f, -1.0f }, { 0.38268343f, -0.92387953f },
	{ 0.70710678f, -0.70710678f }, { 0.92387953f, -0.38268343f },
};

static float
fade(float t)
{
	return t * t * t * (t * (t * 6.0f - 15.0f) + 10.0f);
}

static const float *
gradient_at(int32_t x, int32_t y, uint32_t seed)
{
	return gradient[noise_hash((uint32_t)x, (uint32_t)y, seed) & 15];
}

float
noise2(uint32_t seed, float x, float y)
{
	float bx = f_floor(x), by = f_floor(y), u, v, a, b, c, d;
	int32_t ix = (int32_t)bx, iy = (int32_t)by;
	const float *g;

	x -= bx;
	y -= by;
	g = gradient_at(ix, iy, seed);
	a = g[0] * x + g[1] * y;
	g = gradient_at(ix + 1, iy, seed);
	b = g[0] * (x - 1.0f) + g[1] * y;
	g = gradient_at(ix, iy + 1, seed);
	c = g[0] * x + g[1] * (y - 1.0f);
	g = gradient_at(ix + 1, iy + 1, seed);
	d = g[0] * (x - 1.0f) + g[1] * (y - 1.0f);
	u = fade(x);
	v = fade(y);
	a += (b - a) * u;
	c += (d - c) * u;
	return a + (c - a) * v;
}

float
noise1(uint32_t seed, float x)
{
	return noise2(seed, x, 0.37f);
}

float
fbm2(uint32_t seed, float x, float y, int octaves, float gain)
{
	float sum = 0, amp = 1, total = 0;
	int i;

	for (i = 0; i < octaves; i++) {
		sum += amp * noise2(seed + 101u * (uint32_t)i, x, y);
		total += amp;
		amp *= gain;
		x *= NOISE_LACUNARITY;
		y *= NOISE_LACUNARITY;
	}
	return sum / total;
}

float
fbm1(uint32_t seed, float x, int octaves, float gain)
{
	return fbm2(seed, x, 0.37f, octaves, gain);
}

float
ridged2(uint32_t seed, float x, float y, int octaves, float gain)
{
	float sum = 0, amp = 1, total = 0, n;
	int i;

	for (i = 0; i < octaves; i++) {
		n = noise2(seed + 101u * (uint32_t)i, x, y);
		sum += amp * (1.0f - 2.0f * fabsf(n));
		total += amp;
		amp *= gain;
		x *= NOISE_LACUNARITY;
		y *= NOISE_LACUNARITY;
	}
	return sum / total;
}

/* One cell of a row: the blend over y is done once, so that a pixel costs a
 * fade and two multiply-adds. Corners a (x) and b (x - 1) as c0 + cx x. */
static void
cell(float *out, int n, float x, float dx, const float k[4])
{
	float f, u, a, b;
	int i;

	for (i = 0; i < n; i++) {
		f = x + dx * (float)i;
		u = f * f * f * (f * (f * 6.0f - 15.0f) + 10.0f);
		a = k[0] + k[1] * f;
		b = k[2] + k[3] * (f - 1.0f);
		out[i] = a + (b - a) * u;
	}
}

void
noise_row(float *out, int n, float x0, float dx, float y, uint32_t seed)
{
	float by = f_floor(y), v, k[4], x, bx;
	int32_t iy = (int32_t)by, ix;
	const float *g, *h;
	int i, m;

	y -= by;
	v = fade(y);
	for (i = 0; i < n; i += m) {
		x = x0 + dx * (float)i;
		bx = f_floor(x);
		ix = (int32_t)bx;
		m = (int)((bx + 1.0f - x) / dx) + 1;
		m = m > n - i ? n - i : m < 1 ? 1 : m;
		g = gradient_at(ix, iy, seed);
		h = gradient_at(ix, iy + 1, seed);
		k[0] = f_lerp(g[1] * y, h[1] * (y - 1.0f), v);
		k[1] = f_lerp(g[0], h[0], v);
		g = gradient_at(ix + 1, iy, seed);
		h = gradient_at(ix + 1, iy + 1, seed);
		k[2] = f_lerp(g[1] * y, h[1] * (y - 1.0f), v);
		k[3] = f_lerp(g[0], h[0], v);
		cell(out + i, m, x - bx, dx, k);
	}
}

static void
octaves_row(float *out, int n, float x0, float dx, float y, uint32_t seed,
	int octaves, float gain, int ridged)
{
	float part[256], amp, total, x, step, yy;
	int i, j, k, m;

	for (k = 0; k < n; k += m) {
		m = n - k < 256 ? n - k : 256;
		amp = 1;
		total = 0;
		x = x0 + dx * (float)k;
		step = dx;
		yy = y;
		for (i = 0; i < m; i++)
			out[k + i] = 0;
		for (j = 0; j < octaves; j++) {
			noise_row(part, m, x, step, yy,
			    seed + 101u * (uint32_t)j);
			for (i = 0; i < m; i++)
				out[k + i] += amp * (ridged ? 1.0f - 2.0f *
				    fabsf(part[i]) : part[i]);
			total += amp;
			amp *= gain;
			x *= NOISE_LACUNARITY;
			step *= NOISE_LACUNARITY;
			yy *= NOISE_LACUNARITY;
		}
		for (i = 0; i < m; i++)
			out[k + i] /= total;
	}
}

void
fbm_row(float *out, int n, float x0, float dx, float y, uint32_t seed,
	int octaves, float gain)
{
	octaves_row(out, n, x0, dx, y, seed, octaves, gain, 0);
}

void
ridged_row(float *out, int n, float x0, float dx, float y, uint32_t seed,
	int octaves, float gain)
{
	octaves_row(out, n, x0, dx, y, seed, octaves, gain, 1);
}
