#include "render/caption_spec.h"

#include <string.h>

#include "render/motion.h"
#include "render/timeline.h"

/* Of 9:16 frames: between the buttons of all the apps. */
#define TALL_LEFT 0.08
#define TALL_RIGHT 0.84
#define TALL_BASE 0.626
#define TALL_COLUMNS 20
#define TALL_SIZE 0.035 /* of the height: 67 pixels of 1920 */

#define COLUMN 0.52         /* em: what a column of a line takes, mostly */
#define COLUMN_CAPITAL 0.66 /* in heavy capitals */
#define COLUMNS_LEAST 8
#define TOGETHER 3 /* with fewer words, sidecars are not cut in groups */

/* Where a drawn card has its phrase, in parts of its height, at most. */
#define PHRASE_WIDE_TOP 0.11
#define PHRASE_WIDE_BOTTOM 0.62
#define PHRASE_TALL_TOP 0.135
#define PHRASE_TALL_BOTTOM 0.42
#define PHRASE_CLEAR 0.02 /* of the frame's height, below it */

static int
is_tall(int w, int h)
{
	return h * 3 > w * 4;
}

int
caption_look_of(const struct film *f, struct caption_look *k, struct err *e)
{
	const struct preset *p;
	const char *name = f->caption_style;
	int base;

	if (f->look) {
		*k = *f->look;
		return 0;
	}
	if (!name) {
		p = preset_find(f->preset, e);
		if (!p)
			return -1;
		name = p->caption_style;
	}
	base = caption_draw_style(name);
	if (base < 0)
		return err_set(e, EX_CONF, "project.yaml: captions: there is "
		    "no style \"%s\"; choose classic, box, karaoke or big",
		    name);
	caption_look_built_in(k, base);
	return 0;
}

static double
em_of(const struct caption_look *k, int w, int h)
{
	static const double size[] = { 0.050, 0.046, 0.054, 0.047 };
	double side = w < h ? w : h;

	if (k->size > 0)
		return k->size * h;
	if (is_tall(w, h))
		return k->base == CAPTION_BIG ? size[CAPTION_BIG] * h :
		    TALL_SIZE * h;
	return size[k->base] * side;
}

static void
sides(const struct timeline *t, double *left, double *right)
{
	const double *safe = t->preset->safe;

	*left = safe[0] * t->width;
	*right = (1 - safe[2]) * t->width;
	if (is_tall(t->width, t->height)) {
		*left = TALL_LEFT * t->width;
		*right = TALL_RIGHT * t->width;
	}
}

/* Text of the user's own size gets as many columns as fit, rather than to be
 * made smaller again. */
static void
fit_columns(const struct caption_look *k, const struct timeline *t,
    struct cue_rules *r)
{
	double em = em_of(k, t->width, t->height), left, right, n;

	if (k->size <= 0)
		return;
	sides(t, &left, &right);
	n = (right - left) / em - 2 * (k->plate > 0 ? 0.80 : 0.17);
	n /= k->uppercase ? COLUMN_CAPITAL : COLUMN;
	if (n < r->columns)
		r->columns = n < COLUMNS_LEAST ? COLUMNS_LEAST : (int)n;
	if (r->longest < r->columns)
		r->longest = r->columns;
}

int
caption_rules_of(const struct caption_look *k, const struct timeline *t,
    const char *language, struct cue_rules *r)
{
	int tall = is_tall(t->width, t->height);
	int groups = k->base == CAPTION_BIG || k->words || tall;

	cue_rules_for(language, t->width, t->height, r);
	if (groups && (k->base == CAPTION_BIG || tall)) {
		cue_rules_groups(language, k->words, r);
		if (k->base != CAPTION_BIG)
			r->columns = TALL_COLUMNS;
	} else if (groups) {
		r->words = k->words;
		r->clauses = 1;
	}
	r->lines = k->lines;
	fit_columns(k, t, r);
	return groups && (!k->words || k->words >= TOGETHER);
}

/* From where to where of the frame's height the card's phrase can be seen
 * while the picture moves. 0: there is none. */
static int
phrase_span(const struct film *f, const struct timeline *t, size_t scene,
    double *top, double *bottom)
{
	const struct film_scene *s = &f->scene[scene];
	int wide = s->image_w > s->image_h, i;
	struct window w[2];
	struct motion m;
	double a, b;

	if (s->keep[2] <= s->keep[0] || s->image_h <= 0)
		return 0;
	motion_choose(&m, s, t, t->scene[scene].voice_frames, s->image_w,
	    s->image_h);
	w[0] = m.from;
	w[1] = m.to;
	*top = 1;
	*bottom = 0;
	for (i = 0; i < 2; i++) {
		a = (wide ? PHRASE_WIDE_TOP : PHRASE_TALL_TOP) * s->image_h;
		b = (wide ? PHRASE_WIDE_BOTTOM : PHRASE_TALL_BOTTOM) *
		    s->image_h;
		a = (a - w[i].y) / w[i].h;
		b = (b - w[i].y) / w[i].h;
		*top = a < *top ? a : *top;
		*bottom = b > *bottom ? b : *bottom;
	}
	return 1;
}

/* Move captions that would cover the card's phrase. tall: pixels that they
 * take at most. */
static void
give_way(struct caption_spec *q, const struct film *f,
    const struct timeline *t, size_t scene, double tall)
{
	double from = q->middle - tall / 2, top, bottom, below;

	if (!phrase_span(f, t, scene, &top, &bottom))
		return;
	top *= t->height;
	bottom *= t->height;
	if (q->middle < 0)
		from = q->top;
	if (from >= bottom || from + tall <= top)
		return;
	below = bottom + PHRASE_CLEAR * t->height + tall / 2;
	if (below + tall / 2 <= q->floor)
		q->middle = below;
	else
		q->middle = t->height; /* as low as the floor allows */
}

void
caption_spec_of(struct caption_spec *q, const struct caption_look *k,
    const struct film *f, const struct timeline *t, size_t scene)
{
	static const double base[] = { 0.905, 0.903, 0.905, 0.905 };
	const double *safe = t->preset->safe;
	int moved = k->y >= 0 || k->anchor != CAPTION_BOTTOM;
	double low;

	memset(q, 0, sizeof(*q));
	q->look = k;
	q->w = t->width;
	q->h = t->height;
	q->language = f->scene[scene].language;
	q->tone = f->tone;
	q->size = em_of(k, t->width, t->height);
	sides(t, &q->left, &q->right);
	q->top = safe[1] * t->height;
	q->floor = (1 - safe[3]) * t->height;
	q->bottom = (is_tall(t->width, t->height) ? TALL_BASE :
	    base[k->base]) * t->height;
	/* Descenders, or the plate, stay above the margin. */
	low = q->floor - (k->plate > 0 ? 0.55 : 0.30) * q->size;
	if (q->bottom > low)
		q->bottom = low;
	q->middle = k->y >= 0 ? k->y * t->height :
	    k->anchor == CAPTION_MIDDLE ? (q->top + q->floor) / 2 : -1;
	if (moved)
		give_way(q, f, t, scene, (k->pitch * (k->lines - 1) + 1 +
		    (k->plate > 0 ? 0.84 : 0.2)) * q->size);
}
