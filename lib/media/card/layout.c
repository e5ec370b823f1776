#include "media/card/layout.h"

#include <string.h>

#include "base/rng.h"
#include "media/card/dmath.h"

/* Interpolate by aspect: a at 9:16, b at 16:9. */
static float
by_aspect(float aspect, float a, float b)
{
	return a + (b - a) * f_clamp((aspect - 0.5625f) / 1.2153f, 0, 1);
}

static void
set_box(struct box *b, float x, float y, float w, float h)
{
	b->x = x;
	b->y = y;
	b->w = w;
	b->h = h;
}

static void
place_title(struct scene_params *p, const struct card_spec *s)
{
	float x = p->portrait ? 0.11f : 0.17f;

	p->fx = 0.5f;
	p->fy = p->portrait ? 0.56f : 0.50f;
	if (s->use == CARD_TITLE && p->portrait)
		set_box(&p->text, x, 0.155f, 1 - 2 * x, 0.25f);
	else
		set_box(&p->text, x, 0.115f, 1 - 2 * x,
		    p->portrait ? 0.30f : 0.275f);
}

/* The platform's own things come to the right half, so the words leave it. */
static void
place_end(struct scene_params *p, float jitter)
{
	if (p->portrait) {
		p->fx = 0.5f;
		p->fy = 0.70f;
		set_box(&p->text, 0.105f, 0.165f, 0.735f, 0.22f);
	} else {
		p->fx = 0.74f + 0.4f * jitter;
		p->fy = 0.44f;
		set_box(&p->text, 0.105f, 0.17f, 0.38f, 0.31f);
	}
}

/* Down to 0.83: lower right the platform writes the film's length. */
static void
place_thumb(struct scene_params *p, float aspect, float jitter)
{
	p->fx = p->portrait ? 0.5f : 0.745f + 0.4f * jitter;
	p->fy = p->portrait ? 0.66f : 0.44f;
	if (aspect < 0.7f)
		set_box(&p->text, 0.08f, 0.155f, 0.76f, 0.33f);
	else if (p->portrait)
		set_box(&p->text, 0.08f, 0.085f, 0.84f, 0.40f);
	else
		set_box(&p->text, 0.055f, 0.09f, 0.48f, 0.74f);
}

static void
place_scene(struct scene_params *p, const struct pick *k, float jitter)
{
	struct rng look;

	rng_seed(&look, k->look, 1);
	if (p->portrait) {
		p->fx = 0.5f + 2.2f * jitter;
		p->fy = (float)rng_range(&look, 0.54, 0.58);
		set_box(&p->text, 0.105f, 0.138f, 0.735f,
		    k->family->cap > 0 ? 0.20f : 0.285f);
	} else {
		p->fx = (float)rng_range(&look, 0.685, 0.715) + jitter * 0.8f;
		p->fy = (float)rng_range(&look, 0.38, 0.46);
		set_box(&p->text, 0.105f, 0.125f, k->family->width > 0 ?
		    k->family->width : 0.405f, 0.495f);
	}
}

/* Words go to the right for scripts that begin there, and on a picture whose
 * subject stands where they would come. */
static int
is_mirrored(const struct scene_params *p, const struct card_spec *s)
{
	int rtl = type_is_rtl(s->phrase);

	if (p->title)
		return 0;
	if (!s->back || p->portrait || s->back_x < 0)
		return rtl;
	return rtl ? s->back_x <= 0.60 : s->back_x < 0.40;
}

void
layout_place(struct scene_params *p, const struct card_spec *s,
	const struct pick *k, float aspect)
{
	struct rng scene;
	float jitter;

	rng_seed(&scene, k->seed, 2);
	memset(p, 0, sizeof(*p));
	palette_get(&p->pal, s->tone, k->which);
	p->seed = k->seed;
	p->time = k->time;
	p->variant = k->variant;
	p->portrait = aspect < 1.2f;
	p->shrink = by_aspect(aspect, 0.67f, 1);
	p->horizon = 0.565f;
	p->title = s->use == CARD_COVER || s->use == CARD_TITLE;
	jitter = (float)rng_range(&scene, -0.045, 0.045);
	if (p->title)
		place_title(p, s);
	else if (s->use == CARD_END)
		place_end(p, jitter);
	else if (s->use == CARD_THUMB)
		place_thumb(p, aspect, jitter);
	else
		place_scene(p, k, jitter);
	p->mirror = is_mirrored(p, s);
	if (p->mirror) {
		p->fx = 1 - p->fx;
		p->text.x = 1 - p->text.x - p->text.w;
	}
}

/* Largest type, fraction of min(w, h). */
static double
cap_of(const struct scene_params *p, const struct card_spec *s,
	const struct family *family)
{
	float cap = family->cap > 0 ? family->cap : 0.145f;

	if (p->title)
		return p->portrait ? 0.135f : 0.118f;
	if (s->use == CARD_END)
		return p->portrait ? 0.115 : 0.112;
	if (s->use == CARD_THUMB)
		return p->portrait ? 0.195 : 0.245;
	return p->portrait ? cap * 1.14f : cap;
}

void
layout_frame(struct type_frame *f, const struct scene_params *p,
	const struct card_spec *s, const int size[2],
	const struct family *family)
{
	double w = size[0], h = size[1], least = w < h ? w : h;

	f->x = p->text.x * w;
	f->y = p->text.y * h;
	f->w = p->text.w * w;
	f->h = p->text.h * h;
	f->cap = least * cap_of(p, s, family);
	f->floor = least * (s->use == CARD_THUMB ? 0.09 : 0.05);
	f->centred = p->title;
	f->plain = s->use == CARD_THUMB;
	/* Over a horizon words end where the sky turns bright. */
	if (family->anchor <= 0 && s->use == CARD_SCENE && !p->portrait)
		f->h = 0.36 * h;
	if (p->title)
		f->anchor = 0.35;
	else if (s->use == CARD_END)
		f->anchor = p->portrait ? 1 : 0.6;
	else if (s->use == CARD_THUMB)
		f->anchor = p->portrait ? 0.3 : 0.45;
	else
		f->anchor = p->portrait ? 0.25 : family->anchor;
}

void
layout_voice(struct type_voice *v, const struct card_spec *s,
	const struct family *family)
{
	static const struct type_voice loud = { "Inter Display", 800, 800,
		-0.030, 0.84 };

	type_voice(v, s->tone, family->name, s->language);
	if (s->use == CARD_THUMB && v->family)
		*v = loud;
}
