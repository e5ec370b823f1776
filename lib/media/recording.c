#include "media/recording.h"

#include <math.h>
#include <string.h>

#include "media/voice_clip.h"

#define FAINTEST (-75.0) /* LUFS: below, nothing is heard */

/* An offset would count as sound at both ends. */
static void
remove_offset(struct sound *s)
{
	size_t i, n = s->frames * (size_t)s->channels, c;
	double mean[2] = { 0, 0 };

	for (i = 0; i < n; i++)
		mean[i % (size_t)s->channels] += s->sample[i];
	for (c = 0; c < 2; c++)
		mean[c] /= (double)(s->frames ? s->frames : 1);
	for (i = 0; i < n; i++)
		s->sample[i] -= (float)mean[i % (size_t)s->channels];
}

/* Is any channel of that frame over floor? */
static int
sounds(const struct sound *s, size_t frame, float floor)
{
	int c;

	for (c = 0; c < s->channels; c++)
		if (fabsf(s->sample[frame * (size_t)s->channels +
		    (size_t)c]) > floor)
			return 1;
	return 0;
}

/* Down to a hundredth of a millisecond, so that the record is short. */
static double
rounded(double d)
{
	return round(d * 1e5) / 1e5;
}

int
recording_measure(struct sound *s, const char *name, struct recording *r,
    struct err *e)
{
	double lufs, peak;
	size_t from = 0, to = s->frames;
	float floor;

	memset(r, 0, sizeof(*r));
	remove_offset(s);
	if (voice_clip_loudness(s, &lufs, &peak, e) < 0)
		return -1;
	if (lufs < FAINTEST)
		return err_set(e, EX_DATA, "%s: nothing is heard in it; record "
		    "it again, or drop audio.file and give the scene a "
		    "duration:", name);
	r->gain = pow(10, fmin(VOICE_LUFS - lufs, RECORDING_LIFT) / 20);
	floor = (float)(pow(10, VOICE_TRIM_DB / 20) / r->gain);
	while (from < to && !sounds(s, from, floor))
		from++;
	while (to > from && !sounds(s, to - 1, floor))
		to--;
	r->start = rounded(fmax(0, (double)from / s->rate - VOICE_KEEP));
	r->end = rounded(fmin(sound_seconds(s), (double)to / s->rate +
	    VOICE_KEEP));
	r->gain = round(r->gain * 1e4) / 1e4;
	return 0;
}
