#include <stdlib.h>

#include "base/mem.h"
#include "media/card/dmath.h"
#include "media/card/noise.h"
#include "media/card/sky.h"

#define SKY_CONTRAST 6.4

/* Move c toward to until ink reads on it. */
static struct rgb
until_reads(struct rgb c, struct rgb to, struct rgb ink)
{
	struct rgb o = c;
	int i;

	for (i = 0; i <= 20; i++) {
		o = rgb_mix(c, to, 0.05 * i);
		if (rgb_contrast(o, ink) >= SKY_CONTRAST)
			break;
	}
	return o;
}

/* Stops: the top, where words end, between, the horizon. */
static void
night_stops(const struct palette *p, struct rgb stop[4])
{
	stop[0] = rgb_mix(p->deep, rgb_hex(0), 0.18);
	stop[1] = rgb_mix(p->deep, p->mid, 0.30);
	stop[2] = rgb_mix(p->deep, p->mid, 0.50);
	stop[3] = rgb_mix(p->deep, p->mid, 0.72);
}

static void
warm_stops(const struct palette *p, enum card_time time, struct rgb stop[4])
{
	double warm = time == CARD_DAY ? 0.35 : time == CARD_DAWN ? 0.55 : 0.7;
	struct rgb glow = rgb_mix(p->accent, p->light, 0.30);

	stop[0] = time == CARD_DUSK ? rgb_mix(p->mid, p->deep, 0.12) :
	    rgb_mix(p->mid, p->accent2, 0.18);
	stop[1] = rgb_mix(stop[0], rgb_mix(glow, p->light, 0.25), warm * 0.62);
	stop[3] = rgb_mix(glow, p->light, 0.45 - 0.45 * warm);
	stop[2] = rgb_mix(stop[1], stop[3], 0.6);
}

void
sky_make(struct sky *s, const struct scene_params *p, float horizon)
{
	const struct palette *pal = &p->pal;
	struct rgb stop[4], light = palette_ink_light(pal);
	struct rgb dark = palette_ink_dark(pal);
	float at[4] = { 0, 0.52f, 0.78f, 1 };
	float words = (p->text.y + p->text.h + 0.015f) / horizon;

	if (p->time == CARD_NIGHT) {
		night_stops(pal, stop);
		s->dark = 1;
	} else {
		warm_stops(pal, p->time, stop);
		s->dark = rgb_luminance(stop[0]) < 0.16;
		if (s->dark) {
			stop[0] = until_reads(stop[0], pal->deep, light);
			stop[1] = rgb_mix(stop[0], stop[3], 0.34);
			stop[1] = until_reads(stop[1], pal->deep, light);
			stop[2] = rgb_mix(stop[1], stop[3], 0.48);
			/* Night-dark as far down as the words go. */
			at[1] = f_clamp(words, 0.50f, 0.86f);
			at[2] = at[1] + 0.52f * (1 - at[1]);
		} else {
			stop[0] = until_reads(stop[0], pal->light, dark);
			stop[1] = until_reads(stop[1], pal->light, dark);
		}
	}
	ramp_init(&s->ramp, stop, at, 4);
	s->haze = p->time == CARD_NIGHT ? rgb_mix(pal->mid, pal->light, 0.10) :
	    rgb_mix(stop[3], s->dark ? pal->mid : pal->light, 0.30);
	s->sun = rgb_mix(pal->light, rgb_hex(0xffffff), 0.30);
	s->glow = p->time == CARD_NIGHT ? pal->mid :
	    rgb_mix(pal->accent, pal->light, s->dark ? 0.15 : 0.10);
	s->cloud = s->dark ? rgb_mix(stop[3], stop[1], 0.35) :
	    rgb_mix(stop[3], pal->light, 0.60);
}

/* Long thin clouds: stretched fBm above a soft threshold. */
static void
clouds(struct canvas *c, const struct sky *s, const struct scene_params *p,
	float horizon)
{
	struct field f;
	float k, y;
	int i, j;

	field_init(&f, 0, 0, c->w, (int)horizon + 1, 3);
	field_fbm(&f, c, noise_seed(p, 11), 1.1f, 7.5f, 5, 0.5f);
	for (j = 0; j < f.h; j++) {
		y = (float)(j * f.step) / horizon;
		k = f_smooth(1.0f, 0.72f, y);
		for (i = 0; i < f.w; i++)
			f.v[j * f.w + i] = k * f_smooth(0.05f, 0.42f,
			    f.v[j * f.w + i]) * (1 - 0.6f * text_weight(c, p,
			    (float)(i * f.step), (float)(j * f.step)));
	}
	canvas_field(c, &f, s->cloud, s->dark ? 0.30f : 0.42f, BLEND_OVER);
	field_release(&f);
}

