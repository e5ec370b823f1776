#include "media/loudness.h"

#include <ebur128.h>
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "media/sound.h"

#define HOP ((size_t)SOUND_RATE / 10) /* between moments */

struct loudness {
	ebur128_state *st;
	int what;
	size_t hop;    /* frames since the last moment */
	double moment; /* the loudest */
};

struct loudness *
loudness_new(int what)
{
	struct loudness *l = xcalloc(1, sizeof(*l));

	l->what = what;
	l->moment = -HUGE_VAL;
	l->st = ebur128_init(2, SOUND_RATE, EBUR128_MODE_I |
	    (what & LOUDNESS_PEAK ? EBUR128_MODE_TRUE_PEAK : 0));
	if (!l->st)
		mem_failed();
	return l;
}

void
loudness_add(struct loudness *l, const float *in, size_t n)
{
	size_t k;
	double lufs;

	if (!(l->what & LOUDNESS_MOMENT)) {
		ebur128_add_frames_float(l->st, in, n);
		return;
	}
	for (; n; in += 2 * k, n -= k) {
		k = HOP - l->hop < n ? HOP - l->hop : n;
		ebur128_add_frames_float(l->st, in, k);
		l->hop += k;
		if (l->hop < HOP)
			continue;
		l->hop = 0;
		if (ebur128_loudness_momentary(l->st, &lufs) ==
		    EBUR128_SUCCESS && lufs > l->moment)
			l->moment = lufs;
	}
}

void
loudness_pad(struct loudness *l)
{
	static const float silence[2 * SOUND_RATE / 10];
	int i;

	for (i = 0; i < 4; i++)
		loudness_add(l, silence, HOP);
}

double
loudness_moment(const struct loudness *l)
{
	return l->moment;
}

double
loudness_end(struct loudness *l, double *peak)
{
	double lufs, p;
	unsigned c;

	if (ebur128_loudness_global(l->st, &lufs) != EBUR128_SUCCESS ||
	    !isfinite(lufs))
		lufs = -HUGE_VAL;
	for (c = 0; peak && c < 2; c++) {
		if (!c)
			*peak = 0;
		if (l->what & LOUDNESS_PEAK && ebur128_true_peak(l->st, c,
		    &p) == EBUR128_SUCCESS && p > *peak)
			*peak = p;
	}
	ebur128_destroy(&l->st);
	free(l);
	return lufs;
}
