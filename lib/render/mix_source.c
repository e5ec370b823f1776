#include "render/mix_source.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "media/sound_reader.h"
#include "render/mix.h"

#define CLIP_FADE (SOUND_RATE / 125)     /* 8 ms at both ends of a voice */
#define DUCK_DOWN (SOUND_RATE / 5)       /* 200 ms before speech */
#define DUCK_UP (SOUND_RATE / 2)         /* 500 ms after it */
#define DUCK_KEEP SOUND_RATE             /* shorter gaps stay down */
#define FADE_IN (SOUND_RATE * 3 / 2)
#define FADE_OUT (SOUND_RATE * 2)
#define LOOP_FADE (SOUND_RATE * 3 / 2)
#define SHORT_CLIP (SOUND_RATE / 5)      /* so much may a clip lack */

struct mix_source {
	const struct film *film;
	const struct timeline *timeline;
	struct mix_music music;
	int parts;
	int64_t at;          /* next frame of the film */
	size_t scene;        /* whose voice comes or plays */
	int64_t played;      /* frames of it */
	struct sound_reader *voice;
	/* Music: the file playing, the next round of it while both sound, and
	 * the place in the round. */
	struct sound_reader *round, *next;
	int64_t place;
	size_t duck;         /* scene up to which speech is past */
	float a[2 * MIX_BLOCK], b[2 * MIX_BLOCK];
};

struct mix_source *
mix_source_open(const struct film *f, const struct timeline *t,
    const struct mix_music *m, int parts)
{
	struct mix_source *s = xcalloc(1, sizeof(*s));

	s->film = f;
	s->timeline = t;
	s->parts = parts;
	if (m)
		s->music = *m;
	return s;
}

void
mix_source_close(struct mix_source *s)
{
	if (!s)
		return;
	sound_reader_close(s->voice);
	sound_reader_close(s->round);
	sound_reader_close(s->next);
	free(s);
}

/* 0 at 0, 1 at 1, level at both ends. */
static double
cosine(double x)
{
	return x <= 0 ? 0 : x >= 1 ? 1 : 0.5 - 0.5 * cos(M_PI * x);
}

/* Open the scene's clip where its voice begins. */
static int
open_voice(struct mix_source *s, struct err *e)
{
	const struct film_scene *f = &s->film->scene[s->scene];
	int64_t skip = llround(f->audio_start * SOUND_RATE);
	long k;

	s->voice = sound_reader_open(f->audio, e);
	if (!s->voice)
		return -1;
	while (skip > 0) {
		k = sound_reader_read(s->voice, s->a,
		    (size_t)(skip < MIX_BLOCK ? skip : MIX_BLOCK), e);
		if (k < 0)
			return -1;
		if (!k)
			break;
		skip -= k;
	}
	s->played = 0;
	return 0;
}

/* Add n frames of the voice to out. */
static int
play_voice(struct mix_source *s, float *out, int64_t n, struct err *e)
{
	const struct film_scene *f = &s->film->scene[s->scene];
	int64_t total = s->timeline->scene[s->scene].voice_samples, left;
	double g, gain = f->audio_gain > 0 ? f->audio_gain : 1;
	long k, i;

	k = sound_reader_read(s->voice, s->a, (size_t)n, e);
	if (k < 0)
		return -1;
	if (k < n && total - s->played - k > SHORT_CLIP)
		return err_set(e, EX_DATA, "%s: it ends after %.1f s of the "
		    "%.1f s in its record; run tts --again for scene %zu",
		    f->audio, (double)(s->played + k) / SOUND_RATE,
		    (double)total / SOUND_RATE, s->scene + 1);
	for (i = 0; i < k; i++, s->played++) {
		left = total - 1 - s->played;
		g = gain;
		if (s->played < CLIP_FADE)
			g *= cosine((double)s->played / CLIP_FADE);
		if (left < CLIP_FADE)
			g *= cosine((double)left / CLIP_FADE);
		out[2 * i] += (float)(s->a[2 * i] * g);
		out[2 * i + 1] += (float)(s->a[2 * i + 1] * g);
	}
	s->played += n - k;
	return 0;
}

static int
add_voices(struct mix_source *s, float *out, int64_t n, struct err *e)
{
	const struct timeline_scene *t;
	int64_t at = 0, k;

	while (at < n && s->scene < s->timeline->nr) {
		t = &s->timeline->scene[s->scene];
		if (!t->voice_samples) {
			s->scene++;
			continue;
		}
		if (s->at + at < t->voice_at)
			at = t->voice_at - s->at;
		if (at >= n)
			break;
		if (!s->voice && open_voice(s, e) < 0)
			return -1;
		k = t->voice_samples - s->played;
		if (k > n - at)
			k = n - at;
		if (play_voice(s, out + 2 * at, k, e) < 0)
			return -1;
		at += k;
		if (s->played >= t->voice_samples) {
			sound_reader_close(s->voice);
			s->voice = NULL;
			s->scene++;
		}
	}
	return 0;
}

