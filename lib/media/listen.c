#include "media/listen.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

#define CROSSINGS 16
#define PASS 0.94 /* of the lower rate's half */

/* One filter for each place that an output can have between two inputs. */
struct bank {
	size_t phases, half, taps;
	float *tap;
};

static size_t
common_divisor(size_t a, size_t b)
{
	size_t c;

	for (; b; b = c) {
		c = a % b;
		a = b;
	}
	return a;
}

static void
bank_make(struct bank *b, size_t rate)
{
	double cut = PASS, span, x, sum, t;
	size_t p, k;
	float *f;

	if (rate > LISTEN_RATE)
		cut *= (double)LISTEN_RATE / (double)rate;
	span = CROSSINGS / cut;
	b->phases = LISTEN_RATE / common_divisor(LISTEN_RATE, rate);
	b->half = (size_t)ceil(span);
	b->taps = 2 * b->half;
	b->tap = xcalloc(b->phases * b->taps, sizeof(*b->tap));
	for (p = 0; p < b->phases; p++) {
		f = b->tap + p * b->taps;
		for (sum = 0, k = 0; k < b->taps; k++) {
			x = (double)k - (double)(b->half - 1) -
			    (double)p / (double)b->phases;
			t = M_PI * x * cut;
			f[k] = fabs(x) >= span ? 0 : (float)((t == 0 ? 1 :
			    sin(t) / t) * (0.5 + 0.5 * cos(M_PI * x / span)));
			sum += f[k];
		}
		for (k = 0; k < b->taps; k++)
			f[k] = (float)(f[k] / sum);
	}
}

static float *
mix_down(const struct sound *s, size_t from, size_t n)
{
	float *v = xcalloc(n + 1, sizeof(*v)), sum;
	size_t ch = (size_t)s->channels, i, c;

	for (i = 0; i < n; i++) {
		for (sum = 0, c = 0; c < ch; c++)
			sum += s->sample[(from + i) * ch + c];
		v[i] = sum / (float)ch;
	}
	return v;
}

void
listen_to(const struct sound *s, size_t from, size_t to, struct sound *out)
{
	size_t n = to - from, rate = (size_t)s->rate, i, k, p, place;
	float *v = mix_down(s, from, n), sum;
	const float *f;
	struct bank b;
	long at;

	bank_make(&b, rate);
	sound_init(out, LISTEN_RATE, 1, (size_t)((__int128)n * LISTEN_RATE /
	    s->rate));
	for (i = 0; i < out->frames; i++) {
		/* the output lies p phases behind input `place` */
		place = (size_t)((__int128)i * s->rate / LISTEN_RATE);
		p = (size_t)((__int128)i * s->rate % LISTEN_RATE) * b.phases /
		    LISTEN_RATE;
		f = b.tap + p * b.taps;
		at = (long)place - (long)(b.half - 1);
		for (sum = 0, k = 0; k < b.taps; k++, at++)
			if (at >= 0 && at < (long)n)
				sum += f[k] * v[at];
		out->sample[i] = sum;
	}
	free(b.tap);
	free(v);
}
