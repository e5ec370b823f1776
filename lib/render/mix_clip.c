#include "render/mix_clip.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "media/highpass.h"
#include "media/loudness.h"
#include "media/sound_reader.h"
#include "media/voice_clip.h"
#include "render/clip_time.h"
#include "render/mix.h"
#include "render/mix_curve.h"
#include "render/mix_duck.h"

#define PART 4096
#define EDGE (SOUND_RATE / 125) /* 8 ms, where nothing longer fades */
#define SILENT (-60.0)          /* LUFS; such a sound is left as it is */

/* One round of a clip, from its start to its end. */
struct lane {
	struct sound_reader *reader;
	int64_t round, next; /* next: frame of the scene */
	struct highpass highpass;
};

/* The clip of one scene, while it is heard. Frames of sound, from the first
 * in which the scene is seen. */
struct player {
	const struct film_scene *scene;
	int64_t start, shown, in, out; /* start: in the film; its fades */
	int64_t frames, round, seam;   /* as in clip_time.h; round 0: one */
	int64_t from;        /* in the file; negative: silence before it */
	double gain, down;   /* down: factor on top while somebody speaks */
	struct mix_duck duck;
	struct lane lane[2];
};

struct mix_clips {
	const struct film *film;
	const struct timeline *timeline;
	struct player **player; /* of each scene; NULL: not heard now */
	size_t first;           /* scenes before it are over */
	int64_t at;
	float part[2 * PART];
};

int
mix_clips_wanted(const struct film *f)
{
	size_t i;

	for (i = 0; i < f->nr; i++)
		if (f->scene[i].clip.moving &&
		    f->scene[i].clip.sound != CLIP_DROP)
			return 1;
	return 0;
}

struct mix_clips *
mix_clips_open(const struct film *f, const struct timeline *t)
{
	struct mix_clips *m = xcalloc(1, sizeof(*m));

	m->film = f;
	m->timeline = t;
	m->player = xcalloc(t->nr + 1, sizeof(struct player *));
	return m;
}

static void
player_free(struct player *p)
{
	if (!p)
		return;
	sound_reader_close(p->lane[0].reader);
	sound_reader_close(p->lane[1].reader);
	free(p);
}

void
mix_clips_close(struct mix_clips *m)
{
	size_t i;

	if (!m)
		return;
	for (i = 0; i < m->timeline->nr; i++)
		player_free(m->player[i]);
	free(m->player);
	free(m);
}

/* The file from where the shown stretch begins. */
static struct sound_reader *
open_reader(const struct player *p, int64_t skip, struct err *e)
{
	struct sound_reader *r = sound_reader_open(p->scene->image, e);

	skip += p->from;
	if (r && skip > 0 && sound_reader_read(r, NULL, (size_t)skip, e) < 0) {
		sound_reader_close(r);
		return NULL;
	}
	return r;
}

/* Set the gains from how loud the stretch is. */
static int
measure(struct mix_clips *m, struct player *p, struct err *e)
{
	struct sound_reader *r = open_reader(p, 0, e);
	struct loudness *l;
	struct highpass h = { 0 };
	int64_t left = p->frames;
	double lufs;
	long n = 0;

	if (!r)
		return -1;
	l = loudness_new(0);
	while (left > 0 && (n = sound_reader_read(r, m->part,
	    (size_t)(left < PART ? left : PART), e)) > 0) {
		highpass_run(&h, m->part, (size_t)n);
		loudness_add(l, m->part, (size_t)n);
		left -= n;
	}
	lufs = loudness_end(l, NULL);
	sound_reader_close(r);
	p->gain = p->down = 1;
	if (lufs > SILENT)
		p->gain = pow(10, fmin(VOICE_LUFS - lufs, CLIP_LIFT) / 20);
	if (p->scene->clip.sound == CLIP_DUCK) {
		p->gain *= pow(10, (CLIP_FREE_DB - MIX_MUSIC_LEVEL) / 20);
		p->down = pow(10, -CLIP_FREE_DB / 20);
	}
	return n < 0 ? -1 : 0;
}

static struct player *
player_new(struct mix_clips *m, size_t i, struct err *e)
{
	const struct timeline_scene *t = &m->timeline->scene[i];
	int64_t each = m->timeline->samples_per_frame;
	struct player *p = xcalloc(1, sizeof(*p));
	struct clip_plan plan;

	p->scene = &m->film->scene[i];
	clip_plan_make(&plan, p->scene, m->timeline, i);
	p->start = (t->start + plan.skip) * each;
	p->shown = plan.shown * each;
	p->in = t->cut_in || !i ? EDGE : t->fade_in * each;
	p->out = t->fade_out && !t->cut_out ? t->fade_out * each : EDGE;
	if (t->cut_out)
		p->shown -= (t->fade_out - t->fade_out / 2) * each;
	p->frames = plan.frames * each;
	p->round = plan.round * each;
	p->seam = plan.seam * each;
	p->from = llround((p->scene->clip.from - p->scene->clip.sound_at) *
	    SOUND_RATE);
	p->duck.timeline = m->timeline;
	if (measure(m, p, e) < 0) {
		player_free(p);
		return NULL;
	}
	return p;
}

