#include "media/voice_clip.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define EASE 0.005        /* seconds each way around an eased peak */
#define EASE_ROUNDS 6     /* true peaks are found between samples */
#define SHORT_BLOCK 1.0   /* seconds that a too short clip is repeated to */
#define LEVEL_CLOSE 0.1   /* LU: near enough to VOICE_LUFS */

static double
from_db(double db)
{
	return pow(10, db / 20);
}

static double
to_db(double factor)
{
	return factor > 0 ? 20 * log10(factor) : -HUGE_VAL;
}

static void
apply_gain(struct sound *s, double gain)
{
	size_t i, n = s->frames * (size_t)s->channels;

	for (i = 0; i < n; i++)
		s->sample[i] = (float)(s->sample[i] * gain);
}

/* Take the mean off each channel: before any filter, which would ring at the
 * ends on the step from nothing to it. */
static void
remove_dc(struct sound *s)
{
	size_t i, n = s->frames * (size_t)s->channels;
	double mean[2] = { 0, 0 };

	for (i = 0; i < n; i++)
		mean[i % (size_t)s->channels] += s->sample[i];
	for (i = 0; i < n; i++)
		s->sample[i] -= (float)(mean[i % (size_t)s->channels] /
		    (double)s->frames);
}

/* Second order Butterworth high-pass by the bilinear transform. */
static void
high_pass(struct sound *s)
{
	double w = tan(M_PI * VOICE_HIGHPASS / s->rate), q = M_SQRT2 * w;
	double norm = 1 / (1 + q + w * w);
	double a1 = 2 * (w * w - 1) * norm, a2 = (1 - q + w * w) * norm;
	double x, y, x1 = 0, x2 = 0, y1 = 0, y2 = 0;
	size_t i;

	for (i = 0; i < s->frames; i++) {
		x = s->sample[i];
		y = norm * (x - 2 * x1 + x2) - a1 * y1 - a2 * y2;
		x2 = x1;
		x1 = x;
		y2 = y1;
		y1 = y;
		s->sample[i] = (float)y;
	}
}

/* Cut both ends down to VOICE_KEEP beside the first and last sample over
 * VOICE_TRIM_DB; returns the frames cut at the start. */
static size_t
trim(struct sound *s)
{
	float floor = (float)from_db(VOICE_TRIM_DB);
	size_t keep = (size_t)(VOICE_KEEP * s->rate), from = 0, to = s->frames;

	while (from < to && fabsf(s->sample[from]) <= floor)
		from++;
	while (to > from && fabsf(s->sample[to - 1]) <= floor)
		to--;
	from = from > keep ? from - keep : 0;
	to = s->frames - to > keep ? to + keep : s->frames;
	memmove(s->sample, s->sample + from, (to - from) * sizeof(*s->sample));
	s->frames = to - from;
	return from;
}

static void
fade(struct sound *s)
{
	size_t i, n = (size_t)(VOICE_FADE * s->rate);
	double g;

	if (n > s->frames / 2)
		n = s->frames / 2;
	for (i = 0; i < n; i++) {
		g = 0.5 - 0.5 * cos(M_PI * (double)i / (double)n);
		s->sample[i] = (float)(s->sample[i] * g);
		s->sample[s->frames - 1 - i] =
		    (float)(s->sample[s->frames - 1 - i] * g);
	}
}

/* Of a clip that is too short for a block: of it, repeated. */
static int
repeated_loudness(const struct sound *s, double *lufs, struct err *e)
{
	size_t times = (size_t)(SHORT_BLOCK * s->rate / (double)s->frames) + 1;
	size_t i, n = s->frames * (size_t)s->channels;
	struct sound many;
	double ignored;
	int ret;

	sound_init(&many, s->rate, s->channels, s->frames * times);
	for (i = 0; i < times; i++)
		memcpy(many.sample + i * n, s->sample, n * sizeof(float));
	ret = sound_loudness(&many, lufs, &ignored, e);
	sound_release(&many);
	return ret;
}

int
voice_clip_loudness(const struct sound *s, double *lufs, double *peak,
    struct err *e)
{
	if (sound_loudness(s, lufs, peak, e) < 0)
		return -1;
	if (*lufs == -HUGE_VAL && s->frames && !sound_is_silent(s) &&
	    repeated_loudness(s, lufs, e) < 0)
		return -1;
	if (s->channels == 2)
		*lufs -= VOICE_STEREO;
	return 0;
}

/* Turn down around each peak over limit, by a raised cosine EASE wide each
 * way, so that no single plosive decides the level of the whole clip. Returns
 * the smallest gain used. */
static double
ease_peaks(struct sound *s, double limit)
{
	size_t i, j, from, to, w = (size_t)(EASE * s->rate);
	double a, r, g, least = 1;
	float *gain = NULL;

	for (i = 0; i < s->frames; i++) {
		a = fabs(s->sample[i]);
		if (a <= limit || (i && a < fabs(s->sample[i - 1])) ||
		    (i + 1 < s->frames && a < fabs(s->sample[i + 1])))
			continue;
		if (!gain) {
			gain = xreallocarray(NULL, s->frames, sizeof(*gain));
			for (j = 0; j < s->frames; j++)
				gain[j] = 1;
		}
		r = limit / a;
		least = fmin(least, r);
		from = i > w ? i - w : 0;
		to = s->frames - i > w ? i + w : s->frames;
		for (j = from; j < to; j++) {
			g = cos(M_PI_2 * ((double)j - (double)i) / (double)w);
			g = 1 - (1 - r) * g * g;
			gain[j] = (float)fmin(gain[j], g);
		}
	}
	for (i = 0; gain && i < s->frames; i++)
		s->sample[i] *= gain[i];
	free(gain);
	return least;
}

/* One gain to VOICE_LUFS, peaks eased, measured again and corrected. */
static int
set_level(struct sound *s, struct voice_level *l, struct err *e)
{
	double peak, top = from_db(VOICE_PEAK_DBTP), limit = top * 0.98;
	int i;

	for (i = 0;; i++) {
		if (voice_clip_loudness(s, &l->lufs, &peak, e) < 0)
			return -1;
		if (peak <= top && fabs(l->lufs - VOICE_LUFS) < LEVEL_CLOSE)
			break;
		if (i == EASE_ROUNDS) {
			if (peak <= top)
				break;
			apply_gain(s, top / peak);
			l->lufs += to_db(top / peak);
			peak = top;
			break;
		}
		/* What rises between samples needs a lower limit on them. */
		if (i && peak > top)
			limit *= 0.98;
		apply_gain(s, from_db(VOICE_LUFS - l->lufs));
		l->eased = fmax(l->eased, -to_db(ease_peaks(s, limit)));
	}
	l->peak = to_db(peak);
	return 0;
}

int
voice_clip_clean(struct sound *s, const char *name, struct voice_level *level,
    struct err *e)
{
	double lufs, peak;

	memset(level, 0, sizeof(*level));
	remove_dc(s);
	if (sound_resample(s, SOUND_RATE, 1, e) < 0)
		return -1;
	high_pass(s);
	if (voice_clip_loudness(s, &lufs, &peak, e) < 0)
		return -1;
	if (sound_is_silent(s) || lufs == -HUGE_VAL)
		return err_set(e, EX_DATA, "%s: nothing sounds in it; give "
		    "text with words in it, or another voice", name);
	apply_gain(s, from_db(VOICE_LUFS - lufs));
	level->head = (double)trim(s) / s->rate;
	fade(s);
	return set_level(s, level, e);
}
