#include "media/loudness.h"

#include <ebur128.h>
#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/mem.h"
#include "media/sound.h"

struct loudness {
	ebur128_state *st;
	int true_peak;
};

struct loudness *
loudness_new(int true_peak)
{
	struct loudness *l = xcalloc(1, sizeof(*l));

	l->true_peak = true_peak;
	l->st = ebur128_init(2, SOUND_RATE, EBUR128_MODE_I |
	    (true_peak ? EBUR128_MODE_TRUE_PEAK : 0));
	if (!l->st)
		die(EX_FAILED, "out of memory for measuring loudness");
	return l;
}

void
loudness_add(struct loudness *l, const float *in, size_t n)
{
	ebur128_add_frames_float(l->st, in, n);
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
		if (l->true_peak && ebur128_true_peak(l->st, c, &p) ==
		    EBUR128_SUCCESS && p > *peak)
			*peak = p;
	}
	ebur128_destroy(&l->st);
	free(l);
	return lufs;
}
