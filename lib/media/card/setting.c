#include <stdlib.h>

#include "base/mem.h"
#include "media/card/dmath.h"
#include "media/card/setting.h"

#define SAMPLES_MAX 60000
#define BINS 2048

/* Pixels near the glyphs: luminance parts and how much scrim each gets. */
struct samples {
	struct rgb *px;
	float *k;
	size_t nr;
};

static void
draw_line(cairo_t *cr, const struct type_line *t)
{
	if (!t->layout)
		return;
	cairo_move_to(cr, t->x, t->y);
	pango_cairo_show_layout_line(cr,
	    pango_layout_get_line_readonly(t->layout, 0));
}

/* Glyphs of the words, of the eyebrow or rule, or of both. */
enum part { PART_WORDS = 1, PART_HEAD = 2 };

static void
glyphs(struct mask *m, const struct type_block *b, int parts)
{
	double pad = b->size * 0.25;
	cairo_t *cr = mask_begin(m, (int)(b->x0 - pad), (int)(b->y0 - pad),
	    (int)(b->x1 - b->x0 + 2 * pad), (int)(b->y1 - b->y0 + 2 * pad));
	int i;

	for (i = 0; i < b->nr && parts & PART_WORDS; i++)
		draw_line(cr, &b->line[i]);
	if (parts & PART_HEAD) {
		draw_line(cr, &b->eyebrow);
		if (!b->eyebrow.layout) {
			cairo_rectangle(cr, b->rule[0], b->rule[1],
			    b->rule[2], b->rule[3]);
			cairo_fill(cr);
		}
	}
	mask_end(m, cr);
}

/* The scrim's shape: the ink's box and 0.35 em, blurred by 0.75 em. */
static void
scrim_field(struct field *f, const struct type_block *b)
{
	double em = b->size, pad = 0.35 * em;
	int step = em > 40 ? 8 : em > 12 ? 4 : 2, margin = (int)(1.2 * em);
	int x, y;
	float px, py, v;

	field_init(f, (int)(b->x0 - pad) - margin, (int)(b->y0 - pad) - margin,
	    (int)(b->x1 - b->x0 + 2 * pad) + 2 * margin,
	    (int)(b->y1 - b->y0 + 2 * pad) + 2 * margin, step);
	for (y = 0; y < f->h; y++)
		for (x = 0; x < f->w; x++) {
			px = (float)(f->x + x * step);
			py = (float)(f->y + y * step);
			v = px > (float)(b->x0 - pad) &&
			    px < (float)(b->x1 + pad) &&
			    py > (float)(b->y0 - pad) &&
			    py < (float)(b->y1 + pad);
			f->v[y * f->w + x] = v;
		}
	field_blur(f, (float)(0.75 * em));
}

static void
take_samples(struct samples *s, const struct canvas *c,
	const struct type_block *b)
{
	struct field near, scrim;
	struct mask m;
	size_t every, o, n = 0;
	int x, y;

	glyphs(&m, b, PART_WORDS | PART_HEAD);
	field_from_mask(&near, &m, 2, 0);
	mask_release(&m);
	field_blur(&near, (float)(b->size * 0.06));
	scrim_field(&scrim, b);
	every = (size_t)near.w * (size_t)near.h / SAMPLES_MAX + 1;
	s->px = xmalloc(((size_t)near.w * (size_t)near.h / every + 1) *
	    sizeof(*s->px));
	s->k = xmalloc(((size_t)near.w * (size_t)near.h / every + 1) *
	    sizeof(*s->k));
	for (o = 0; o < (size_t)near.w * (size_t)near.h; o += every) {
		x = near.x + (int)(o % (size_t)near.w) * near.step;
		y = near.y + (int)(o / (size_t)near.w) * near.step;
		if (near.v[o] < 0.02f || x < 0 || y < 0 || x >= c->w ||
		    y >= c->h)
			continue;
		s->px[n].r = c->r[(size_t)y * (size_t)c->w + (size_t)x];
		s->px[n].g = c->g[(size_t)y * (size_t)c->w + (size_t)x];
		s->px[n].b = c->b[(size_t)y * (size_t)c->w + (size_t)x];
		s->k[n++] = field_at(&scrim, (float)x, (float)y);
	}
	s->nr = n;
	field_release(&near);
	field_release(&scrim);
}