/* The gain of frame k of the scene, u of its round. */
static double
gain_at(struct player *p, int64_t k, int64_t round, int64_t u)
{
	double g = p->gain * mix_curve((double)(k + 1) / p->in) *
	    mix_curve((double)(p->shown - 1 - k) / p->out);
	int64_t left = p->frames - 1 - u;

	if (p->seam && round && u < p->seam)
		g *= sin(M_PI / 2 * (double)u / (double)p->seam);
	else if (round)
		g *= mix_curve((double)u / EDGE);
	if (p->seam && left < p->seam)
		g *= sin(M_PI / 2 * (double)left / (double)p->seam);
	else
		g *= mix_curve((double)left / EDGE);
	if (p->down < 1)
		g *= 1 - (1 - p->down) * mix_duck_at(&p->duck, p->start + k);
	return g;
}

/* Add what round number `round` has in the n frames from k on. */
static int
add_round(struct mix_clips *m, struct player *p, int64_t round, int64_t k,
    int64_t n, float *out, struct err *e)
{
	struct lane *l = &p->lane[round & 1];
	int64_t begin = round * p->round, end = begin + p->frames, i;
	int64_t late = p->from < 0 ? -p->from : 0;
	long got;

	if (k < begin + late) {
		n -= begin + late - k;
		out += 2 * (begin + late - k);
		k = begin + late;
	}
	if (n > end - k)
		n = end - k;
	if (n <= 0)
		return 0;
	if (!l->reader || l->round != round || l->next != k) {
		sound_reader_close(l->reader);
		memset(l, 0, sizeof(*l));
		l->reader = open_reader(p, k - begin, e);
		if (!l->reader)
			return -1;
		l->round = round;
	}
	got = sound_reader_read(l->reader, m->part, (size_t)n, e);
	if (got < 0)
		return -1;
	highpass_run(&l->highpass, m->part, (size_t)got);
	for (i = 0; i < got; i++) {
		double g = gain_at(p, k + i, round, k + i - begin);

		out[2 * i] += (float)(m->part[2 * i] * g);
		out[2 * i + 1] += (float)(m->part[2 * i + 1] * g);
	}
	l->next = k + n;
	return 0;
}

/* Add n frames, PART at most, of one scene from frame k of it on. */
static int
add_scene(struct mix_clips *m, struct player *p, int64_t k, int64_t n,
    float *out, struct err *e)
{
	int64_t round, last;

	if (!p->round)
		return add_round(m, p, 0, k, n, out, e);
	round = k / p->round;
	last = (k + n - 1) / p->round;
	if (round && k - round * p->round < p->seam)
		round--;
	for (; round <= last; round++)
		if (add_round(m, p, round, k, n, out, e) < 0)
			return -1;
	return 0;
}

static int
add_part(struct mix_clips *m, float *out, int64_t n, struct err *e)
{
	const struct timeline *t = m->timeline;
	int64_t each = t->samples_per_frame, k, off, many;
	size_t i;

	for (i = m->first; i < t->nr && t->scene[i].start * each < m->at + n;
	    i++) {
		const struct film_scene *s = &m->film->scene[i];
		struct player *p;

		if (t->scene[i].end * each <= m->at) {
			player_free(m->player[i]);
			m->player[i] = NULL;
			if (i == m->first)
				m->first++;
			continue;
		}
		if (!s->clip.moving || s->clip.sound == CLIP_DROP)
			continue;
		if (!m->player[i] && !(m->player[i] = player_new(m, i, e)))
			return -1;
		p = m->player[i];
		k = m->at - p->start;
		off = k < 0 ? -k : 0;
		many = n - off < p->shown - k - off ? n - off :
		    p->shown - k - off;
		if (many > 0 && add_scene(m, p, k + off, many, out + 2 * off,
		    e) < 0)
			return -1;
	}
	m->at += n;
	return 0;
}

int
mix_clips_add(struct mix_clips *m, float *out, int64_t n, struct err *e)
{
	int64_t done, k;

	for (done = 0; done < n; done += k) {
		k = n - done < PART ? n - done : PART;
		if (add_part(m, out + 2 * done, k, e) < 0)
			return -1;
	}
	return 0;
}

void
mix_clip_key(struct request *q, const struct film_scene *s,
    const struct timeline *t, size_t i)
{
	const struct timeline_scene *ts = &t->scene[i];
	struct strbuf value = STRBUF_INIT;
	struct clip_plan plan;
	char key[40];

	if (!s->clip.moving || s->clip.sound == CLIP_DROP)
		return;
	clip_plan_make(&plan, s, t, i);
	snprintf(key, sizeof(key), "clip.%06zu.sha256", i);
	request_add(q, key, s->image_sha256);
	clip_key(&plan, 0, &value);
	strbuf_addf(&value, ", %s, %.9g s late, %lld to %lld, fades %lld%s "
	    "%lld%s", s->clip.sound == CLIP_KEEP ? "kept" : "ducked",
	    s->clip.sound_at, (long long)ts->start, (long long)ts->end,
	    (long long)ts->fade_in, ts->cut_in ? " cut" : "",
	    (long long)ts->fade_out, ts->cut_out ? " cut" : "");
	snprintf(key, sizeof(key), "clip.%06zu.place", i);
	request_add(q, key, value.buf);
	strbuf_release(&value);
}
