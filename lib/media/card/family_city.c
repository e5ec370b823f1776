/*
 * City: blocks in true isometric view, higher towards the focus, fading into
 * fog where the words stand; at night with lit windows.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "media/card/dmath.h"
#include "media/card/families.h"
#include "media/card/noise.h"

#define CELL 0.062f       /* of the height: a block's side on the screen */
#define COS30 0.8660254f
#define STREET 5          /* each so many rows and columns */
#define GAP 0.07f         /* of a cell, between a block and its lot */
#define FLOOR 0.0150f     /* of the height */
#define FLOORS_MAX 24
#define PANES 4           /* windows a floor on each wall */

struct city {
	struct canvas *c;
	const struct scene_params *p;
	struct ramp ground;
	float cell, fx, fy; /* focus in pixels */
	int night;
	struct rgb tint[4]; /* of walls */
	struct rgb pane[3];
	uint32_t seed;
};

struct block {
	float x, y;       /* of its near foot's corner, in pixels */
	float s, high;    /* side and height in pixels */
	float fog;        /* 0 clear, 1 gone */
	struct rgb wall;
	int accent;
	uint32_t id;
};

static struct rgb
ground_at(const struct city *t, float y)
{
	return ramp_at(&t->ground, y / (float)t->c->h);
}

/* Fog on the words' side and towards the top. */
static float
fog_at(const struct city *t, float x, float y)
{
	const struct scene_params *p = t->p;
	float h = (float)t->c->h, w = (float)t->c->w, far, side, word;

	far = f_smooth(0.42f, p->portrait ? 0.10f : 0.0f, y / h);
	side = p->mirror ? 1.0f - x / w : x / w;
	side = p->portrait ? 0 : f_smooth(0.62f, 0.10f, side) *
	    f_smooth(1.05f, 0.62f, y / h);
	word = text_weight(t->c, p, x, y) * (t->night ? 0.93f : 0.86f);
	far = far > side * 0.92f ? far : side * 0.92f;
	return far > word ? far : word;
}

/* A wall or a roof: four corners, one colour above, another below. */
static void
face(const struct city *t, const float q[8], struct rgb top, struct rgb foot,
	float fog)
{
	struct canvas *c = t->c;
	struct rgb k;
	struct mask m;
	cairo_t *cr;
	float *a, lo = q[1], hi = q[1], left = q[0], right = q[0], v;
	int i, x, y;

	for (i = 2; i < 8; i += 2) {
		left = q[i] < left ? q[i] : left;
		right = q[i] > right ? q[i] : right;
		lo = q[i + 1] < lo ? q[i + 1] : lo;
		hi = q[i + 1] > hi ? q[i + 1] : hi;
	}
	if (right < 0 || left > (float)c->w || hi < 0 || lo > (float)c->h)
		return;
	cr = mask_begin(&m, (int)f_floor(left) - 1, (int)f_floor(lo) - 1,
	    (int)(right - left) + 4, (int)(hi - lo) + 4);
	cairo_move_to(cr, q[0], q[1]);
	for (i = 2; i < 8; i += 2)
		cairo_line_to(cr, q[i], q[i + 1]);
	cairo_close_path(cr);
	cairo_fill(cr);
	mask_end(&m, cr);
	a = xmalloc((size_t)m.w * sizeof(*a) + 1);
	for (y = 0; y < m.h; y++) {
		v = f_clamp(((float)(m.y + y) - lo) / (hi - lo + 1), 0, 1);
		k = rgb_lerp(top, foot, v * v);
		k = rgb_lerp(k, ground_at(t, (float)(m.y + y)), fog);
		for (x = 0; x < m.w; x++)
			a[x] = (float)m.a[y * m.stride + x] / 255.0f;
		canvas_row(c, m.x, m.y + y, m.w, a, k, BLEND_OVER);
	}
	free(a);
	mask_release(&m);
}

