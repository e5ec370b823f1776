#include <string.h>

#include "base/rng.h"
#include "media/card/card.h"
#include "media/card/dmath.h"
#include "media/card/pick.h"
#include "media/card/setting.h"

#define SIDE_MIN 16
#define SIDE_MAX 8192
#define TRIES 3        /* seeds, where words would need a heavy scrim */
#define SCRIM_HEAVY 0.5f

/* Interpolate by aspect: a at 9:16, b at 16:9. */
static float
by_aspect(float aspect, float a, float b)
{
	return a + (b - a) * f_clamp((aspect - 0.5625f) / 1.2153f, 0, 1);
}

/* The box for words and the focus, in fractions. Everything lies within
 * 0.10-0.90, which the tightest Ken Burns window still shows. */
static void
compose(struct scene_params *p, const struct card_spec *s,
	const struct pick *k, float aspect)
{
	struct rng look, scene;
	float jitter;

	rng_seed(&look, k->look, 1);
	rng_seed(&scene, k->seed, 2);
	memset(p, 0, sizeof(*p));
	palette_get(&p->pal, s->tone, k->which);
	p->seed = k->seed;
	p->time = k->time;
	p->variant = k->variant;
	p->portrait = aspect < 1.2f;
	p->shrink = by_aspect(aspect, 0.67f, 1);
	p->horizon = 0.565f;
	p->title = s->cover;
	jitter = (float)rng_range(&scene, -0.045, 0.045);
	if (p->title) {
		p->fx = 0.5f;
		p->fy = p->portrait ? 0.56f : 0.50f;
		p->text.x = p->portrait ? 0.11f : 0.17f;
		p->text.w = 1 - 2 * p->text.x;
		p->text.y = 0.115f;
		p->text.h = p->portrait ? 0.30f : 0.275f;
	} else if (p->portrait) {
		p->fx = 0.5f + 2.2f * jitter;
		p->fy = (float)rng_range(&look, 0.54, 0.58);
		p->text.x = 0.105f;
		p->text.w = 0.735f;
		p->text.y = 0.138f;
		p->text.h = k->family->cap > 0 ? 0.20f : 0.285f;
	} else {
		p->fx = (float)rng_range(&look, 0.685, 0.715) + jitter * 0.8f;
		p->fy = (float)rng_range(&look, 0.38, 0.46);
		p->text.x = 0.105f;
		p->text.w = k->family->width > 0 ? k->family->width :
		    0.405f;
		p->text.y = 0.125f;
		p->text.h = 0.495f;
	}
	p->mirror = !p->title && type_is_rtl(s->phrase);
	if (p->mirror) {
		p->fx = 1 - p->fx;
		p->text.x = 1 - p->text.x - p->text.w;
	}
}

static void
frame_of(struct type_frame *f, const struct scene_params *p, int w, int h,
	const struct family *family)
{
	double least = w < h ? w : h;
	float cap = family->cap > 0 ? family->cap : 0.145f;

	f->x = p->text.x * (double)w;
	f->y = p->text.y * (double)h;
	f->w = p->text.w * (double)w;
	f->h = p->text.h * (double)h;
	f->cap = least * (p->title ? (p->portrait ? 0.135f : 0.118f) :
	    p->portrait ? cap * 1.14f : cap);
	f->floor = least * 0.05;
	f->centred = p->title;
	/* Over a horizon words end where the sky turns bright. */
	if (family->anchor <= 0 && !p->title && !p->portrait)
		f->h = 0.36 * (double)h;
	f->anchor = p->title ? 0.35 : p->portrait ? 0.25 : family->anchor;
}

/* The words' own box replaces the room they were given: families thin their
 * detail only where words really are. */
static void
tighten(struct scene_params *p, const struct type_block *b, int w, int h)
{
	if (!b->nr) {
		p->text.w = p->text.h = 0;
		return;
	}
	p->text.x = (float)(b->x0 / w);
	p->text.y = (float)(b->y0 / h);
	p->text.w = (float)((b->x1 - b->x0) / w);
	p->text.h = (float)((b->y1 - b->y0) / h);
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

/* Draw, and draw again from another seed where the words would need so much
 * scrim that the picture is hidden; the best try stays. */
static void
paint(struct canvas *c, struct scene_params *p, const struct pick *k,
	const struct type_block *b, struct setting *set)
{
	struct setting best = { 0, 0, 2 };
	uint64_t best_seed = p->seed;
	struct rng r;
	int i;

	rng_seed(&r, k->seed, 3);
	for (i = 0; i < TRIES; i++) {
		k->family->draw(c, p);
		setting_measure(set, c, b, &p->pal);
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
		k->family->draw(c, p);
		*set = best;
	}
	setting_paint(set, c, b, &p->pal);
}

int
card_draw(const struct card_spec *s, struct picture *out,
	struct card_info *info, struct err *e)
{
	struct font_set *fonts;
	struct scene_params p;
	struct type_voice voice;
	struct type_frame frame;
	struct type_block block;
	struct setting set;
	struct canvas c;
	struct pick k;
	int w, h;

	if (s->width < SIDE_MIN || s->height < SIDE_MIN ||
	    s->width > SIDE_MAX || s->height > SIDE_MAX)
		return err_set(e, EX_BADUSE, "a card of %dx%d cannot be drawn; "
		    "each side is %d to %d pixels", s->width, s->height,
		    SIDE_MIN, SIDE_MAX);
	w = (int)(s->width * CARD_OVERSCAN + 0.5);
	h = (int)(s->height * CARD_OVERSCAN + 0.5);
	pick_make(&k, s);
	compose(&p, s, &k, (float)w / (float)h);
	type_voice(&voice, s->tone, k.family->name, s->language);
	frame_of(&frame, &p, w, h, k.family);
	fonts = font_set_new(e);
	if (!fonts)
		return -1;
	if (type_lay(&block, fonts, s, &voice, &frame, e) < 0) {
		font_set_free(fonts);
		return -1;
	}
	tighten(&p, &block, w, h);
	canvas_init(&c, w, h);
	paint(&c, &p, &k, &block, &set);
	canvas_finish(&c, p.seed, 1, out);
	if (info) {
		memset(info, 0, sizeof(*info));
		report(info, &k, &set, &block, &p);
	}
	canvas_release(&c);
	type_release(&block);
	font_set_free(fonts);
	return 0;
}
