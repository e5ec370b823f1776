#include "media/true_peak.h"

#include <math.h>
#include <string.h>

/* A windowed sinc for each quarter of a sample (phase 0 is the sample). */
void
true_peak_init(struct true_peak *t)
{
	double x, w, sum;
	int p, i;

	memset(t, 0, sizeof(*t));
	for (p = 0; p < TRUE_PEAK_PHASES; p++) {
		sum = 0;
		for (i = 0; i < TRUE_PEAK_TAPS; i++) {
			x = i - (TRUE_PEAK_TAPS / 2 - 1) -
			    (double)p / TRUE_PEAK_PHASES;
			w = 0.5 + 0.5 * cos(M_PI * x / (TRUE_PEAK_TAPS / 2));
			t->tap[p][i] = x == 0 ? 1 : (float)(w *
			    sin(M_PI * x) / (M_PI * x));
			sum += fabs(t->tap[p][i]);
		}
		t->most = fmax(t->most, sum);
	}
}

static double
interpolate(const struct true_peak *t)
{
	const float *past;
	float v, most = 0;
	int c, p, i;

	for (c = 0; c < 2; c++) {
		past = t->past[c] + t->at;
		for (p = 0; p < TRUE_PEAK_PHASES; p++) {
			v = 0;
			for (i = 0; i < TRUE_PEAK_TAPS; i++)
				v += t->tap[p][i] * past[i];
			if (fabsf(v) > most)
				most = fabsf(v);
		}
	}
	return most;
}

double
true_peak_next(struct true_peak *t, float left, float right, double floor)
{
	double high = fmax(fabsf(left), fabsf(right));

	t->past[0][t->at] = t->past[0][t->at + TRUE_PEAK_TAPS] = left;
	t->past[1][t->at] = t->past[1][t->at + TRUE_PEAK_TAPS] = right;
	if (++t->at == TRUE_PEAK_TAPS)
		t->at = 0;
	if (high * t->most > floor)
		t->loud = TRUE_PEAK_TAPS;
	else if (t->loud)
		t->loud--;
	return t->loud ? interpolate(t) : 0;
}

void
true_peak_add(struct true_peak *t, const float *in, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		t->peak = fmax(t->peak, true_peak_next(t, in[2 * i],
		    in[2 * i + 1], t->peak));
}
