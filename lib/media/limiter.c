#include "media/limiter.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "media/sound.h"
#include "media/true_peak.h"

#define WINDOW (LIMITER_DELAY - TRUE_PEAK_TAPS) /* while the gain falls */
#define RELEASE 0.080        /* s to come back by 1 - 1/e */

struct limiter {
	double limit, release;
	struct true_peak peak;
	float sound[LIMITER_DELAY][2];
	double hold[WINDOW];        /* last gains, for the mean */
	double sum, last;
	size_t sound_at, hold_at;
	/* The least gain of the last frames: a queue of candidates with
	 * rising gains. */
	struct {
		long at;
		double gain;
	} queue[2 * LIMITER_DELAY + 1];
	size_t head, len;
	long now;
};

#define QUEUE (2 * LIMITER_DELAY + 1)

struct limiter *
limiter_new(double limit)
{
	struct limiter *l = xcalloc(1, sizeof(*l));
	int i;

	l->limit = limit;
	l->release = 1 - exp(-1 / (RELEASE * SOUND_RATE));
	l->last = 1;
	for (i = 0; i < WINDOW; i++)
		l->hold[i] = 1;
	l->sum = WINDOW;
	true_peak_init(&l->peak);
	return l;
}

void
limiter_free(struct limiter *l)
{
	free(l);
}

/* The least of the wanted gains in the last LIMITER_DELAY frames. */
static double
least(struct limiter *l, double wanted)
{
	while (l->len && l->queue[(l->head + l->len - 1) % QUEUE].gain >=
	    wanted)
		l->len--;
	l->queue[(l->head + l->len) % QUEUE].at = l->now;
	l->queue[(l->head + l->len++) % QUEUE].gain = wanted;
	while (l->queue[l->head].at <= l->now - LIMITER_DELAY - 1) {
		l->head = (l->head + 1) % QUEUE;
		l->len--;
	}
	return l->queue[l->head].gain;
}

/* The gain of the frame that comes out now. Down at once, up slowly; then a
 * mean makes the fall smooth and ends it before the peak comes out. */
static double
next_gain(struct limiter *l, double peak)
{
	double g = least(l, peak > l->limit ? l->limit / peak : 1);

	if (g > l->last)
		g = l->last + (g - l->last) * l->release;
	if (g > 1 - 1e-9)
		g = 1;
	l->last = g;
	l->sum += g - l->hold[l->hold_at];
	l->hold[l->hold_at] = g;
	if (++l->hold_at == WINDOW)
		l->hold_at = 0;
	return l->sum / WINDOW;
}

void
limiter_run(struct limiter *l, const float *in, size_t n, double gain,
    float *out)
{
	float left, right, *old;
	double g;
	size_t i;

	for (i = 0; i < n; i++, l->now++) {
		left = (float)(in[2 * i] * gain);
		right = (float)(in[2 * i + 1] * gain);
		g = next_gain(l, true_peak_next(&l->peak, left, right,
		    l->limit));
		old = l->sound[l->sound_at];
		if (++l->sound_at == LIMITER_DELAY)
			l->sound_at = 0;
		out[2 * i] = (float)(old[0] * g);
		out[2 * i + 1] = (float)(old[1] * g);
		old[0] = left;
		old[1] = right;
	}
}
