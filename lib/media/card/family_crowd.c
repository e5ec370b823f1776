/*
 * Crowd: three rows of people as cut paper, before a disc. Faces stay empty.
 */
#include "media/card/dmath.h"
#include "media/card/families.h"

#define ROWS 3
#define CLOTHES 6
#define SKINS 4
#define HAIRS 5

enum cut { CUT_CAP, CUT_BUN, CUT_BOB, CUT_CURLS, CUTS };

struct crowd {
	struct canvas *c;
	const struct scene_params *p;
	struct rng r;
	struct rgb clothes[CLOTHES], skin[SKINS], hair[HAIRS];
};

struct person {
	float x, y, s;    /* middle of the head and its radius, in pixels */
	float tilt;       /* of the hair line, radians */
	float wide;       /* of the shoulders, in head radii */
	enum cut cut;
	struct rgb clothes, skin, hair;
};

static void
flush(struct crowd *t, struct mask *m, cairo_t *cr, struct rgb k)
{
	cairo_fill(cr);
	mask_end(m, cr);
	canvas_mask(t->c, m, k, 1, BLEND_OVER);
	mask_release(m);
}

/* A mask for what lies within n head radii of the person. */
static cairo_t *
start(const struct person *q, struct mask *m, float n)
{
	return mask_begin(m, (int)(q->x - n * q->s), (int)(q->y - n * q->s),
	    (int)(2 * n * q->s), (int)(2 * n * q->s));
}

static void
shoulders(cairo_t *cr, const struct canvas *c, const struct person *q)
{
	float s = q->s, w = q->wide * s, top = q->y + 1.50f * s;
	float bottom = (float)c->h + 60 * c->u;

	cairo_move_to(cr, q->x - w, bottom);
	cairo_line_to(cr, q->x - w, top + 1.25f * s);
	cairo_curve_to(cr, q->x - w, top + 0.30f * s, q->x - 0.75f * w,
	    top, q->x - 0.30f * w, top);
	cairo_line_to(cr, q->x + 0.30f * w, top);
	cairo_curve_to(cr, q->x + 0.75f * w, top, q->x + w,
	    top + 0.30f * s, q->x + w, top + 1.25f * s);
	cairo_line_to(cr, q->x + w, bottom);
	cairo_close_path(cr);
	cairo_fill(cr);
}

static void
body(struct crowd *t, const struct person *q)
{
	float h = (float)t->c->h, w = (q->wide + 0.1f) * q->s;
	struct shadow s = { 20 * t->c->u, 2 * t->c->u, 3 * t->c->u, 0.30f,
		rgb_scale(t->p->pal.deep, 0.6f) };
	struct mask m;
	cairo_t *cr = mask_begin(&m, (int)(q->x - w), (int)q->y,
	    (int)(2 * w) + 2, (int)(h - q->y + 50 * t->c->u));

	shoulders(cr, t->c, q);
	mask_end(&m, cr);
	canvas_shadow(t->c, &m, &s);
	canvas_mask(t->c, &m, q->clothes, 1, BLEND_OVER);
	mask_release(&m);
}

static void
neck_and_head(struct crowd *t, const struct person *q)
{
	float s = q->s, n = 0.36f * s;
	struct mask m;
	cairo_t *cr = start(q, &m, 2.4f);

	cairo_rectangle(cr, q->x - n, q->y + 0.5f * s, 2 * n, 1.10f * s);
	cairo_new_sub_path(cr);
	cairo_arc(cr, q->x, q->y + 1.60f * s, n, 0, D_PI);
	flush(t, &m, cr, rgb_mix(q->skin, t->p->pal.deep, 0.16));
	cr = start(q, &m, 1.2f);
	cairo_arc(cr, q->x, q->y, s, 0, 2 * D_PI);
	flush(t, &m, cr, q->skin);
}

/* Hair behind the head: a bob's curtain, a bun, a cloud. */
static void
hair_behind(struct crowd *t, const struct person *q)
{
	float s = q->s, a;
	struct mask m;
	cairo_t *cr = start(q, &m, 2.4f);
	int i;

	if (q->cut == CUT_BOB) {
		cairo_arc(cr, q->x, q->y - 0.06f * s, 1.16f * s, D_PI, 0);
		cairo_line_to(cr, q->x + 1.16f * s, q->y + 0.92f * s);
		cairo_line_to(cr, q->x - 1.16f * s, q->y + 0.92f * s);
		cairo_close_path(cr);
	} else if (q->cut == CUT_BUN) {
		cairo_arc(cr, q->x - 0.10f * s, q->y - 1.28f * s, 0.44f * s,
		    0, 2 * D_PI);
	} else if (q->cut == CUT_CURLS) {
		for (i = 0; i < 9; i++) {
			a = (float)(D_PI * (0.93 + 1.14 * i / 8));
			cairo_new_sub_path(cr);
			cairo_arc(cr, q->x + 1.02f * s * (float)d_cos(a),
			    q->y - 0.10f * s + 0.98f * s * (float)d_sin(a),
			    0.40f * s, 0, 2 * D_PI);
		}
	}
	flush(t, &m, cr, q->hair);
}

