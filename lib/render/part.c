#include "render/part.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "media/versions.h"
#include "render/caption_layer.h"
#include "render/clip_time.h"
#include "render/over.h"
#include "store/request.h"

/* Raise when the same inputs come to other pictures. */
#define PART_VERSION 7

static const struct {
	const char *preset;
	int crf;
} quality[] = {
	[QUALITY_DRAFT] = { "superfast", 22 },
	[QUALITY_STANDARD] = { "veryfast", 20 },
	[QUALITY_HIGH] = { "medium", 18 }
};

static void
choose_settings(struct encode_settings *s, const struct film *f,
    const struct timeline *t)
{
	const struct preset *p = t->preset;

	s->w = t->width;
	s->h = t->height;
	s->fps = t->fps;
	s->preset = quality[f->quality].preset;
	s->crf = quality[f->quality].crf;
	if (f->quality == QUALITY_HIGH && p->crf < s->crf)
		s->crf = p->crf;
	s->maxrate = p->maxrate;
	s->bufsize = p->bufsize;
	s->keyint = t->fps * p->keyint_half / 2;
	s->level = p->level;
}

static void
shot_init(struct shot *s, const struct film *f, const struct timeline *t,
    size_t scene, int64_t at)
{
	const struct timeline_scene *ts = &t->scene[scene];
	const struct film_scene *fs = &f->scene[scene];

	s->scene = scene;
	s->first = at - ts->voice;
	motion_choose(&s->motion, fs, t, ts->voice_frames, fs->image_w,
	    fs->image_h);
}

static struct part *
add(struct part_list *l, size_t scene, int64_t at, int64_t frames)
{
	struct part *p;

	ALLOC_GROW(l->part, l->nr, l->alloc);
	p = &l->part[l->nr++];
	memset(p, 0, sizeof(*p));
	p->scene = scene;
	p->at = at;
	p->frames = (int)frames;
	return p;
}

/* What shows one scene alone, in chunks that depend on its length only. */
static void
add_body(struct part_list *l, const struct film *f, const struct timeline *t,
    size_t scene, int64_t at, int64_t frames)
{
	struct part *p;
	int64_t n;

	while (frames > 0) {
		n = PART_FRAMES;
		if (frames <= PART_FRAMES + PART_FRAMES / 3)
			n = frames;
		else if (frames < PART_FRAMES + PART_FRAMES * 2 / 3)
			n = frames / 2;
		p = add(l, scene, at, n);
		shot_init(&p->a, f, t, scene, at);
		at += n;
		frames -= n;
	}
}

static void
add_scene(struct part_list *l, const struct film *f, const struct timeline *t,
    size_t i)
{
	const struct timeline_scene *s = &t->scene[i];
	struct part *p;

	if (i) {
		p = add(l, i, s->start, s->fade_in);
		p->transition = 1;
		p->cut = s->cut_in;
		p->kind = f->scene[i].transition;
		p->cross = (int)s->cross;
		p->lead = (p->frames - p->cross) / 2;
		shot_init(&p->a, f, t, i - 1, s->start);
		shot_init(&p->b, f, t, i, s->start);
	} else {
		add_body(l, f, t, i, 0, t->head);
	}
	add_body(l, f, t, i, s->body, s->body_frames);
	if (i + 1 == t->nr)
		add_body(l, f, t, i, s->body + s->body_frames, t->tail);
}

static void
add_window(struct request *q, const char *side, const char *name,
    const struct window *w)
{
	char key[32], value[128];

	snprintf(key, sizeof(key), "%s.%s", side, name);
	snprintf(value, sizeof(value), "%.17g %.17g %.17g %.17g", w->x, w->y,
	    w->w, w->h);
	request_add(q, key, value);
}

/* Which frames of a moving picture are seen. */
static void
add_clip(struct request *q, const char *side, const struct shot *s,
    const struct film *f, const struct timeline *t)
{
	struct strbuf value = STRBUF_INIT;
	struct clip_plan plan;
	char key[32];

	if (!f->scene[s->scene].clip.moving)
		return;
	clip_plan_make(&plan, &f->scene[s->scene], t, s->scene);
	clip_key(&plan, clip_frame(&plan, &t->scene[s->scene], s->first),
	    &value);
	snprintf(key, sizeof(key), "%s.clip", side);
	request_add(q, key, value.buf);
	strbuf_release(&value);
}

