/*
 * Halftone: a globe over hills, printed in three inks on paper by screens of
 * round dots at 75, 45 and 0 degrees.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "media/card/dmath.h"
#include "media/card/families.h"
#include "media/card/noise.h"

#define SCREENS 3
#define PITCH 0.0205f /* of the height; finer moires in video */
#define FULL 1.13f    /* dot radius over sqrt(tone / pi) */

enum area { AREA_SKY, AREA_GLOBE, AREA_FAR, AREA_MIDDLE, AREA_NEAR, AREAS };

struct scape {
	const struct canvas *c;
	const struct scene_params *p;
	float bx, by, br;  /* the globe */
	float hill[3];     /* of the height */
	uint32_t seed;
};

struct screen {
	struct rgb ink;
	float cs, sn;      /* its angle */
	float pitch;
	int w, h, x0, y0;  /* cells */
	float *radius[AREAS]; /* of each cell's dot, in pixels */
};

static float
hill_at(const struct scape *s, int i, float x)
{
	float h = (float)s->c->h, n;

	n = noise1(s->seed + (uint32_t)i, x / h * (0.9f + 0.5f * (float)i));
	return h * (s->hill[i] - (0.05f - 0.006f * (float)i) * n -
	    0.006f * noise1(s->seed + 9, x / h * 9));
}

/* Light on the globe, 0..1, from the upper left, with bands of cloud. */
static float
globe_light(const struct scape *s, float x, float y)
{
	float nx = (x - s->bx) / s->br, ny = (y - s->by) / s->br, nz, l, band;

	nz = sqrtf(f_clamp(1.0f - nx * nx - ny * ny, 0, 1));
	l = (s->p->mirror ? 0.52f : -0.52f) * nx - 0.56f * ny + 0.645f * nz;
	band = fbm2(s->seed + 20, nx * 0.8f, ny * 3.4f + 0.5f * nx, 4, 0.5f);
	return f_clamp(l + 0.34f * band, 0, 1);
}

/* What is printed at a place; each has edges of its own that cut its dots. */
static int
area_at(const struct scape *s, float x, float y, const float hill[3])
{
	float dx = x - s->bx, dy = y - s->by;

	if (y > hill[2])
		return AREA_NEAR;
	if (y > hill[1])
		return AREA_MIDDLE;
	if (y > hill[0])
		return AREA_FAR;
	return dx * dx + dy * dy < s->br * s->br ? AREA_GLOBE : AREA_SKY;
}

/* The halo: none where words stand. */
static float
sky_tone(const struct scape *s, float x, float y)
{
	float dx = x - s->bx, dy = y - s->by, h = (float)s->c->h, k, side;

	k = sqrtf(dx * dx + dy * dy) - s->br;
	k = f_exp(-(k < 0 ? 0 : k) / (0.36f * h)) * 0.66f;
	side = x / (float)s->c->w;
	side = s->p->mirror ? 1 - side : side;
	k *= s->p->portrait ? f_smooth(0.38f, 0.56f, y / h) :
	    f_smooth(0.22f, 0.62f, side);
	k *= f_clamp(1.0f - 1.3f * text_calm(s->c, s->p, x, y), 0, 1);
	return k < 0.02f ? 0 : k;
}

/* Tone 0..1 of the colour (0), the shade (1) and the dark (2) that an area
 * has at a place. */
static float
tone_at(const struct scape *s, int ink, int area, float x, float y)
{
	static const float flat[3][SCREENS] = { { 0.40f, 0.12f, 0.09f },
		{ 0.30f, 0.30f, 0.42f }, { 0.10f, 0.35f, 0.80f } };
	float l, t;

	if (area == AREA_SKY)
		return ink == 0 ? sky_tone(s, x, y) : 0;
	if (area != AREA_GLOBE)
		return flat[area - AREA_FAR][ink];
	l = globe_light(s, x, y);
	t = f_smooth(0.66f, 0.05f, l);
	if (ink == 0)
		return 0.54f + 0.34f * f_smooth(0.2f, 0.8f, l) - 0.1f * t;
	return ink == 2 ? 0.90f * t * t : 0.55f * t;
}

