#include <string.h>

#include "base/rng.h"
#include "media/card/card.h"
#include "media/card/ground.h"
#include "media/card/layout.h"
#include "media/card/rows.h"
#include "media/card/setting.h"

#define SIDE_MIN 16
#define SIDE_MAX 8192
#define TRIES 3        /* seeds, where words would need a heavy scrim */
#define SCRIM_HEAVY 0.5f
#define SCRIM_LIGHT 0.15f
#define SHADES 2       /* more, at most */

/* What is drawn, and the words laid out. */
struct sheet {
	struct font_set *fonts; /* the layouts need them */
	struct pick pick;
	struct type_block block;
	struct rows rows;
};

/* The words' own box replaces the room they were given: families thin their
 * detail only where words really are. */
static void
tighten(struct scene_params *p, const struct sheet *t, int w, int h)
{
	const struct type_block *b = &t->block;

	if (!b->nr) {
		p->text.w = p->text.h = 0;
		return;
	}
	p->text.x = (float)(b->x0 / w);
	p->text.y = (float)(b->y0 / h);
	p->text.w = (float)((b->x1 - b->x0) / w);
	p->text.h = (float)((b->y1 - b->y0) / h);
	if (t->rows.nr)
		p->text.h = (float)((t->rows.y1 - b->y0) / h);
}

static void
report(struct card_info *i, const struct pick *k, const struct setting *set,
	const struct type_block *b, const struct scene_params *p)
{
	strncpy(i->family, k->family->name, sizeof(i->family) - 1);
	i->palette = k->which;
	i->seed = k->seed;
	i->contrast = set->contrast;
	i->scrim = set->scrim;
	i->text_x0 = b->nr ? p->text.x : 0;
	i->text_y0 = b->nr ? p->text.y : 0;
	i->text_x1 = i->text_x0 + p->text.w;
	i->text_y1 = i->text_y0 + p->text.h;
	i->focus_x = p->fx;
	i->focus_y = p->fy;
	i->light = set->light;
}

/* The ground's own light decides where it may; a thumbnail's large words, an
 * end card and a picture that somebody gave get a shade, deepened before a
 * scrim would show as a smudge. */
static void
shade_until_read(struct canvas *c, const struct card_spec *s,
	const struct scene_params *p, const struct sheet *t,
	struct setting *set)
{
	int i, first = s->back || s->use == CARD_END;

	if (first)
		ground_shade(c, s, p);
	for (i = 0;; i++) {
		setting_measure(set, c, &t->block, &p->pal);
		if (set->scrim <= SCRIM_LIGHT || i == SHADES ||
		    (!first && s->use != CARD_THUMB))
			return;
		ground_shade(c, s, p);
	}
}

/* Draw, and draw again from another seed where the words would need so much
 * scrim that the picture is hidden; the best try stays. */
static void
paint_family(struct canvas *c, const struct card_spec *s,
	struct scene_params *p, const struct sheet *t, struct setting *set)
{
	struct setting best = { 0, 0, 2 };
	uint64_t best_seed = p->seed;
	struct rng r;
	int i;

	rng_seed(&r, t->pick.seed, 3);
	for (i = 0; i < TRIES; i++) {
		t->pick.family->draw(c, p);
		shade_until_read(c, s, p, t, set);
		if (set->scrim <= SCRIM_HEAVY)
			break;
		if (set->scrim < best.scrim) {
			best = *set;
			best_seed = p->seed;
		}
		p->seed = rng_next(&r);
	}
	if (i == TRIES) {
		p->seed = best_seed;
		t->pick.family->draw(c, p);
		shade_until_read(c, s, p, t, &best);
		*set = best;
	}
}

static int
paint(struct canvas *c, const struct card_spec *s, struct scene_params *p,
	const struct sheet *t, struct setting *set, struct err *e)
{
	if (s->back) {
		if (ground_picture(c, s, p, e) < 0)
			return -1;
		shade_until_read(c, s, p, t, set);
	} else {
		paint_family(c, s, p, t, set);
	}
	setting_paint(set, c, &t->block, &p->pal);
	rows_paint(&t->rows, c, &p->pal);
	return 0;
}

/* Lay out all words, for a canvas of size. */
static int
lay(struct sheet *t, struct scene_params *p, const struct card_spec *s,
	const int size[2], struct err *e)
{
	struct type_voice voice;
	struct type_frame frame;
	int ret;

	t->fonts = font_set_new(e);
	if (!t->fonts)
		return -1;
	pick_make(&t->pick, s);
	layout_place(p, s, &t->pick, (float)size[0] / (float)size[1]);
	layout_voice(&voice, s, t->pick.family);
	layout_frame(&frame, p, s, size, t->pick.family);
	ret = type_lay(&t->block, t->fonts, s, &voice, &frame, e);
	if (ret == 0)
		ret = rows_lay(&t->rows, t->fonts, s, &t->block, &frame, e);
	if (ret == 0)
		tighten(p, t, size[0], size[1]);
	return ret;
}

int
card_draw(const struct card_spec *s, struct picture *out,
	struct card_info *info, struct err *e)
{
	struct sheet t = { .block = { .nr = 0 } };
	struct scene_params p;
	struct setting set;
	struct canvas c;
	int size[2], ret;

	if (s->width < SIDE_MIN || s->height < SIDE_MIN ||
	    s->width > SIDE_MAX || s->height > SIDE_MAX)
		return err_set(e, EX_BADUSE, "a card of %dx%d cannot be drawn; "
		    "each side is %d to %d pixels", s->width, s->height,
		    SIDE_MIN, SIDE_MAX);
	size[0] = (int)(s->width * CARD_OVERSCAN + 0.5);
	size[1] = (int)(s->height * CARD_OVERSCAN + 0.5);
	ret = lay(&t, &p, s, size, e);
	if (ret == 0) {
		canvas_init(&c, size[0], size[1]);
		ret = paint(&c, s, &p, &t, &set, e);
		if (ret == 0)
			canvas_finish(&c, p.seed, s->back ? 0 : 1, out);
		canvas_release(&c);
	}
	if (ret == 0 && info) {
		memset(info, 0, sizeof(*info));
		report(info, &t.pick, &set, &t.block, &p);
	}
	type_release(&t.block);
	rows_release(&t.rows);
	font_set_free(t.fonts);
	return ret;
}
