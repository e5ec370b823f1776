#include <string.h>

#include "media/card/dmath.h"
#include "media/card/families.h"

const struct family families[] = {
	{ "ridges", draw_ridges, 0, 0, 0 },
	{ "sea", draw_sea, 0, 0, 0 },
	{ "papercut", draw_papercut, 0.42f, 0.30f, 0.115f },
	{ "contours", draw_contours, 0.42f, 0.37f, 0 },
	{ "orbits", draw_orbits, 0.42f, 0.37f, 0 },
	{ "ribbons", draw_ribbons, 0, 0, 0 },
	{ "nebula", draw_nebula, 0.35f, 0, 0 },
	{ "signal", draw_signal, 0, 0.36f, 0 },
	{ "city", draw_city, 0, 0, 0 },
	{ "stained", draw_stained, 0.3f, 0.35f, 0 },
	{ "swiss", draw_swiss, 0.3f, 0.33f, 0.125f },
	{ "crowd", draw_crowd, 0, 0.38f, 0.115f },
	{ "halftone", draw_halftone, 0.2f, 0.37f, 0 },
	{ NULL, NULL, 0, 0, 0 }
};

const struct family *
family_find(const char *name)
{
	const struct family *f;

	for (f = families; f->name; f++)
		if (name && !strcmp(f->name, name))
			return f;
	return NULL;
}

uint32_t
noise_seed(const struct scene_params *p, unsigned purpose)
{
	struct rng r;

	rng_seed(&r, p->seed, 0x6e000000u + purpose);
	return (uint32_t)rng_next(&r);
}

/* Distance outside an interval, in units of soft. */
static float
outside(float v, float lo, float hi, float soft)
{
	float d = v < lo ? lo - v : v > hi ? v - hi : 0;

	return d / soft;
}

float
text_weight(const struct canvas *c, const struct scene_params *p, float x,
	float y)
{
	float h = (float)c->h, w = (float)c->w, dx, dy, d;

	if (p->text.w <= 0)
		return 0;
	dx = outside(x, p->text.x * w, (p->text.x + p->text.w) * w, 0.12f * h);
	dy = outside(y, p->text.y * h, (p->text.y + p->text.h) * h, 0.12f * h);
	d = sqrtf(dx * dx + dy * dy);
	return 1.0f - f_smooth(0, 1, d);
}

float
text_calm(const struct canvas *c, const struct scene_params *p, float x,
	float y)
{
	const struct box *t = &p->text;
	float dx, dy, d;

	if (t->w <= 0)
		return 0;
	dx = (x / (float)c->w - t->x - 0.5f * t->w) / (0.86f * t->w);
	dy = (y / (float)c->h - t->y - 0.46f * t->h) / (0.86f * t->h);
	d = dx * dx + dy * dy;
	return f_exp(-d * d * 1.3f);
}

#define CLEARANCE 0.035f /* of the height, between words and a subject */

void
clear_of_text(const struct scene_params *p, float bottom, float *y,
	float *radius)
{
	float low = p->text.y + p->text.h + CLEARANCE, least = 0.62f * *radius;

	if (p->text.w <= 0 || (!p->portrait && !p->title) ||
	    *y - *radius >= low)
		return;
	*y = low + *radius;
	if (*y + *radius <= bottom)
		return;
	*radius = 0.5f * (bottom - low);
	*radius = *radius < least ? least : *radius;
	*y = bottom - *radius;
}

void
text_weight_row(const struct canvas *c, const struct scene_params *p, int y,
	int n, float *out)
{
	int i;

	for (i = 0; i < n; i++)
		out[i] = text_weight(c, p, (float)i, (float)y);
}