static void
add_shot(struct request *q, const char *side, const struct shot *s,
    const struct film *f, const struct timeline *t)
{
	struct strbuf logo = STRBUF_INIT;
	char key[32], value[128];

	snprintf(key, sizeof(key), "%s.picture", side);
	request_add(q, key, f->scene[s->scene].image_sha256);
	add_clip(q, side, s, f, t);
	add_window(q, side, "from", &s->motion.from);
	add_window(q, side, "to", &s->motion.to);
	snprintf(key, sizeof(key), "%s.time", side);
	snprintf(value, sizeof(value), "%lld %lld %lld",
	    (long long)s->first, (long long)s->motion.first,
	    (long long)s->motion.length);
	request_add(q, key, value);
	if (s->motion.easing != EASING_SMOOTH) {
		snprintf(key, sizeof(key), "%s.easing", side);
		request_add_num(q, key, s->motion.easing);
	}
	if (over_has_logo(f, s->scene)) {
		over_logo_key(f, t, &logo);
		snprintf(key, sizeof(key), "%s.logo", side);
		request_add(q, key, logo.buf);
	}
	strbuf_release(&logo);
}

/* None lie in a transition: other words leave it as it is. */
static int
add_captions(struct request *q, const struct part *p, const struct film *f,
    const struct timeline *t, struct err *e)
{
	struct strbuf words = STRBUF_INIT;
	int ret = p->transition ? 0 : caption_key(f, t, p->scene, &words, e);

	if (ret == 0)
		request_add_bytes(q, "captions", words.buf, words.len);
	strbuf_release(&words);
	return ret;
}

static int
set_key(struct part *p, const struct encode_settings *s, const struct film *f,
    const struct timeline *t, struct err *e)
{
	struct request *q = request_new("part", PART_VERSION);
	char value[160];
	int ret;

	snprintf(value, sizeof(value), "%dx%d %d fps, %s, crf %d, %d/%d "
	    "kbit, key %d, level %d", s->w, s->h, s->fps, s->preset, s->crf,
	    s->maxrate, s->bufsize, s->keyint, s->level);
	request_add(q, "encoder", value);
	/* Parts of two versions of the library must not meet in one film. */
	request_add(q, "library", encoding_version());
	request_add(q, "kind", !p->transition ? "body" :
	    transition_name(p->kind));
	if (p->transition && p->cross != p->frames)
		request_add_num(q, "cross", p->cross);
	if (p->transition && p->kind == TRANSITION_DIP)
		request_add(q, "tone", f->tone ? f->tone : "");
	request_add_num(q, "frames", p->frames);
	add_shot(q, "a", &p->a, f, t);
	if (p->transition)
		add_shot(q, "b", &p->b, f, t);
	ret = add_captions(q, p, f, t, e);
	if (f->bar.on) {
		/* the one thing that knows where in the film it stands */
		snprintf(value, sizeof(value), "%d %.6g %06x, %lld of %lld",
		    f->bar.top, f->bar.height, f->bar.color,
		    (long long)p->at, (long long)t->frames);
		request_add(q, "bar", value);
	}
	request_seal(q);
	memcpy(p->key, q->digest, sizeof(p->key));
	request_free(q);
	return ret;
}

static int
has_picture(const struct film *f, size_t i, struct err *e)
{
	const struct film_scene *s = &f->scene[i];

	if (s->image && s->image_sha256 && s->image_w > 0 && s->image_h > 0)
		return 1;
	err_set(e, EX_DATA, "scene %zu: it has no picture yet; studio image "
	    "%zu", i + 1 - f->before, i + 1 - f->before);
	return 0;
}

int
part_list_make(struct part_list *l, const struct film *f,
    const struct timeline *t, const size_t *scene, size_t nr, struct err *e)
{
	size_t i, k, n = scene ? nr : f->nr;

	memset(l, 0, sizeof(*l));
	choose_settings(&l->settings, f, t);
	for (i = 0; i < n; i++) {
		k = scene ? scene[i] : i;
		if (!has_picture(f, k, e) ||
		    (k && !has_picture(f, k - 1, e))) {
			part_list_release(l);
			return -1;
		}
		add_scene(l, f, t, k);
	}
	for (i = 0; i < l->nr; i++)
		if (set_key(&l->part[i], &l->settings, f, t, e) < 0) {
			part_list_release(l);
			return -1;
		}
	return 0;
}

void
part_list_release(struct part_list *l)
{
	free(l->part);
	memset(l, 0, sizeof(*l));
}

char *
part_path(const struct part *p, const char *dir)
{
	return xasprintf("%s/%s.part", dir, p->key);
}
