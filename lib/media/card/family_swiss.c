/*
 * Swiss: a poster of plain shapes printed in transparent inks on cream paper;
 * where two lie on each other they multiply.
 */
#include "media/card/dmath.h"
#include "media/card/families.h"

#define PARTS 8
#define GRID_X 6
#define GRID_Y 4

struct poster {
	struct canvas *c;
	const struct scene_params *p;
	struct rng r;
	float cx, cy, big;  /* the big disc, in pixels */
	float s;            /* a grid step, in pixels */
	struct rgb ink[4];  /* accent, second, mid, dark */
};

static cairo_t *
start(const struct poster *t, struct mask *m)
{
	return mask_begin_all(m, t->c, 0);
}

static void
print(const struct poster *t, struct mask *m, cairo_t *cr, struct rgb ink)
{
	cairo_fill(cr);
	mask_end(m, cr);
	canvas_mask(t->c, m, ink, 1, BLEND_MULTIPLY);
	mask_release(m);
}

/* x to the right of the big disc's middle, away from the words. */
static float
side(const struct poster *t, float x)
{
	return t->cx + (t->p->mirror ? -x : x);
}

static void
second_disc(struct poster *t)
{
	float r = t->big * (float)rng_range(&t->r, 0.56, 0.70);
	struct mask m;
	cairo_t *cr = start(t, &m);

	cairo_arc(cr, side(t, 0.76f * t->big), t->cy + 0.60f * t->big, r, 0,
	    2 * D_PI);
	print(t, &m, cr, t->ink[1]);
}

/* A quarter of a disc in its square, standing on the base line. */
static void
quarter(struct poster *t)
{
	float r = 0.86f * t->big, x = side(t, -t->big), y = t->cy + t->big;
	struct mask m;
	cairo_t *cr = start(t, &m);

	cairo_move_to(cr, x, y);
	if (t->p->mirror)
		cairo_arc(cr, x, y, r, D_PI, 1.5 * D_PI);
	else
		cairo_arc(cr, x, y, r, 1.5 * D_PI, 2 * D_PI);
	cairo_close_path(cr);
	print(t, &m, cr, t->ink[2]);
}

static void
bars(struct poster *t)
{
	int n = 5 + (int)rng_below(&t->r, 3), i;
	float x = side(t, 0.30f * t->big), w = 0.085f * t->big;
	float y = t->cy - 0.40f * t->big, step = 2 * w, top = -10;
	struct mask m;
	cairo_t *cr = start(t, &m);

	if (t->p->portrait || t->p->title)
		top = t->cy - 1.04f * t->big;
	for (i = 0; i < n; i++)
		cairo_rectangle(cr, t->p->mirror ? x - step * (float)i - w :
		    x + step * (float)i, top, w, y - top);
	print(t, &m, cr, t->ink[3]);
}

static void
half_disc(struct poster *t)
{
	float r = 0.30f * t->big, x = side(t, 1.28f * t->big);
	struct mask m;
	cairo_t *cr = start(t, &m);

	if (t->p->mirror)
		cairo_arc(cr, x, t->cy - 0.22f * t->big, r, -D_PI / 2,
		    D_PI / 2);
	else
		cairo_arc(cr, x, t->cy - 0.22f * t->big, r, D_PI / 2,
		    1.5 * D_PI);
	cairo_close_path(cr);
	print(t, &m, cr, t->ink[2]);
}

static void
small_disc(struct poster *t)
{
	struct mask m;
	cairo_t *cr = start(t, &m);

	cairo_arc(cr, side(t, -0.90f * t->big), t->cy - 0.66f * t->big,
	    0.155f * t->big, 0, 2 * D_PI);
	print(t, &m, cr, t->ink[3]);
}

static void
base_line(struct poster *t)
{
	float x = side(t, -1.55f * t->big), y = t->cy + t->big;
	struct mask m;
	cairo_t *cr = start(t, &m);

	if (t->p->portrait)
		x = side(t, -1.12f * t->big);
	if (t->p->mirror)
		cairo_rectangle(cr, -10, y, x + 10, 0.10f * t->big);
	else
		cairo_rectangle(cr, x, y, (float)t->c->w + 10 - x,
		    0.10f * t->big);
	print(t, &m, cr, t->ink[3]);
}