static void
linear_table(float *t)
{
	double v;
	int i;

	for (i = 0; i < BINS; i++) {
		v = (double)i / (BINS - 1);
		t[i] = (float)(v <= 0.04045 ? v / 12.92 :
		    d_pow((v + 0.055) / 1.055, 2.4));
	}
}

static float
look_up(const float *t, float v)
{
	int i = (int)(f_clamp(v, 0, 1) * (BINS - 1) + 0.5f);

	return t[i];
}

/* Contrast that 98 % of the samples reach under a scrim. */
static float
percentile(const struct samples *s, const float *lin, struct rgb ink,
	struct rgb scrim, float amount)
{
	static const float top = 22;
	float ink_l = (float)rgb_luminance(ink) + 0.05f, l, k;
	size_t bin[BINS] = { 0 }, sum = 0, i;
	struct rgb p;

	for (i = 0; i < s->nr; i++) {
		p = rgb_lerp(s->px[i], scrim, amount * s->k[i]);
		l = 0.2126f * look_up(lin, p.r) + 0.7152f * look_up(lin, p.g) +
		    0.0722f * look_up(lin, p.b) + 0.05f;
		k = l > ink_l ? l / ink_l : ink_l / l;
		bin[(int)(f_clamp(k / top, 0, 0.9999f) * BINS)]++;
	}
	for (i = 0; i < BINS - 1; i++) {
		sum += bin[i];
		if (sum * 50 > s->nr)
			break;
	}
	return (float)i * top / BINS;
}

void
setting_measure(struct setting *s, const struct canvas *c,
	const struct type_block *b, const struct palette *p)
{
	struct rgb light = palette_ink_light(p), dark = palette_ink_dark(p);
	float lin[BINS], on_light, on_dark;
	struct samples px;
	struct rgb ink, scrim;

	s->light = 1;
	s->scrim = s->contrast = 0;
	if (!b->nr)
		return;
	take_samples(&px, c, b);
	linear_table(lin);
	on_light = percentile(&px, lin, light, p->deep, 0);
	on_dark = percentile(&px, lin, dark, p->light, 0);
	s->light = on_light >= on_dark;
	s->contrast = s->light ? on_light : on_dark;
	ink = s->light ? light : dark;
	scrim = s->light ? p->deep : p->light;
	while (s->contrast < (float)SETTING_CONTRAST && s->scrim < 0.95f) {
		s->scrim += 0.06f;
		s->contrast = percentile(&px, lin, ink, scrim, s->scrim);
	}
	free(px.px);
	free(px.k);
}

void
setting_paint(const struct setting *s, struct canvas *c,
	const struct type_block *b, const struct palette *p)
{
	struct rgb ink = s->light ? palette_ink_light(p) : palette_ink_dark(p);
	struct rgb head = ink;
	struct shadow shade;
	struct field f;
	struct mask m;

	if (!b->nr)
		return;
	if (s->scrim > 0) {
		scrim_field(&f, b);
		canvas_field(c, &f, s->light ? p->deep : p->light, s->scrim,
		    BLEND_OVER);
		field_release(&f);
	}
	/* The accent is for marks on dark; small words need contrast too,
	 * which every accent2 has and an accent may miss. */
	if (s->light)
		head = b->eyebrow.layout && rgb_contrast(p->accent, p->deep) <
		    6.5 ? ink : p->accent;
	glyphs(&m, b, PART_WORDS);
	if (s->light) {
		shade.colour = rgb_scale(p->deep, 0.6f);
		shade.radius = (float)(0.10 * b->size);
		shade.dx = (float)(0.01 * b->size);
		shade.dy = (float)(0.025 * b->size);
		shade.opacity = 0.28f;
		canvas_shadow(c, &m, &shade);
	}
	canvas_mask(c, &m, ink, 1, BLEND_OVER);
	mask_release(&m);
	glyphs(&m, b, PART_HEAD);
	canvas_mask(c, &m, head, 1, BLEND_OVER);
	mask_release(&m);
}
