/* Sounds brought to 16 kHz, their cepstra, and one warped onto another. */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "media/listen.h"
#include "media/mfcc.h"
#include "media/warp.h"
#include "../tests/unit/tap.h"

#define RATE 48000

/* Tones of other pitches, one after the other; each lasts long[i] seconds,
 * 0 Hz is silence. */
static void
tones(struct sound *s, const double *hz, const double *lasting, size_t nr)
{
	size_t i, k, n, at = 0;
	double all = 0;

	for (i = 0; i < nr; i++)
		all += lasting[i];
	sound_init(s, RATE, 1, (size_t)(all * RATE + 0.5));
	for (i = 0; i < nr; i++) {
		n = (size_t)(lasting[i] * RATE + 0.5);
		for (k = 0; k < n && at < s->frames; k++, at++)
			s->sample[at] = (float)(0.3 * sin(2 * M_PI * hz[i] *
			    (double)k / RATE));
	}
}

static void
features(struct mfcc *m, const struct sound *s)
{
	struct sound low = SOUND_INIT;

	listen_to(s, 0, s->frames, &low);
	mfcc_make(m, &low);
	sound_release(&low);
}

static void
test_listen(void)
{
	const double hz[] = { 1000 }, one[] = { 1 };
	struct sound s = SOUND_INIT, low = SOUND_INIT;
	double worst = 0, d;
	size_t i;

	tones(&s, hz, one, 1);
	listen_to(&s, 0, s.frames, &low);
	ok(low.rate == LISTEN_RATE && low.channels == 1 &&
	    low.frames == LISTEN_RATE, "a second at 16 kHz");
	for (i = 100; i + 100 < low.frames; i++) {
		d = low.sample[i] - 0.3 * sin(2 * M_PI * 1000 * (double)i /
		    LISTEN_RATE);
		worst = fmax(worst, fabs(d));
	}
	ok(worst < 0.001, "the tone is the same, and in its place");
	sound_release(&low);
	sound_release(&s);
	tones(&low, (const double[]){ 12000 }, one, 1);
	listen_to(&low, 0, low.frames, &s);
	for (worst = 0, i = 100; i + 100 < s.frames; i++)
		worst = fmax(worst, fabs((double)s.sample[i]));
	ok(worst < 0.001, "what 16 kHz cannot hold is left out");
	sound_release(&s);
	sound_release(&low);
}

static void
test_warp(void)
{
	const double hz[] = { 300, 900, 0, 2000, 500 };
	const double a[] = { 0.4, 0.3, 0.2, 0.5, 0.4 };
	const double b[] = { 0.6, 0.3, 0.9, 0.4, 0.7 };
	struct sound s = SOUND_INIT, t = SOUND_INIT;
	struct mfcc m = MFCC_INIT, n = MFCC_INIT;
	double cost, from = 0, to = 0, off, worst = 0;
	struct err e = ERR_INIT;
	size_t *at, i, rises = 1;

	tones(&s, hz, a, 5);
	tones(&t, hz, b, 5);
	features(&m, &s);
	features(&n, &t);
	at = xcalloc(m.frames, sizeof(*at));
	ok(warp_make(&m, &n, at, &cost, &e) == 0, "two of the same");
	for (i = 1; i < m.frames; i++)
		rises &= at[i] >= at[i - 1] && at[i] < n.frames;
	ok(rises, "time does not go back");
	for (i = 0; i < 4; i++) {
		from += a[i];
		to += b[i];
		off = (double)at[(size_t)(from / MFCC_HOP + 0.5)] * MFCC_HOP -
		    to;
		worst = fmax(worst, fabs(off));
	}
	ok(worst <= 0.03, "each tone begins where it does (%.3f s off)",
	    worst);
	n.frames = m.frames / 4;
	ok(warp_make(&m, &n, at, &cost, &e) < 0 && e.code == EX_DATA,
	    "four times as long is refused");
	n.frames = 0;
	ok(warp_make(&m, &n, at, &cost, &e) < 0, "and so is nothing");
	free(at);
	mfcc_release(&m);
	mfcc_release(&n);
	sound_release(&s);
	sound_release(&t);
}

int
main(void)
{
	test_listen();
	test_warp();
	return done_testing();
}
