#include "media/highpass.h"

#include <math.h>

#include "media/sound.h"

/* By the bilinear transform. */
void
highpass_run(struct highpass *h, float *s, size_t n)
{
	const double w = tan(M_PI * HIGHPASS_HZ / SOUND_RATE);
	const double q = M_SQRT2 * w, norm = 1 / (1 + q + w * w);
	const double a1 = 2 * (w * w - 1) * norm, a2 = (1 - q + w * w) * norm;
	double x, y, *in, *out;
	size_t i;
	int c;

	if (!n)
		return;
	for (c = 0; c < 2; c++) {
		in = h->x[c];
		out = h->y[c];
		if (!h->started)
			in[0] = in[1] = s[c];
		for (i = 0; i < n; i++) {
			x = s[2 * i + (size_t)c];
			y = norm * (x - 2 * in[0] + in[1]) - a1 * out[0] -
			    a2 * out[1];
			/* a filter that dies away must not do so in numbers
			 * that the processor is slow with */
			if (fabs(y) < 1e-20)
				y = 0;
			in[1] = in[0];
			in[0] = x;
			out[1] = out[0];
			out[0] = y;
			s[2 * i + (size_t)c] = (float)y;
		}
	}
	h->started = 1;
}
