#include <string.h>

#include "media/card/dmath.h"
#include "media/card/palette.h"

static const char *const tones[PALETTES / 2] = { "curious", "serious",
	"playful", "calm", "dramatic", "technical" };

const uint32_t palette_table[PALETTES][5] = {
	/* deep      mid       light     accent    accent2 */
	{ 0x0e2a3b, 0x1f6f78, 0xf6e7cb, 0xff7a59, 0xf2b84b },
	{ 0x22163f, 0x5a4fcf, 0xfff4e4, 0xff9f6e, 0x7fd1e0 },
	{ 0x14181f, 0x39485a, 0xe9e4da, 0xc8553d, 0x9fb1bd },
	{ 0x1b201c, 0x4b5a47, 0xefebdd, 0xd9a441, 0xa9b79b },
	{ 0x2b1b4d, 0xe4467c, 0xfff1dc, 0xffc23c, 0x18b7a6 },
	{ 0x0f3057, 0x00a0b0, 0xfff6e0, 0xff6b4a, 0xffd23f },
	{ 0x1f3a4d, 0x6f9aa8, 0xf8ebdc, 0xf2a97e, 0xb8cfc8 },
	{ 0x2e2a4a, 0x8a7fa8, 0xfbefe6, 0xf4b6a6, 0xc9c4de },
	{ 0x16070f, 0x6a1636, 0xffe3c2, 0xff5a36, 0xf7a541 },
	{ 0x060b1e, 0x22357a, 0xf4ebdd, 0xffb13b, 0xe2445c },
	{ 0x07131f, 0x12466b, 0xe6f4f1, 0x35e0c2, 0x5aa9ff },
	{ 0x10141a, 0x2b3a55, 0xf2f5f7, 0xff6a3d, 0x7fb4ff },
};

struct lab {
	double l, a, b;
};

static double
linear(double v)
{
	return v <= 0.04045 ? v / 12.92 : d_pow((v + 0.055) / 1.055, 2.4);
}

static double
encoded(double v)
{
	if (v <= 0)
		return 0;
	if (v >= 1)
		return 1;
	return v <= 0.0031308 ? v * 12.92 :
	    1.055 * d_pow(v, 1 / 2.4) - 0.055;
}

static struct lab
to_lab(struct rgb c)
{
	double r = linear(c.r), g = linear(c.g), b = linear(c.b);
	double l = d_cbrt(0.4122214708 * r + 0.5363325363 * g +
	    0.0514459929 * b);
	double m = d_cbrt(0.2119034982 * r + 0.6806995451 * g +
	    0.1073969566 * b);
	double s = d_cbrt(0.0883024619 * r + 0.2817188376 * g +
	    0.6299787005 * b);
	struct lab o;

	o.l = 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s;
	o.a = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s;
	o.b = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s;
	return o;
}

static struct rgb
from_lab(struct lab c)
{
	double l = c.l + 0.3963377774 * c.a + 0.2158037573 * c.b;
	double m = c.l - 0.1055613458 * c.a - 0.0638541728 * c.b;
	double s = c.l - 0.0894841775 * c.a - 1.2914855480 * c.b;
	struct rgb o;

	l = l * l * l;
	m = m * m * m;
	s = s * s * s;
	o.r = (float)encoded(4.0767416621 * l - 3.3077115913 * m +
	    0.2309699292 * s);
	o.g = (float)encoded(-1.2684380046 * l + 2.6097574011 * m -
	    0.3413193965 * s);
	o.b = (float)encoded(-0.0041960863 * l - 0.7034186147 * m +
	    1.7076147010 * s);
	return o;
}

static struct lab
lab_mix(struct lab a, struct lab b, double t)
{
	a.l += (b.l - a.l) * t;
	a.a += (b.a - a.a) * t;
	a.b += (b.b - a.b) * t;
	return a;
}

struct rgb
rgb_hex(uint32_t hex)
{
	struct rgb c = { (float)(hex >> 16 & 255) / 255.0f,
		(float)(hex >> 8 & 255) / 255.0f, (float)(hex & 255) / 255.0f };

	return c;
}

struct rgb
rgb_mix(struct rgb a, struct rgb b, double t)
{
	return from_lab(lab_mix(to_lab(a), to_lab(b), t));
}

struct rgb
rgb_lerp(struct rgb a, struct rgb b, float t)
{
	a.r += (b.r - a.r) * t;
	a.g += (b.g - a.g) * t;
	a.b += (b.b - a.b) * t;
	return a;
}

struct rgb
rgb_scale(struct rgb a, float k)
{
	a.r *= k;
	a.g *= k;
	a.b *= k;
	return a;
}

double
rgb_luminance(struct rgb c)
{
	return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) +
	    0.0722 * linear(c.b);
}

double
rgb_contrast(struct rgb a, struct rgb b)
{
	double x = rgb_luminance(a) + 0.05, y = rgb_luminance(b) + 0.05;

	return x > y ? x / y : y / x;
}

void
palette_get(struct palette *p, const char *tone, int which)
{
	const uint32_t *c;
	int i, found = 0;

	for (i = 0; tone && i < PALETTES / 2; i++)
		if (!strcmp(tone, tones[i]))
			found = i;
	c = palette_table[found * 2 + !!which];
	p->tone = tones[found];
	p->deep = rgb_hex(c[0]);
	p->mid = rgb_hex(c[1]);
	p->light = rgb_hex(c[2]);
	p->accent = rgb_hex(c[3]);
	p->accent2 = rgb_hex(c[4]);
}

struct rgb
palette_ink_light(const struct palette *p)
{
	return rgb_mix(p->light, rgb_hex(0xffffff), 0.35);
}

struct rgb
palette_ink_dark(const struct palette *p)
{
	return rgb_mix(p->deep, rgb_hex(0), 0.25);
}

struct rgb
palette_dark_mid(const struct palette *p)
{
	struct rgb ink = palette_ink_light(p), c = p->mid;
	int i;

	for (i = 1; i <= 20 && rgb_contrast(c, ink) < 6; i++)
		c = rgb_mix(p->mid, p->deep, 0.05 * i);
	return c;
}

void
ramp_init(struct ramp *r, const struct rgb *stop, const float *pos, int n)
{
	struct lab lab[16] = { { 0 } };
	double at[16] = { 0 }, t, span;
	int i, k;

	n = n > 16 ? 16 : n;
	for (i = 0; i < n; i++) {
		lab[i] = to_lab(stop[i]);
		at[i] = pos ? pos[i] : (double)i / (n - 1);
	}
	for (i = 0, k = 0; i < RAMP_SIZE; i++) {
		t = (double)i / (RAMP_SIZE - 1);
		while (k < n - 2 && t > at[k + 1])
			k++;
		span = at[k + 1] - at[k];
		t = span > 0 ? (t - at[k]) / span : 1;
		t = t < 0 ? 0 : t > 1 ? 1 : t;
		r->at[i] = from_lab(lab_mix(lab[k], lab[k + 1], t));
	}
}
