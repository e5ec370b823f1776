#include "render/compose.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "media/sampler.h"
#include "render/caption_layer.h"
#include "render/clips.h"
#include "render/over.h"

/* A scene as this thread draws it; kept from part to part. */
struct stage {
	int set;
	size_t scene;
	const struct still *still;
	struct moving *moving; /* instead of the still */
	struct caption_layer *captions;
};

struct composer {
	const struct film *film;
	const struct timeline *timeline;
	struct stills *stills;
	struct sampler *sampler;
	int has_logo;         /* it was asked for; logo may be NULL */
	struct overlay *logo;
	struct yuv *second; /* the other picture of a transition */
	uint8_t dark[3];    /* what a dip goes through */
	struct stage stage[2];
};

struct composer *
composer_new(const struct film *f, const struct timeline *t, struct stills *s)
{
	struct composer *c = xcalloc(1, sizeof(*c));

	c->film = f;
	c->timeline = t;
	c->stills = s;
	c->sampler = sampler_new(t->width, t->height, SAMPLER_BEST);
	c->second = yuv_new(t->width, t->height);
	transition_dark(f->tone, c->dark);
	return c;
}

static void
stage_clear(struct composer *c, struct stage *g)
{
	if (!g->set)
		return;
	stills_done(c->stills, g->still);
	moving_free(g->moving);
	caption_layer_free(g->captions);
	memset(g, 0, sizeof(*g));
}

void
composer_free(struct composer *c)
{
	if (!c)
		return;
	stage_clear(c, &c->stage[0]);
	stage_clear(c, &c->stage[1]);
	overlay_free(c->logo);
	sampler_free(c->sampler);
	yuv_free(c->second);
	free(c);
}

/* The stage of a scene: one of the two, the other being kept for `beside`. */
static struct stage *
stage_for(struct composer *c, size_t scene, size_t beside, struct err *e)
{
	struct stage *g;
	int i;

	for (i = 0; i < 2; i++)
		if (c->stage[i].set && c->stage[i].scene == scene)
			return &c->stage[i];
	g = &c->stage[0];
	if (g->set && g->scene == beside)
		g = &c->stage[1];
	stage_clear(c, g);
	if (c->film->scene[scene].clip.moving)
		g->moving = moving_new(stills_clips(c->stills), c->film,
		    c->timeline, scene, e);
	else
		g->still = stills_get(c->stills, &c->film->scene[scene], e);
	if (!g->still && !g->moving)
		return NULL;
	g->set = 1;
	g->scene = scene;
	if (caption_wanted(c->film) && caption_layer_new(&g->captions,
	    c->film, c->timeline, scene, e) < 0) {
		g->captions = NULL;
		stage_clear(c, g);
		return NULL;
	}
	return g;
}

static int
load_logo(struct composer *c, struct err *e)
{
	if (c->has_logo)
		return 0;
	if (over_logo(&c->logo, c->film, c->timeline, e) < 0)
		return -1;
	c->has_logo = 1;
	return 0;
}

/* One of a part's two shots, moved by dx, dy pixels of the frame. */
struct moved_shot {
	const struct shot *shot;
	double dx, dy;
};

/* The frame from which a part's first shot is no more seen. */
static int
first_ends(const struct part *p)
{
	if (!p->transition)
		return p->frames;
	return p->lead + (p->kind == TRANSITION_CUT ||
	    p->kind == TRANSITION_DIP ? p->cross / 2 : p->cross);
}

/* Frame n of part p, of which m is one of the two shots. The logo stays where
 * it is, whatever its picture does. */
static int
draw_shot(struct composer *c, const struct part *p, const struct moved_shot *m,
    int n, struct yuv *out, struct err *e)
{
	const struct shot *s = m->shot;
	size_t beside = s == &p->a && p->transition ? p->b.scene : p->a.scene;
	int end = s == &p->a ? first_ends(p) : p->frames;
	struct stage *g = stage_for(c, s->scene, beside, e);
	struct window w = motion_at(&s->motion, s->first + n);
	const struct caption_state *state;

	if (!g || load_logo(c, e) < 0)
		return -1;
	w.x -= m->dx * w.w / c->timeline->width;
	w.y -= m->dy * w.h / c->timeline->height;
	if (g->moving && moving_draw(g->moving, c->sampler, s->first + n,
	    end - n, &w, out, e) < 0)
		return -1;
	if (g->still)
		sampler_draw(c->sampler, g->still->yuv,
		    w.x * g->still->scale_x, w.y * g->still->scale_y,
		    w.w * g->still->scale_x, w.h * g->still->scale_y, out);
	if (c->logo && over_has_logo(c->film, s->scene))
		overlay_blend(c->logo, out->plane, out->stride);
	if (!g->captions || p->transition) /* as part.c's key has it */
		return 0;
	state = caption_layer_at(g->captions, (long)(p->at + n -
	    c->timeline->scene[s->scene].start));
	if (state)
		caption_blend(state, out->plane, out->stride);
	return 0;
}

/* The other frame, all dark. */
static void
darken(struct composer *c)
{
	const struct yuv *v = c->second;
	int i;

	for (i = 0; i < 3; i++)
		memset(v->plane[i], c->dark[i], (size_t)v->stride[i] *
		    (size_t)(i ? (v->h + 1) / 2 : v->h) - 2 * YUV_PAD);
}

static int
draw_pictures(struct composer *c, const struct part *p, int n,
    struct yuv *out, struct err *e)
{
	struct transition_step s = { .how = STEP_A };
	struct moved_shot a = { &p->a, 0, 0 }, b = { &p->b, 0, 0 };
	int first;

	if (p->transition)
		transition_step(&s, p->kind, n - p->lead, p->cross, out);
	a.dx = s.a_x;
	a.dy = s.a_y;
	b.dx = s.b_x;
	b.dy = s.b_y;
	first = s.how != STEP_B && s.how != STEP_DARK_B;
	if (draw_shot(c, p, first ? &a : &b, n, out, e) < 0)
		return -1;
	if (s.how == STEP_A || s.how == STEP_B)
		return 0;
	if (s.how == STEP_DARK_A || s.how == STEP_DARK_B)
		darken(c);
	else if (draw_shot(c, p, &b, n, c->second, e) < 0)
		return -1;
	if (s.how == STEP_EDGE)
		blend_across(out, c->second, &s.edge, out, BLEND_BEST);
	else
		blend_even(out, c->second, s.weight, out, BLEND_BEST);
	return 0;
}

int
compose_frame(struct composer *c, const struct part *p, int n,
    struct yuv *out, struct err *e)
{
	if (draw_pictures(c, p, n, out, e) < 0)
		return -1;
	over_bar(c->film, c->timeline, p->at + n, out);
	return 0;
}

int
compose_part(struct composer *c, const struct part *p,
    const struct encode_settings *s, struct encoded *r, struct err *e)
{
	struct encoder *enc = encoder_open(s, e);
	struct yuv *frame;
	int n, ret = enc ? 0 : -1;

	for (n = 0; ret == 0 && n < p->frames; n++) {
		int key = n == 0 || (p->cut && n == p->frames / 2);

		frame = encoder_frame(enc, e);
		ret = frame ? compose_frame(c, p, n, frame, e) : -1;
		if (ret == 0)
			ret = encoder_push(enc, key, r, e);
	}
	if (ret == 0)
		ret = encoder_finish(enc, r, e);
	encoder_close(enc);
	if (ret < 0)
		encoded_release(r);
	return ret;
}