/* The faint unevenness of air: +-3 % of light, very large. */
static void
air(struct canvas *c, const struct scene_params *p, float horizon)
{
	struct field f;
	float *a = xmalloc((size_t)c->w * sizeof(*a));
	size_t o;
	int x, y, rows = (int)horizon + 1;

	field_init(&f, 0, 0, c->w, rows, 8);
	field_fbm(&f, c, noise_seed(p, 12), 1.3f, 2.2f, 3, 0.5f);
	for (y = 0; y < rows && y < c->h; y++) {
		field_row(&f, 0, y, c->w, a);
		o = (size_t)y * (size_t)c->w;
		for (x = 0; x < c->w; x++, o++) {
			float k = 1.0f + 0.06f * a[x];

			c->r[o] *= k;
			c->g[o] *= k;
			c->b[o] *= k;
		}
	}
	field_release(&f);
	free(a);
}

void
sky_paint(struct canvas *c, const struct sky *s,
	const struct scene_params *p, float horizon, const struct sun *sun)
{
	int night = p->time == CARD_NIGHT;

	canvas_vertical(c, &s->ramp, 0, horizon);
	air(c, p, horizon);
	if (night)
		sky_stars(c, p, s->sun, 190, horizon);
	if (sun->r > 0 && !s->dark) {
		canvas_halo(c, sun->x, sun->y, sun->r, 1.9f * sun->r, s->glow,
		    0.78f);
		canvas_glow(c, sun->x, sun->y, sun->r, 2.6f * sun->r, s->glow,
		    0.16f);
	} else if (sun->r > 0) {
		/* Under words the light keeps closer to its source. */
		int under = p->portrait || p->title;

		canvas_glow(c, sun->x, sun->y, sun->r, (under ? 0.7f : 2.6f) *
		    sun->r, s->glow, under ? 0.34f : night ? 0.45f : 0.62f);
	}
	clouds(c, s, p, horizon);
	if (sun->r > 0) {
		canvas_glow(c, sun->x, sun->y, sun->r, 0.16f * sun->r, s->sun,
		    s->dark ? 0.30f : 0.14f);
		canvas_disc(c, sun->x, sun->y, sun->r, s->sun, 1);
	}
}

/* Four thin rays from a bright star. */
static void
spikes(struct canvas *c, float x, float y, float len, struct rgb colour,
	float opacity)
{
	int n = (int)(2 * len) + 1, i, j;
	float *a = xmalloc((size_t)(n + 3) * sizeof(*a)), d, across;

	for (j = -1; j <= 1; j++) {
		across = f_clamp(1.0f - fabsf((float)j + 0.5f -
		    (y - f_floor(y))) / c->u, 0, 1);
		for (i = 0; i < n; i++) {
			d = fabsf((float)i - len) / len;
			a[i] = opacity * across * (1 - d) * (1 - d);
		}
		canvas_row(c, (int)(x - len), (int)y + j, n, a, colour,
		    BLEND_SCREEN);
	}
	for (j = 0; j < n; j++) {
		d = fabsf((float)j - len) / len;
		for (i = 0; i < 3; i++)
			a[i] = opacity * (1 - d) * (1 - d) *
			    f_clamp(1.0f - fabsf((float)i - 0.5f -
			    (x - f_floor(x))) / c->u, 0, 1);
		canvas_row(c, (int)x - 1, (int)(y - len) + j, 3, a, colour,
		    BLEND_SCREEN);
	}
	free(a);
}

void
sky_stars(struct canvas *c, const struct scene_params *p, struct rgb colour,
	int nr, float bottom)
{
	struct rng r;
	float x, y, b, k;
	int i;

	rng_seed(&r, p->seed, 0x73746172);
	for (i = 0; i < nr; i++) {
		x = (float)rng_unit(&r) * (float)c->w;
		y = (float)rng_unit(&r) * bottom;
		b = (float)rng_unit(&r);
		b = 0.12f + 0.88f * b * b * b * b * b;
		k = 1.0f - 0.92f * text_weight(c, p, x, y);
		k *= f_smooth(1.0f, 0.6f, y / bottom);
		canvas_disc(c, x, y, (0.5f + 0.9f * b) * c->u, colour,
		    k * (0.30f + 0.70f * b));
		if (b > 0.45f)
			canvas_glow(c, x, y, 0, 3.0f * c->u, colour,
			    0.30f * k * b);
		if (b > 0.72f)
			spikes(c, x, y, 13 * c->u * b, colour, 0.75f * k);
	}
}
