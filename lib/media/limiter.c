#include "media/limiter.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "media/sound.h"

#define PHASES 4
#define TAPS 12              /* of each phase */
#define WINDOW (LIMITER_DELAY - TAPS) /* frames over which the gain falls */
#define RELEASE 0.080        /* s to come back by 1 - 1/e */

struct limiter {
	double limit, release;
	double tap[PHASES][TAPS];
	float past[2][TAPS];        /* last samples, newest last */
	float sound[LIMITER_DELAY][2];
	double hold[WINDOW];        /* last gains, for the mean */
	double sum, last;
	/* The least gain of the last 2 * WINDOW frames: a queue of candidates
	 * with rising gains. */
	struct {
		long at;
		double gain;
	} queue[2 * LIMITER_DELAY + 1];
	size_t head, len;
	long now;
};

#define QUEUE (2 * LIMITER_DELAY + 1)

/* A windowed sinc for each quarter of a sample (phase 0 is the sample). */
static void
make_taps(struct limiter *l)
{
	double x, w;
	int p, i;

	for (p = 0; p < PHASES; p++)
		for (i = 0; i < TAPS; i++) {
			x = i - (TAPS / 2 - 1) - (double)p / PHASES;
			w = 0.5 + 0.5 * cos(M_PI * x / (TAPS / 2));
			l->tap[p][i] = x == 0 ? 1 :
			    w * sin(M_PI * x) / (M_PI * x);
		}
}

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
	make_taps(l);
	return l;
}

void
limiter_free(struct limiter *l)
{
	free(l);
}

/* The highest value about TAPS / 2 samples ago, of both channels. */
static double
peak_of(struct limiter *l, float left, float right)
{
	double most = 0, v;
	int c, p, i;

	for (c = 0; c < 2; c++) {
		memmove(l->past[c], l->past[c] + 1,
		    (TAPS - 1) * sizeof(l->past[c][0]));
		l->past[c][TAPS - 1] = c ? right : left;
		for (p = 0; p < PHASES; p++) {
			v = 0;
			for (i = 0; i < TAPS; i++)
				v += l->tap[p][i] * l->past[c][i];
			most = fmax(most, fabs(v));
		}
	}
	return most;
}

/* Is the loudest sample of the filter's reach so low that nothing between the
 * samples can pass the limit? Spares most of the work. */
static int
is_quiet(const struct limiter *l, float left, float right)
{
	double most = fmax(fabs(left), fabs(right));
	int i;

	for (i = 0; i < TAPS; i++)
		most = fmax(most, fmax(fabs(l->past[0][i]),
		    fabs(l->past[1][i])));
	return most < l->limit * 0.4;
}

static void
shift_in(struct limiter *l, float left, float right)
{
	memmove(l->past[0], l->past[0] + 1, (TAPS - 1) * sizeof(float));
	memmove(l->past[1], l->past[1] + 1, (TAPS - 1) * sizeof(float));
	l->past[0][TAPS - 1] = left;
	l->past[1][TAPS - 1] = right;
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

void
limiter_run(struct limiter *l, const float *in, size_t n, double gain,
    float *out)
{
	double wanted, peak, g;
	float left, right, *old;
	size_t i;

	for (i = 0; i < n; i++, l->now++) {
		left = (float)(in[2 * i] * gain);
		right = (float)(in[2 * i + 1] * gain);
		wanted = 1;
		if (is_quiet(l, left, right)) {
			shift_in(l, left, right);
		} else {
			peak = peak_of(l, left, right);
			if (peak > l->limit)
				wanted = l->limit / peak;
		}
		g = least(l, wanted);
		/* Down at once, up slowly; then a mean makes the fall smooth
		 * and ends it before the peak comes out. */
		if (g > l->last)
			g = l->last + (g - l->last) * l->release;
		l->last = g;
		l->sum += g - l->hold[l->now % WINDOW];
		l->hold[l->now % WINDOW] = g;
		old = l->sound[l->now % LIMITER_DELAY];
		g = l->sum / WINDOW;
		out[2 * i] = (float)(old[0] * g);
		out[2 * i + 1] = (float)(old[1] * g);
		old[0] = left;
		old[1] = right;
	}
}
