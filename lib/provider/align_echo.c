/*
 * The text said by espeak, whose word times are known, warped onto the clip.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "media/listen.h"
#include "media/mfcc.h"
#include "media/warp.h"
#include "provider/align.h"
#include "provider/speech.h"

/* Cost against that of the clip played backwards, which is as much speech and
 * surely not this text: 0.4 to 0.91 for the same text, 0.97 and more for
 * another, for noise and for tones. */
#define CHANCE 0.95
#define SNAP 6    /* frames: a start this near to an onset is moved there */
#define PAUSE 5   /* quiet frames before it make it an onset */
#define VOICES 2

struct echo {
	struct speech_result said;
	struct mfcc sound;
	size_t *at; /* frame of the clip for each of its own */
	double cost;
};

static void
echo_release(struct echo *o)
{
	speech_result_release(&o->said);
	mfcc_release(&o->sound);
	free(o->at);
	memset(o, 0, sizeof(*o));
}

/* By espeak's voice of the language, or its female variant. */
static int
echo_make(struct echo *o, const struct speech_request *q, int female,
    const struct mfcc *clip)
{
	struct speech_request as = *q;
	struct sound heard = SOUND_INIT;
	char voice[80];
	const char *usual = espeak_speech.voice_for(q->language);

	memset(o, 0, sizeof(*o));
	speech_result_init(&o->said);
	if (!usual)
		return -1;
	snprintf(voice, sizeof(voice), "%s%s", usual, female ? "+f3" : "");
	as.voice = voice;
	as.speed = 1;
	as.options = NULL;
	if (espeak_speech.speak(&as, &o->said, NULL) < 0 ||
	    !o->said.word_nr)
		return -1;
	listen_to(&o->said.sound, 0, o->said.sound.frames, &heard);
	mfcc_make(&o->sound, &heard);
	sound_release(&heard);
	o->at = xcalloc(o->sound.frames, sizeof(*o->at));
	return warp_make(&o->sound, clip, o->at, &o->cost, NULL) < 0;
}

/* Is the clip nearer to the echo than it is backwards? */
static int
is_same_text(const struct echo *o, const struct mfcc *clip)
{
	struct mfcc back = MFCC_INIT;
	size_t *at = xcalloc(o->sound.frames, sizeof(*at));
	double chance = 0;
	int ret;

	mfcc_reverse(clip, &back);
	ret = warp_make(&o->sound, &back, at, &chance, NULL) == 0 &&
	    o->cost < CHANCE * chance;
	mfcc_release(&back);
	free(at);
	return ret;
}

/* An onset after a pause is heard to the frame; the warp is not that exact. */
static size_t
snapped(const struct mfcc *clip, size_t at)
{
	size_t d, k, up[2], i;

	for (d = 0; d <= SNAP; d++) {
		up[0] = at + d;
		up[1] = at >= d ? at - d : at;
		for (i = 0; i < 2; i++) {
			if (up[i] < PAUSE || up[i] >= clip->frames ||
			    clip->quiet[up[i]])
				continue;
			for (k = 1; k <= PAUSE && clip->quiet[up[i] - k]; k++)
				;
			if (k > PAUSE)
				return up[i];
		}
	}
	return at;
}

static double
on_clip(const struct echo *o, double seconds)
{
	double at = seconds / MFCC_HOP;
	size_t j = at > 0 ? (size_t)(at + 0.5) : 0;

	if (j >= o->sound.frames)
		j = o->sound.frames - 1;
	return (double)o->at[j];
}

static void
find_words(const struct echo *o, const struct mfcc *clip, double seconds,
    struct align_found *f)
{
	const struct word_time *w = o->said.word;
	struct spoken_time *time;
	size_t i;

	f->nr = o->said.word_nr;
	f->word = xcalloc(f->nr, sizeof(*f->word));
	time = xcalloc(f->nr, sizeof(*time));
	memcpy(f->word, w, f->nr * sizeof(*w));
	for (i = 0; i < f->nr; i++) {
		time[i].start = MFCC_HOP * (double)snapped(clip,
		    (size_t)on_clip(o, w[i].start));
		time[i].end = MFCC_HOP * on_clip(o, w[i].end);
	}
	word_straighten(time, f->nr, seconds);
	word_place(f->word, f->nr, time, 0, seconds);
	free(time);
}

int
align_echo(const struct speech_request *q, const struct sound *s,
    struct align_found *f)
{
	struct mfcc clip = MFCC_INIT;
	struct echo o[VOICES];
	int i, k[VOICES], best = 0, ret;

	mfcc_make(&clip, s);
	for (i = 0; i < VOICES; i++)
		k[i] = echo_make(&o[i], q, i, &clip);
	if (k[0] || (!k[1] && o[1].cost < o[0].cost))
		best = 1;
	ret = k[best];
	if (ret == 0)
		ret = !is_same_text(&o[best], &clip);
	if (ret == 0)
		find_words(&o[best], &clip, sound_seconds(s), f);
	for (i = 0; i < VOICES; i++)
		echo_release(&o[i]);
	mfcc_release(&clip);
	return ret;
}
