#include "render/mix_effect.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "media/highpass.h"
#include "media/loudness.h"
#include "media/sound_reader.h"
#include "media/voice_clip.h"
#include "render/mix_curve.h"

#define FADE_IN (SOUND_RATE / 500)       /* 2 ms: a hit stays a hit */
#define FADE_OUT (SOUND_RATE * 3 / 10)
#define PART 4096
#define SILENT (-70.0)                   /* LUFS */

struct effect {
	const struct film_sound *sound;
	size_t scene;
	int64_t start, end;  /* frames of the film; end: silent by then */
	int64_t played;
	double gain;
	struct sound_reader *reader;
	struct highpass highpass;
};

struct mix_effects {
	struct effect *list; /* by start */
	size_t nr, alloc;
	size_t next;         /* the first that has not begun */
	size_t playing[EFFECTS_AT_ONCE], playing_nr;
	int64_t at;
	float part[2 * PART];
};

static int
by_start(const void *pa, const void *pb)
{
	const struct effect *a = pa, *b = pb;

	if (a->start != b->start)
		return a->start < b->start ? -1 : 1;
	if (a->scene != b->scene)
		return a->scene < b->scene ? -1 : 1;
	return (a->sound > b->sound) - (a->sound < b->sound);
}

static int
add_scene(struct mix_effects *m, const struct film *f,
    const struct timeline *t, size_t i, struct err *e)
{
	const struct film_scene *s = &f->scene[i];
	int64_t begin = timeline_scene_begin(t, i) * t->samples_per_frame;
	int64_t end = i + 1 < t->nr ? timeline_scene_begin(t, i + 1) *
	    t->samples_per_frame : t->samples;
	struct effect *a;
	size_t k;

	for (k = 0; k < s->sound_nr; k++) {
		ALLOC_GROW(m->list, m->nr, m->alloc);
		a = &m->list[m->nr++];
		memset(a, 0, sizeof(*a));
		a->sound = &s->sound[k];
		a->scene = i;
		a->start = begin + llround(a->sound->at * SOUND_RATE);
		a->end = a->sound->through ? t->samples : end;
		if (a->start >= a->end)
			return err_set(e, EX_DATA, "%s: scene %zu lasts %.1f "
			    "s, so its sound at %.1f s is never heard; lower "
			    "at: in its scene.yaml", a->sound->path, i + 1,
			    (double)(end - begin) / SOUND_RATE, a->sound->at);
	}
	return 0;
}

struct mix_effects *
mix_effects_open(const struct film *f, const struct timeline *t,
    struct err *e)
{
	struct mix_effects *m = xcalloc(1, sizeof(*m));
	size_t i;

	for (i = 0; i < t->nr; i++)
		if (add_scene(m, f, t, i, e) < 0) {
			mix_effects_close(m);
			return NULL;
		}
	if (m->nr)
		qsort(m->list, m->nr, sizeof(*m->list), by_start);
	return m;
}

void
mix_effects_close(struct mix_effects *m)
{
	size_t i;

	if (!m)
		return;
	for (i = 0; i < m->nr; i++)
		sound_reader_close(m->list[i].reader);
	free(m->list);
	free(m);
}

/* The factor that levels a file, as the header says. */
static int
measure(struct mix_effects *m, struct effect *a, struct err *e)
{
	struct sound_reader *r = sound_reader_open(a->sound->path, e);
	struct loudness *l;
	struct highpass h = { 0 };
	double lufs, db;
	long n;

	if (!r)
		return -1;
	l = loudness_new(LOUDNESS_MOMENT);
	memset(m->part, 0, sizeof(m->part));
	loudness_pad(l);
	while ((n = sound_reader_read(r, m->part, PART, e)) > 0) {
		highpass_run(&h, m->part, (size_t)n);
		loudness_add(l, m->part, (size_t)n);
	}
	loudness_pad(l);
	lufs = loudness_moment(l);
	loudness_end(l, NULL);
	sound_reader_close(r);
	if (n < 0)
		return -1;
	if (lufs < SILENT)
		return err_set(e, EX_DATA, "%s: nothing is heard in it; give "
		    "another file as the sound of scene %zu, or take it out",
		    a->sound->path, a->scene + 1);
	db = fmin(VOICE_LUFS + VOICE_STEREO - lufs, EFFECT_LIFT) +
	    a->sound->level;
	a->gain = pow(10, db / 20);
	return 0;
}

static int
begin(struct mix_effects *m, size_t i, struct err *e)
{
	struct effect *a = &m->list[i], *b;
	size_t k;

	if (m->playing_nr == EFFECTS_AT_ONCE)
		return err_set(e, EX_DATA, "%s: more than %d sounds would "
		    "play at once at scene %zu; take some out, or let them "
		    "end with their scenes", a->sound->path, EFFECTS_AT_ONCE,
		    a->scene + 1);
	for (k = 0; k < i && !a->gain; k++) {
		b = &m->list[k];
		if (!strcmp(b->sound->path, a->sound->path))
			a->gain = b->gain * pow(10, (a->sound->level -
			    b->sound->level) / 20);
	}
	if (!a->gain && measure(m, a, e) < 0)
		return -1;
	a->reader = sound_reader_open(a->sound->path, e);
	if (!a->reader)
		return -1;
	m->playing[m->playing_nr++] = i;
	return 0;
}

/* Add up to n frames of one; 0 when it is over. */
static int
play(struct mix_effects *m, struct effect *a, float *out, int64_t n,
    struct err *e)
{
	int64_t want = a->end - a->start - a->played, left, i;
	long k;
	double g;

	if (want > n)
		want = n;
	k = sound_reader_read(a->reader, m->part, (size_t)want, e);
	if (k < 0)
		return -1;
	highpass_run(&a->highpass, m->part, (size_t)k);
	for (i = 0; i < k; i++, a->played++) {
		left = a->end - a->start - 1 - a->played;
		g = a->gain * mix_curve((double)(a->played + 1) / FADE_IN) *
		    mix_curve((double)left / FADE_OUT);
		out[2 * i] += (float)(m->part[2 * i] * g);
		out[2 * i + 1] += (float)(m->part[2 * i + 1] * g);
	}
	return k == n && a->played < a->end - a->start;
}

static int
add_part(struct mix_effects *m, float *out, int64_t n, struct err *e)
{
	struct effect *a;
	int64_t off;
	size_t i, kept = 0;
	int more;

	while (m->next < m->nr && m->list[m->next].start < m->at + n)
		if (begin(m, m->next++, e) < 0)
			return -1;
	for (i = 0; i < m->playing_nr; i++) {
		a = &m->list[m->playing[i]];
		off = a->start > m->at ? a->start - m->at : 0;
		more = play(m, a, out + 2 * off, n - off, e);
		if (more < 0)
			return -1;
		if (more) {
			m->playing[kept++] = m->playing[i];
			continue;
		}
		sound_reader_close(a->reader);
		a->reader = NULL;
	}
	m->playing_nr = kept;
	m->at += n;
	return 0;
}

int
mix_effects_add(struct mix_effects *m, float *out, int64_t n, struct err *e)
{
	int64_t done, k;

	for (done = 0; done < n; done += k) {
		k = n - done < PART ? n - done : PART;
		if (add_part(m, out + 2 * done, k, e) < 0)
			return -1;
	}
	return 0;
}