/* The part of the head above the hair line. */
static void
hair_before(struct crowd *t, const struct person *q)
{
	float s = q->s, up = 0.12f;
	struct mask m;
	cairo_t *cr = start(q, &m, 1.4f);

	cairo_save(cr);
	cairo_translate(cr, q->x, q->y);
	cairo_rotate(cr, q->tilt);
	cairo_rectangle(cr, -2 * s, -2 * s, 4 * s, (2 - up) * s);
	cairo_clip(cr);
	cairo_arc(cr, 0, -0.02f * s, 1.06f * s, 0, 2 * D_PI);
	cairo_fill(cr);
	cairo_restore(cr);
	flush(t, &m, cr, q->hair);
}

static void
draw_person(struct crowd *t, const struct person *q)
{
	body(t, q);
	hair_behind(t, q);
	neck_and_head(t, q);
	hair_before(t, q);
}

static int
differs(struct rng *r, int n, int last)
{
	int i = (int)rng_below(r, (unsigned)n - 1);

	return i >= last ? i + 1 : i;
}

/* The head must not reach into the words. */
static float
head_y(const struct crowd *t, float x, float y, float s)
{
	const struct box *b = &t->p->text;
	float left = b->x * (float)t->c->w, low;

	if (b->w <= 0 || x + 1.5f * s < left ||
	    x - 1.5f * s > left + b->w * (float)t->c->w)
		return y;
	low = (b->y + b->h) * (float)t->c->h + 0.4f * s;
	return y < low ? y + 0.75f * (low - y) : y;
}

static void
row(struct crowd *t, int i, struct rgb air)
{
	static const float at[ROWS] = { 0.545f, 0.675f, 0.815f };
	static const float size[ROWS] = { 0.052f, 0.063f, 0.077f };
	float h = (float)t->c->h, w = (float)t->c->w, x, gap;
	float k = t->p->portrait ? 0.86f : 1, s = size[i] * h * k;
	int last = -1, skin = -1, hair = -1, n;
	struct person q;

	x = -(float)rng_range(&t->r, 0.2, 1.8) * s;
	while (x < w + 2 * s) {
		q.s = s * (float)rng_range(&t->r, 0.94, 1.06);
		q.x = x;
		q.y = h * (t->p->portrait ? 0.30f + 0.70f * at[i] : at[i]) +
		    s * (float)rng_range(&t->r, -0.85, 0.75);
		q.y = head_y(t, q.x, q.y, q.s);
		q.wide = (float)rng_range(&t->r, 1.95, 2.25);
		q.cut = (enum cut)rng_below(&t->r, CUTS);
		q.tilt = (float)rng_range(&t->r, -0.30, 0.30) *
		    (q.cut == CUT_BOB ? 0 : 1);
		last = n = differs(&t->r, CLOTHES, last < 0 ? 0 : last);
		q.clothes = rgb_mix(t->clothes[n], air, 0.16 * (2 - i));
		skin = n = differs(&t->r, SKINS, skin < 0 ? 0 : skin);
		q.skin = t->skin[n];
		hair = n = differs(&t->r, HAIRS, hair < 0 ? 0 : hair);
		q.hair = t->hair[n];
		if (rgb_contrast(q.hair, q.skin) < 1.35)
			q.hair = t->hair[0];
		draw_person(t, &q);
		gap = q.wide * 1.62f * q.s;
		x += gap * (float)rng_range(&t->r, 1.05, 1.40);
	}
}

static void
choose_colours(struct crowd *t)
{
	static const uint32_t tones[SKINS] = { 0xf6c9a4, 0xd3a07a, 0x9c6b4c,
		0x5b3426 };
	const struct palette *q = &t->p->pal;
	int i;

	for (i = 0; i < SKINS; i++)
		t->skin[i] = rgb_mix(rgb_hex(tones[i]), q->accent, 0.12);
	t->clothes[0] = q->accent;
	t->clothes[1] = q->mid;
	t->clothes[2] = q->accent2;
	t->clothes[3] = rgb_mix(q->deep, q->mid, 0.38);
	t->clothes[4] = rgb_mix(q->accent, q->light, 0.52);
	t->clothes[5] = rgb_mix(q->accent2, q->deep, 0.32);
	t->hair[0] = rgb_mix(q->deep, rgb_hex(0), 0.15);
	t->hair[1] = rgb_mix(q->deep, q->mid, 0.36);
	t->hair[2] = rgb_mix(q->deep, q->accent, 0.62);
	t->hair[3] = rgb_mix(q->deep, rgb_hex(0x3a2016), 0.6);
	t->hair[4] = rgb_mix(rgb_hex(0xd9d2cc), q->light, 0.2);
}

void
draw_crowd(struct canvas *c, const struct scene_params *p)
{
	float h = (float)c->h, x, y, r;
	struct crowd t;
	struct rgb disc;
	int i;

	t.c = c;
	t.p = p;
	rng_seed(&t.r, p->seed, 0x63726f7764ULL);
	choose_colours(&t);
	canvas_fill(c, p->pal.light);
	x = p->fx * (float)c->w;
	y = p->portrait ? p->fy : p->fy - 0.06f;
	r = 0.30f * p->shrink;
	clear_of_text(p, 0.95f, &y, &r);
	disc = rgb_mix(p->pal.accent, p->pal.light, 0.16);
	if (rgb_luminance(p->pal.accent2) > rgb_luminance(disc))
		disc = rgb_mix(p->pal.accent2, p->pal.light, 0.16);
	canvas_disc(c, x, y * h, r * h, disc, 1);
	for (i = 0; i < ROWS; i++)
		row(&t, i, p->pal.light);
	canvas_texture(c, noise_seed(p, 120), 0.018f);
}
