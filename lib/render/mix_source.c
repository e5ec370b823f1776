#include "render/mix_source.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "media/highpass.h"
#include "media/sound_reader.h"
#include "render/mix_clip.h"
#include "render/mix_curve.h"
#include "render/mix_duck.h"
#include "render/mix_effect.h"

#define CLIP_FADE (SOUND_RATE / 125)     /* 8 ms at both ends of a voice */
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
	struct highpass highpass; /* of the voice */
	struct mix_music_player *player;
	struct mix_duck duck;
	struct mix_effects *effects;
	struct mix_clips *clips;
	float a[2 * MIX_BLOCK];
};

struct mix_source *
mix_source_open(const struct film *f, const struct timeline *t,
    const struct mix_music *m, int parts)
{
	struct mix_source *s = xcalloc(1, sizeof(*s));

	s->film = f;
	s->timeline = t;
	s->parts = parts;
	s->duck.timeline = t;
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
	mix_music_close(s->player);
	mix_effects_close(s->effects);
	mix_clips_close(s->clips);
	free(s);
}

/* Open the scene's clip where its voice begins. */
static int
open_voice(struct mix_source *s, struct err *e)
{
	const struct film_scene *f = &s->film->scene[s->scene];
	int64_t skip = llround(f->audio_start * SOUND_RATE);

	s->voice = sound_reader_open(f->audio, e);
	if (!s->voice || sound_reader_read(s->voice, NULL, (size_t)skip, e) <
	    0)
		return -1;
	memset(&s->highpass, 0, sizeof(s->highpass));
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
		    "%.1f s in its record; studio tts %zu --again",
		    f->audio, (double)(s->played + k) / SOUND_RATE,
		    (double)total / SOUND_RATE,
		    s->scene + 1 - s->film->before);
	highpass_run(&s->highpass, s->a, (size_t)k);
	for (i = 0; i < k; i++, s->played++) {
		left = total - 1 - s->played;
		g = gain;
		if (s->played < CLIP_FADE)
			g *= mix_curve((double)s->played / CLIP_FADE);
		if (left < CLIP_FADE)
			g *= mix_curve((double)left / CLIP_FADE);
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

static int
add_music(struct mix_source *s, float *out, int64_t n, struct err *e)
{
	const struct mix_music *m = &s->music;
	double g, most = log(m->free);
	int64_t i;

	if (!s->player)
		s->player = mix_music_open(&s->film->music, &m->span,
		    s->timeline->samples);
	if (mix_music_read(s->player, s->a, n, e) < 0)
		return -1;
	for (i = 0; i < n; i++) {
		g = 1 - mix_duck_at(&s->duck, s->at + i);
		g = g >= 1 ? m->free : g <= 0 ? 1 : exp(most * g);
		g *= m->gain;
		out[2 * i] += (float)(s->a[2 * i] * g);
		out[2 * i + 1] += (float)(s->a[2 * i + 1] * g);
	}
	return 0;
}

static int
add_effects(struct mix_source *s, float *out, int64_t n, struct err *e)
{
	if (!s->effects)
		s->effects = mix_effects_open(s->film, s->timeline, e);
	return s->effects ? mix_effects_add(s->effects, out, n, e) : -1;
}

static int
add_clips(struct mix_source *s, float *out, int64_t n, struct err *e)
{
	if (!s->clips)
		s->clips = mix_clips_open(s->film, s->timeline);
	return mix_clips_add(s->clips, out, n, e);
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
	if (s->parts & MIX_EFFECT && add_effects(s, out, n, e) < 0)
		return -1;
	if (s->parts & MIX_CLIP && add_clips(s, out, n, e) < 0)
		return -1;
	if (s->parts & MIX_MUSIC && s->film->music.path &&
	    add_music(s, out, n, e) < 0)
		return -1;
	s->at += n;
	return (long)n;
}
