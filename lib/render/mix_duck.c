#include "render/mix_duck.h"

#include <math.h>

#include "media/sound.h"
#include "render/mix_curve.h"

#define DOWN (SOUND_RATE / 5)  /* 200 ms before speech */
#define UP (SOUND_RATE / 2)    /* 500 ms after it */
#define KEEP SOUND_RATE        /* shorter gaps stay down */

double
mix_duck_at(struct mix_duck *d, int64_t at)
{
	const struct timeline *t = d->timeline;
	const struct timeline_scene *v;
	int64_t end = -1, next = -1;
	size_t i;

	while (d->past < t->nr && (!t->scene[d->past].voice_samples ||
	    t->scene[d->past].voice_at + t->scene[d->past].voice_samples +
	    UP + KEEP < at))
		d->past++;
	for (i = d->past; i < t->nr; i++) {
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
	if (end >= 0 && next >= 0 && next - end < KEEP)
		return 1;
	return fmax(end < 0 ? 0 : 1 - mix_curve((double)(at - end) / UP),
	    next < 0 ? 0 : mix_curve(1 - (double)(next - at) / DOWN));
}