/* The dots of one screen: a square grid turned about the canvas's corner. */
static void
make_screen(struct screen *g, const struct scape *s, int ink, double angle)
{
	float w = (float)s->c->w, h = (float)s->c->h, u, v, x, y, t;
	float lo_u, hi_u, lo_v, hi_v;
	int i, j, k;

	g->cs = (float)d_cos(angle);
	g->sn = (float)d_sin(angle);
	g->pitch = PITCH * (s->p->portrait ? w * 1.05f : h);
	lo_u = 0;
	hi_u = w * g->cs + h * g->sn;
	lo_v = -w * g->sn;
	hi_v = h * g->cs;
	g->x0 = (int)f_floor(lo_u / g->pitch) - 2;
	g->y0 = (int)f_floor(lo_v / g->pitch) - 2;
	g->w = (int)(hi_u / g->pitch) + 3 - g->x0;
	g->h = (int)(hi_v / g->pitch) + 3 - g->y0;
	for (k = 0; k < AREAS; k++)
		g->radius[k] = xmalloc((size_t)g->w * (size_t)g->h *
		    sizeof(float));
	for (j = 0; j < g->h; j++)
		for (i = 0; i < g->w; i++) {
			u = ((float)(i + g->x0) + 0.5f) * g->pitch;
			v = ((float)(j + g->y0) + 0.5f) * g->pitch;
			x = u * g->cs - v * g->sn;
			y = u * g->sn + v * g->cs;
			for (k = 0; k < AREAS; k++) {
				t = tone_at(s, ink, k, x, y) / (float)D_PI;
				g->radius[k][j * g->w + i] = FULL * g->pitch *
				    sqrtf(t);
			}
		}
}

/* Coverage of a pixel by the four dots about it. */
static float
cover(const struct screen *g, int area, float x, float y)
{
	float u = (x * g->cs + y * g->sn) / g->pitch - (float)g->x0;
	float v = (y * g->cs - x * g->sn) / g->pitch - (float)g->y0;
	float a = 0, r, du, dv, k;
	int i = (int)(u - 0.5f), j = (int)(v - 0.5f), di, dj;

	for (dj = 0; dj < 2; dj++)
		for (di = 0; di < 2; di++) {
			r = g->radius[area][(j + dj) * g->w + i + di];
			if (r < 0.3f)
				continue;
			du = u - (float)(i + di) - 0.5f;
			dv = v - (float)(j + dj) - 0.5f;
			k = r + 0.5f - sqrtf(du * du + dv * dv) * g->pitch;
			a = k > a ? k : a;
		}
	return a > 1 ? 1 : a;
}

static void
print_screen(struct canvas *c, const struct screen *g, const uint8_t *area)
{
	float *a = xmalloc((size_t)c->w * sizeof(*a));
	int x, y;

	for (y = 0; y < c->h; y++, area += c->w) {
		for (x = 0; x < c->w; x++)
			a[x] = cover(g, area[x], (float)x + 0.5f,
			    (float)y + 0.5f);
		canvas_row(c, 0, y, c->w, a, g->ink, BLEND_MULTIPLY);
	}
	free(a);
}

static uint8_t *
map_areas(const struct canvas *c, const struct scape *s)
{
	uint8_t *area = xmalloc((size_t)c->w * (size_t)c->h);
	float hill[3];
	int x, y, i;

	for (x = 0; x < c->w; x++) {
		for (i = 0; i < 3; i++)
			hill[i] = hill_at(s, i, (float)x);
		for (y = 0; y < c->h; y++)
			area[(size_t)y * (size_t)c->w + (size_t)x] =
			    (uint8_t)area_at(s, (float)x + 0.5f,
			    (float)y + 0.5f, hill);
	}
	return area;
}

void
draw_halftone(struct canvas *c, const struct scene_params *p)
{
	static const double angle[SCREENS] = { 75, 0, 45 };
	const struct palette *q = &p->pal;
	struct screen g;
	struct scape s;
	struct rgb ink[SCREENS];
	float h = (float)c->h;
	uint8_t *area;
	int i, k;

	s.c = c;
	s.p = p;
	s.seed = noise_seed(p, 130);
	s.bx = p->fx * (float)c->w;
	s.by = p->portrait ? p->fy - 0.01f : p->fy + 0.01f;
	s.br = 0.315f * p->shrink;
	clear_of_text(p, 0.86f, &s.by, &s.br);
	s.by *= h;
	s.br *= h;
	s.hill[0] = 0.725f + (p->portrait ? 0.03f : 0);
	s.hill[1] = 0.81f;
	s.hill[2] = 0.895f;
	ink[0] = q->accent;
	ink[1] = rgb_mix(q->accent2, q->mid, 0.15);
	ink[2] = rgb_mix(q->deep, rgb_hex(0), 0.15);
	canvas_fill(c, q->light);
	area = map_areas(c, &s);
	for (i = 0; i < SCREENS; i++) {
		make_screen(&g, &s, i, angle[i] * D_PI / 180);
		g.ink = ink[i];
		print_screen(c, &g, area);
		for (k = 0; k < AREAS; k++)
			free(g.radius[k]);
	}
	free(area);
	canvas_texture(c, noise_seed(p, 131), 0.020f);
}