/* Read exactly n frames, silence after the end. */
static int
read_full(struct sound_reader *r, float *out, int64_t n, struct err *e)
{
	long k = sound_reader_read(r, out, (size_t)n, e);

	if (k < 0)
		return -1;
	memset(out + 2 * k, 0, (size_t)(n - k) * 2 * sizeof(*out));
	return 0;
}

/* The last stretch of a round, with the start of the next beneath. */
static int
cross(struct mix_source *s, float *out, int64_t n, struct err *e)
{
	double x;
	int64_t i;

	if (!s->next)
		s->next = sound_reader_open(s->film->music.path, e);
	if (!s->next || read_full(s->next, s->b, n, e) < 0)
		return -1;
	for (i = 0; i < n; i++) {
		x = (double)(s->place + i - (s->music.frames - LOOP_FADE)) /
		    LOOP_FADE * M_PI / 2;
		out[2 * i] = (float)(out[2 * i] * cos(x) +
		    s->b[2 * i] * sin(x));
		out[2 * i + 1] = (float)(out[2 * i + 1] * cos(x) +
		    s->b[2 * i + 1] * sin(x));
	}
	return 0;
}

/* The next n frames of the endless music. */
static int
play_music(struct mix_source *s, float *out, int64_t n, struct err *e)
{
	int64_t done = 0, k, seam = s->music.frames - LOOP_FADE;

	if (!s->round)
		s->round = sound_reader_open(s->film->music.path, e);
	if (!s->round)
		return -1;
	while (done < n) {
		k = n - done;
		if (s->music.frames >= 0 && s->place < seam)
			k = k < seam - s->place ? k : seam - s->place;
		else if (s->music.frames >= 0)
			k = k < s->music.frames - s->place ? k :
			    s->music.frames - s->place;
		if (read_full(s->round, out + 2 * done, k, e) < 0)
			return -1;
		if (s->music.frames >= 0 && s->place >= seam &&
		    cross(s, out + 2 * done, k, e) < 0)
			return -1;
		s->place += k;
		done += k;
		if (s->place != s->music.frames)
			continue;
		sound_reader_close(s->round);
		s->round = s->next;
		s->next = NULL;
		s->place = LOOP_FADE;
	}
	return 0;
}

/* How far the music is down for speech at that frame, 0 to 1. */
static double
duck_at(struct mix_source *s, int64_t at)
{
	const struct timeline *t = s->timeline;
	const struct timeline_scene *v;
	int64_t end = -1, next = -1;
	size_t i;

	while (s->duck < t->nr && (!t->scene[s->duck].voice_samples ||
	    t->scene[s->duck].voice_at + t->scene[s->duck].voice_samples +
	    DUCK_UP + DUCK_KEEP < at))
		s->duck++;
	for (i = s->duck; i < t->nr; i++) {
		v = &t->scene[i];
		if (!v->voice_samples)
			continue;
		if (v->voice_at > at) {
			next = v->voice_at;
			break;
		}
		end = v->voice_at + v->voice_samples;
		if (end > at)
			return 1;
	}
	if (end >= 0 && next >= 0 && next - end < DUCK_KEEP)
		return 1;
	return fmax(end < 0 ? 0 : 1 - cosine((double)(at - end) / DUCK_UP),
	    next < 0 ? 0 : cosine(1 - (double)(next - at) / DUCK_DOWN));
}

static int
add_music(struct mix_source *s, float *out, int64_t n, struct err *e)
{
	int64_t i, total = s->timeline->samples, left;
	double g, most = log(s->music.free), in = FADE_IN, off = FADE_OUT;

	if (play_music(s, s->a, n, e) < 0)
		return -1;
	if (total < 3 * (FADE_IN + FADE_OUT)) {
		in = (double)total / 6;
		off = (double)total / 4;
	}
	for (i = 0; i < n; i++) {
		left = total - 1 - s->at - i;
		g = 1 - duck_at(s, s->at + i);
		g = g >= 1 ? s->music.free : g <= 0 ? 1 : exp(most * g);
		g *= s->music.gain * cosine((double)(s->at + i) / in) *
		    cosine((double)left / off);
		out[2 * i] += (float)(s->a[2 * i] * g);
		out[2 * i + 1] += (float)(s->a[2 * i + 1] * g);
	}
	return 0;
}

long
mix_source_read(struct mix_source *s, float *out, struct err *e)
{
	int64_t n = s->timeline->samples - s->at;

	if (n > MIX_BLOCK)
		n = MIX_BLOCK;
	memset(out, 0, (size_t)n * 2 * sizeof(*out));
	if (s->parts & MIX_VOICE && add_voices(s, out, n, e) < 0)
		return -1;
	if (s->parts & MIX_MUSIC && s->film->music.path &&
	    add_music(s, out, n, e) < 0)
		return -1;
	s->at += n;
	return (long)n;
}