/* The windows of one wall; side -1 the left one, 1 the right one. */
static void
windows(const struct city *t, const struct block *b, int side)
{
	float dx = (float)side * b->s * COS30, dy = -b->s * 0.5f, fl, u0, u1;
	float step = FLOOR * (float)t->c->h, v0, v1, h = (float)t->c->h;
	int n = (int)((b->high - 0.5f * step) / step), i, j, k;
	struct mask m[3];
	cairo_t *cr[3];
	uint32_t r;

	n = n > FLOORS_MAX ? FLOORS_MAX : n;
	if (n < 1 || b->fog > 0.97f || b->y - b->high - b->s > h)
		return;
	for (k = 0; k < 3; k++)
		cr[k] = mask_begin(&m[k], (int)f_floor(side < 0 ? b->x + dx :
		    b->x) - 1, (int)f_floor(b->y - b->high + dy) - 1,
		    (int)fabsf(dx) + 4, (int)(b->high - dy) + 4);
	for (i = 0; i < n; i++)
		for (j = 0; j < PANES; j++) {
			r = noise_hash((uint32_t)(i * PANES + j), b->id,
			    t->seed + (uint32_t)side);
			if ((r & 255) > (t->night ? 82 : 150))
				continue;
			k = (r >> 8 & 255) < 150 ? 0 : (r >> 8 & 255) < 210 ?
			    1 : 2;
			u0 = 0.13f + 0.20f * (float)j;
			u1 = u0 + 0.125f;
			fl = b->y - b->high + step * ((float)i + 0.72f);
			v0 = fl;
			v1 = fl + 0.52f * step;
			cairo_move_to(cr[k], b->x + dx * u0, v0 + dy * u0);
			cairo_line_to(cr[k], b->x + dx * u1, v0 + dy * u1);
			cairo_line_to(cr[k], b->x + dx * u1, v1 + dy * u1);
			cairo_line_to(cr[k], b->x + dx * u0, v1 + dy * u0);
			cairo_close_path(cr[k]);
		}
	for (k = 0; k < 3; k++) {
		cairo_fill(cr[k]);
		mask_end(&m[k], cr[k]);
		canvas_mask(t->c, &m[k], t->pane[k], (1.0f - b->fog) *
		    (t->night ? (b->accent ? 0.35f : 0.92f) :
		    (side < 0 ? 0.42f : 0.55f)), BLEND_OVER);
		mask_release(&m[k]);
	}
}

static void
block(const struct city *t, const struct block *b)
{
	float dx = b->s * COS30, dy = b->s * 0.5f, x = b->x, y = b->y;
	float top = y - b->high;
	float left[8] = { x, top, x - dx, top - dy, x - dx, y - dy, x, y };
	float right[8] = { x, top, x + dx, top - dy, x + dx, y - dy, x, y };
	float roof[8] = { x, top, x - dx, top - dy, x, top - 2 * dy, x + dx,
		top - dy };
	struct rgb fogged = ground_at(t, y);
	float foot = t->night ? 0.55f : 0.45f;
	struct rgb l = rgb_scale(b->wall, t->night ? 0.86f : 0.95f);
	struct rgb r = rgb_scale(b->wall, t->night ? 0.50f : 0.70f);
	struct rgb white = t->p->pal.light;

	if (b->accent && t->night)
		r = rgb_scale(b->wall, 0.80f);
	face(t, left, l, rgb_lerp(l, fogged, foot), b->fog);
	face(t, right, r, rgb_lerp(r, fogged, foot), b->fog);
	face(t, roof, rgb_lerp(b->wall, white, t->night ? 0.13f : 0.34f),
	    rgb_lerp(b->wall, white, t->night ? 0.06f : 0.22f), b->fog);
	windows(t, b, -1);
	windows(t, b, 1);
}

static void
make_block(const struct city *t, struct block *b, int i, int j)
{
	float h = (float)t->c->h, dx, dy, n, core, shrink;
	float u = (float)(i - j) * COS30 * t->cell, k;
	float v = (float)(i + j) * 0.5f * t->cell;

	b->id = noise_hash((uint32_t)(i + 500), (uint32_t)(j + 500), t->seed);
	b->s = t->cell * (1.0f - 2 * GAP);
	b->x = t->fx + u;
	b->y = t->fy + v;
	dx = (b->x - t->fx) / (0.42f * h);
	dy = (b->y - t->fy) / (0.34f * h);
	core = f_exp(-dx * dx - dy * dy);
	n = f_clamp(0.5f + 1.4f * noise2(t->seed + 9, (float)i * 0.19f,
	    (float)j * 0.19f), 0, 1);
	k = noise_unit(b->id, 3, t->seed);
	shrink = f_smooth(1.02f, 0.72f, b->y / h) * 0.45f + 0.55f;
	b->high = t->cell * (0.30f + 1.25f * n * k + 0.35f * k +
	    core * (0.75f + 3.3f * k)) * shrink;
	b->fog = fog_at(t, b->x, b->y - 0.6f * b->high);
	b->accent = noise_unit(b->id, 5, t->seed) < 0.030f &&
	    b->fog < 0.25f;
	k = noise_unit(b->id, 7, t->seed);
	b->wall = t->tint[(int)(k * 3.999f)];
	if (b->accent)
		b->wall = t->night ? t->p->pal.accent :
		    rgb_mix(t->p->pal.accent, t->p->pal.light, 0.08);
}

