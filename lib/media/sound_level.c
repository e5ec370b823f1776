#include <ebur128.h>
#include <math.h>

#include "media/sound.h"

#define CHUNK 65536u /* frames fed at a time */

int
sound_loudness(const struct sound *s, double *lufs, double *peak,
    struct err *e)
{
	ebur128_state *st;
	size_t at, n;
	double p;
	int c;

	st = ebur128_init((unsigned)s->channels, (unsigned long)s->rate,
	    EBUR128_MODE_I | EBUR128_MODE_TRUE_PEAK);
	if (!st)
		return err_set(e, EX_FAILED, "cannot measure sound of %d "
		    "channels at %d Hz; resample it first", s->channels,
		    s->rate);
	for (at = 0; at < s->frames; at += n) {
		n = s->frames - at < CHUNK ? s->frames - at : CHUNK;
		ebur128_add_frames_float(st, s->sample + at * s->channels, n);
	}
	if (ebur128_loudness_global(st, lufs) != EBUR128_SUCCESS)
		*lufs = -HUGE_VAL;
	*peak = 0;
	for (c = 0; c < s->channels; c++)
		if (ebur128_true_peak(st, (unsigned)c, &p) == EBUR128_SUCCESS)
			*peak = fmax(*peak, p);
	ebur128_destroy(&st);
	return 0;
}