static void
triangle(struct poster *t)
{
	float x = side(t, 0.20f * t->big), y = t->cy + t->big;
	float w = 0.62f * t->big * (t->p->mirror ? -1 : 1);
	struct mask m;
	cairo_t *cr = start(t, &m);

	cairo_move_to(cr, x, y);
	cairo_line_to(cr, x + w, y);
	cairo_line_to(cr, x + w, y - fabsf(w) * 1.15f);
	cairo_close_path(cr);
	print(t, &m, cr, t->ink[3]);
}

/* Concentric arcs: a quarter of a target. */
static void
arcs(struct poster *t)
{
	float x = side(t, 1.42f * t->big), y = t->cy + t->big, r;
	struct mask m;
	cairo_t *cr = start(t, &m);
	int i;

	for (i = 0; i < 4; i++) {
		r = (0.22f + 0.15f * (float)i) * t->big;
		cairo_new_sub_path(cr);
		cairo_set_line_width(cr, 0.065f * t->big);
		if (t->p->mirror)
			cairo_arc(cr, x, y, r, 1.5 * D_PI, 2 * D_PI);
		else
			cairo_arc(cr, x, y, r, D_PI, 1.5 * D_PI);
	}
	cairo_stroke(cr);
	print(t, &m, cr, t->ink[2]);
}

/* Holes of paper in the big disc: the one thing that is not an ink. */
static void
dots(struct poster *t)
{
	float r = 0.030f * t->big, step = 0.140f * t->big, x, y;
	struct mask m;
	cairo_t *cr = start(t, &m);
	int i, j;

	for (j = 0; j < GRID_Y; j++)
		for (i = 0; i < GRID_X; i++) {
			x = t->cx + ((float)i - 3.0f) * step;
			y = t->cy + ((float)j - 1.6f) * step;
			cairo_new_sub_path(cr);
			cairo_arc(cr, x, y, r, 0, 2 * D_PI);
		}
	cairo_fill(cr);
	mask_end(&m, cr);
	canvas_mask(t->c, &m, t->p->pal.light, 1, BLEND_OVER);
	mask_release(&m);
}

/* An ink that, printed on the paper, gives this colour. */
static struct rgb
ink_for(struct rgb want, struct rgb paper)
{
	want.r = f_clamp(want.r / paper.r, 0, 1);
	want.g = f_clamp(want.g / paper.g, 0, 1);
	want.b = f_clamp(want.b / paper.b, 0, 1);
	return want;
}

static void
choose_inks(struct poster *t)
{
	const struct palette *q = &t->p->pal;
	int turn = (int)rng_below(&t->r, 2);

	t->ink[0] = ink_for(q->accent, q->light);
	t->ink[1] = ink_for(q->accent2, q->light);
	t->ink[2] = ink_for(rgb_mix(q->mid, q->light, 0.08), q->light);
	t->ink[3] = ink_for(q->deep, q->light);
	if (turn && rgb_luminance(q->accent2) > 0.25) {
		struct rgb k = t->ink[0];

		t->ink[0] = t->ink[1];
		t->ink[1] = k;
	}
}

void
draw_swiss(struct canvas *c, const struct scene_params *p)
{
	static void (*const part[PARTS])(struct poster *) = { second_disc,
		quarter, bars, half_disc, small_disc, base_line, triangle,
		arcs };
	/* these pairs want the same place */
	static const int instead[2][2] = { { 1, 6 }, { 3, 7 } };
	int use[PARTS] = { 1, 1, 1, 1, 1, 1, 1, 1 }, i;
	struct poster t;
	struct mask m;
	cairo_t *cr;

	t.c = c;
	t.p = p;
	rng_seed(&t.r, p->seed, 0x737769737373ULL);
	t.s = (float)c->h / GRID_Y;
	t.big = 0.365f * p->shrink;
	t.cy = p->portrait ? p->fy + 0.01f : p->fy + 0.05f;
	clear_of_text(p, 0.86f, &t.cy, &t.big);
	t.big *= (float)c->h;
	t.cx = p->fx * (float)c->w;
	t.cy *= (float)c->h;
	choose_inks(&t);
	for (i = 0; i < 2; i++)
		use[instead[i][rng_below(&t.r, 2)]] = 0;
	i = rng_below(&t.r, 2) ? 4 : 2;
	use[i] &= (int)rng_below(&t.r, 3) > 0;
	canvas_fill(c, p->pal.light);
	cr = start(&t, &m);
	cairo_arc(cr, t.cx, t.cy, t.big, 0, 2 * D_PI);
	print(&t, &m, cr, t.ink[0]);
	dots(&t);
	for (i = 0; i < PARTS; i++)
		if (use[i])
			part[i](&t);
	canvas_texture(c, noise_seed(p, 110), 0.022f);
}