static void
colours(struct city *t)
{
	const struct palette *q = &t->p->pal;
	struct rgb stop[3], black = rgb_hex(0);
	static const float at[3] = { 0, 0.55f, 1 };

	t->night = t->p->time == CARD_NIGHT || rgb_luminance(q->deep) < 0.009;
	if (t->p->time == CARD_DAY)
		t->night = 0;
	if (t->night) {
		stop[0] = rgb_mix(q->deep, black, 0.40);
		stop[1] = rgb_mix(q->deep, q->mid, 0.22);
		stop[2] = rgb_mix(q->deep, q->mid, 0.38);
		t->tint[0] = rgb_mix(q->mid, q->deep, 0.25);
		t->tint[1] = rgb_mix(q->mid, q->accent2, 0.10);
		t->tint[2] = rgb_mix(q->mid, q->light, 0.12);
		t->tint[3] = rgb_mix(q->mid, q->deep, 0.50);
		t->pane[0] = rgb_mix(q->accent, q->light, 0.35);
		t->pane[1] = rgb_mix(q->light, q->accent, 0.15);
		t->pane[2] = q->accent2;
	} else {
		stop[0] = rgb_mix(q->light, q->accent2, 0.40);
		stop[1] = rgb_mix(q->light, q->accent2, 0.12);
		stop[2] = rgb_mix(q->light, q->accent, 0.26);
		t->tint[0] = rgb_mix(q->light, rgb_hex(0xffffff), 0.35);
		t->tint[1] = rgb_mix(q->mid, q->light, 0.16);
		t->tint[2] = rgb_mix(q->light, q->accent, 0.40);
		t->tint[3] = rgb_mix(q->accent2, q->light, 0.45);
		t->pane[0] = t->pane[1] = q->deep;
		t->pane[2] = rgb_mix(q->mid, q->deep, 0.4);
	}
	ramp_init(&t->ground, stop, at, 3);
}

static void
haze(const struct city *t)
{
	struct canvas *c = t->c;

	if (t->night) {
		canvas_glow(c, t->fx, t->fy - 0.15f * (float)c->h, 0,
		    0.22f * (float)c->h, t->p->pal.mid, 0.30f);
		return;
	}
	canvas_glow(c, t->fx, 0.05f * (float)c->h, 0, 0.4f * (float)c->h,
	    rgb_mix(t->p->pal.light, t->p->pal.accent, 0.25), 0.35f);
}

void
draw_city(struct canvas *c, const struct scene_params *p)
{
	struct city *t = xcalloc(1, sizeof(*t));
	float h = (float)c->h, w = (float)c->w;
	int n, k, i, j;
	struct block b;

	t->c = c;
	t->p = p;
	t->cell = CELL * h * (p->portrait ? 0.72f : 1);
	t->fx = (p->mirror ? -0.02f : 0.02f) * w + p->fx * w;
	t->fy = (p->portrait ? p->fy + 0.08f : p->fy + 0.22f) * h;
	t->seed = noise_seed(p, 90);
	colours(t);
	canvas_vertical(c, &t->ground, 0, h);
	haze(t);
	/* diagonals from the back, so that near blocks hide far ones */
	n = (int)((w + h) / t->cell) + 8;
	for (k = -2 * n; k <= 2 * n; k++) {
		if (t->fy + (float)k * 0.5f * t->cell < -0.02f * h ||
		    t->fy + (float)k * 0.5f * t->cell > 1.35f * h)
			continue;
		for (i = (k - n) / 2; i <= (k + n) / 2; i++) {
			j = k - i;
			if (((i % STREET) + STREET) % STREET == 0 ||
			    ((j % STREET) + STREET) % STREET == 2)
				continue;
			make_block(t, &b, i, j);
			if (b.x > -2 * t->cell && b.x < w + 2 * t->cell)
				block(t, &b);
		}
	}
	if (t->night) {
		canvas_bloom(c, 0.66f, 18 * c->u, 0.40f);
		canvas_bloom(c, 0.70f, 80 * c->u, 0.55f);
	}
	free(t);
}
