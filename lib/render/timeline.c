#include "render/timeline.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "render/clip_time.h"

#define WORDLESS_SECONDS 4.0 /* a scene without words or duration */
#define SCENE_SECONDS_MAX 3600.0

static int64_t
ms_frames(int ms, int fps)
{
	return (ms * (int64_t)fps + 500) / 1000;
}

static int
resolve(struct timeline *t, const struct film *f, struct err *e)
{
	const struct preset *p = preset_find(f->preset, e);

	if (!p)
		return -1;
	if (!f->nr)
		return err_set(e, EX_DATA, "video %s: it has no scenes; "
		    "write a script and split it first", f->name);
	t->preset = p;
	t->width = f->width ? f->width : p->width;
	t->height = f->height ? f->height : p->height;
	t->fps = f->fps ? f->fps : p->fps;
	if (t->width < 64 || t->height < 64 || t->width > 4096 ||
	    t->height > 4096 || t->width % 2 || t->height % 2)
		return err_set(e, EX_CONF, "video %s: a frame of %dx%d cannot "
		    "be made; both sides must be even, 64 to 4096", f->name,
		    t->width, t->height);
	if (t->fps < 1 || t->fps > p->fps_max || SOUND_RATE % t->fps)
		return err_set(e, EX_CONF, "video %s: %d frames a second is "
		    "not possible with preset %s; use 24, 25, 30 or at most "
		    "%d", f->name, t->fps, p->name, p->fps_max);
	t->samples_per_frame = SOUND_RATE / t->fps;
	t->fade = f->transition_seconds > 0 ?
	    llround(f->transition_seconds * t->fps) :
	    ms_frames(p->fade_ms, t->fps);
	if (t->fade < 2)
		t->fade = 2;
	t->head = ms_frames(p->head_ms, t->fps);
	t->tail = ms_frames(p->tail_ms, t->fps);
	t->before = ms_frames(p->gap_ms, t->fps) - t->fade;
	if (t->before < 0)
		t->before = 0;
	t->after = t->before / 2;
	t->before -= t->after;
	t->head -= t->before;
	t->tail -= t->after;
	return 0;
}

/* Length of the voice, or of a scene without words, in frames. */
static int
measure(const struct timeline *t, struct timeline_scene *s,
    const struct film *f, size_t index, struct err *e)
{
	const struct film_scene *in = &f->scene[index];
	double want = in->seconds;
	int64_t frames;

	if (!(in->audio_seconds >= 0) || in->audio_seconds > SCENE_SECONDS_MAX
	    || !(want >= 0) || want > SCENE_SECONDS_MAX)
		return err_set(e, EX_DATA, "scene %zu: its length is outside "
		    "0 to %.0f s; mend duration in its scene.yaml", index + 1 -
		    f->before, SCENE_SECONDS_MAX);
	if (in->audio)
		s->voice_samples = llround(in->audio_seconds * SOUND_RATE);
	s->voice_frames = (s->voice_samples + t->samples_per_frame - 1) /
	    t->samples_per_frame;
	if (!s->voice_frames && want == 0 && in->clip.moving) {
		/* as long as its clip, which runs through the transitions */
		s->voice_frames = clip_frames(&in->clip, t->fps) -
		    clip_lead(f, t, index) - clip_trail(f, t, index);
		if (s->voice_frames < 1)
			s->voice_frames = 1;
		return 0;
	}
	if (!s->voice_frames && want == 0)
		want = WORDLESS_SECONDS;
	/* A wanted length counts half of the transition on either side, of
	 * which a card has one side. */
	frames = llround(want * t->fps) - t->before - t->after;
	if (in->card == FILM_SCENE)
		frames -= t->fade;
	else
		frames -= t->fade / 2 + (in->card == FILM_TITLE ? t->head :
		    t->tail);
	if (frames > s->voice_frames)
		s->voice_frames = frames;
	if (s->voice_frames < 1)
		s->voice_frames = 1;
	return 0;
}

/* How much of the stretch between two scenes the transition takes. */
static int
cross(const struct timeline *t, struct timeline_scene *s,
    const struct film *f, size_t index, struct err *e)
{
	const struct film_scene *in = &f->scene[index];

	s->cross = t->fade;
	if (in->transition_seconds <= 0 || in->transition == TRANSITION_CUT)
		return 0;
	s->cross = llround(in->transition_seconds * t->fps);
	if (s->cross < 2)
		s->cross = 2;
	if (s->cross > t->fade)
		return err_set(e, EX_DATA, "scene %zu: transitionSeconds %g "
		    "is longer than the film's %.2g s; say it in "
		    "project.yaml, which makes every pause long enough, or "
		    "make it shorter in its scene.yaml", index + 1 - f->before,
		    in->transition_seconds, timeline_seconds(t, t->fade));
	return 0;
}

static void
place(struct timeline *t, const struct film *f, size_t i, int64_t *at)
{
	struct timeline_scene *s = &t->scene[i];

	s->start = *at;
	if (i) {
		s->fade_in = t->fade;
		s->cut_in = f->scene[i].transition == TRANSITION_CUT;
		*at += t->fade;
	} else {
		*at += t->head;
	}
	s->body = *at;
	s->voice = s->body + t->before;
	s->voice_at = s->voice * t->samples_per_frame;
	s->body_frames = t->before + s->voice_frames + t->after;
	*at += s->body_frames;
	if (i + 1 < t->nr) {
		s->fade_out = t->fade;
		s->cut_out = f->scene[i + 1].transition == TRANSITION_CUT;
		s->end = *at + t->fade;
	} else {
		*at += t->tail;
		s->end = *at;
	}
}

int
timeline_make(struct timeline *t, const struct film *f, struct err *e)
{
	int64_t at = 0;
	size_t i;

	memset(t, 0, sizeof(*t));
	if (resolve(t, f, e) < 0)
		return -1;
	t->nr = f->nr;
	t->scene = xcalloc(t->nr, sizeof(*t->scene));
	for (i = 0; i < t->nr; i++) {
		if (measure(t, &t->scene[i], f, i, e) < 0 ||
		    (i && cross(t, &t->scene[i], f, i, e) < 0)) {
			timeline_release(t);
			return -1;
		}
		place(t, f, i, &at);
	}
	t->frames = at;
	t->samples = at * t->samples_per_frame;
	if (at < (int64_t)t->preset->seconds_min * t->fps ||
	    at > (int64_t)t->preset->seconds_max * t->fps) {
		err_set(e, EX_DATA, "video %s: %.1f s is outside what preset "
		    "%s takes (%d to %d s); choose fewer scenes or another "
		    "preset", f->name, timeline_seconds(t, at),
		    t->preset->name, t->preset->seconds_min,
		    t->preset->seconds_max);
		timeline_release(t);
		return -1;
	}
	return 0;
}

void
timeline_release(struct timeline *t)
{
	free(t->scene);
	t->scene = NULL;
	t->nr = 0;
}

double
timeline_seconds(const struct timeline *t, int64_t frame)
{
	return (double)frame / t->fps;
}

int64_t
timeline_scene_begin(const struct timeline *t, size_t i)
{
	const struct timeline_scene *s = &t->scene[i];

	return i ? s->start + s->fade_in / 2 : 0;
}
