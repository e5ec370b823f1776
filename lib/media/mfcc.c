#include "media/mfcc.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define FFT 512
#define HALF (FFT / 2)
#define FILTERS 26
#define LOWEST 100.0   /* Hz: no voice has its vowels below */
#define HIGHEST 7000.0
#define EMPHASIS 0.97f
#define LEVEL MFCC_CEPSTRA   /* place of the level among the dimensions */
#define STATIC (MFCC_CEPSTRA + 1)
#define LOUD 0.95      /* the level that counts as loud: of this share */
#define QUIET_DB 32.0  /* a frame so much below is a pause */
#define LEVEL_WEIGHT 2.0f
#define DELTA_WEIGHT 0.6f
#define SPREAD 2       /* frames to each side that a change is seen over */

struct tables {
	float window[FFT];
	float cosine[HALF], sine[HALF];
	float mel[FILTERS][HALF + 1];
	float dct[MFCC_CEPSTRA][FILTERS];
};

static double
mel_of(double hz)
{
	return 2595 * log10(1 + hz / 700);
}

static void
make_filters(struct tables *t)
{
	double low = mel_of(LOWEST), step, m, hz, at;
	int f, k;

	step = (mel_of(HIGHEST) - low) / (FILTERS + 1);
	for (k = 0; k <= HALF; k++) {
		hz = (double)k * MFCC_RATE / FFT;
		m = (mel_of(hz) - low) / step; /* filter f has its top at f+1 */
		for (f = 0; f < FILTERS; f++) {
			at = 1 - fabs(m - (f + 1));
			t->mel[f][k] = (float)(at > 0 ? at : 0);
		}
	}
}

static struct tables *
tables_new(void)
{
	struct tables *t = xcalloc(1, sizeof(*t));
	int n = (int)(MFCC_WINDOW * MFCC_RATE), i, f;

	for (i = 0; i < n; i++)
		t->window[i] = (float)(0.54 - 0.46 * cos(2 * M_PI * i /
		    (n - 1)));
	for (i = 0; i < HALF; i++) {
		t->cosine[i] = (float)cos(2 * M_PI * i / FFT);
		t->sine[i] = (float)sin(2 * M_PI * i / FFT);
	}
	for (i = 0; i < MFCC_CEPSTRA; i++)
		for (f = 0; f < FILTERS; f++)
			t->dct[i][f] = (float)cos(M_PI * (i + 1) * (f + 0.5) /
			    FILTERS);
	make_filters(t);
	return t;
}

/* In place, radix 2 (Cooley and Tukey 1965). */
static void
transform(const struct tables *t, float *re, float *im)
{
	int i, j = 0, bit, len, k, step;
	float a, b, x;

	for (i = 1; i < FFT; i++) {
		for (bit = FFT / 2; j & bit; bit >>= 1)
			j ^= bit;
		j |= bit;
		if (i < j) {
			x = re[i];
			re[i] = re[j];
			re[j] = x;
		}
	}
	memset(im, 0, FFT * sizeof(*im));
	for (len = 2; len <= FFT; len *= 2) {
		step = FFT / len;
		for (i = 0; i < FFT; i += len)
			for (k = 0; k < len / 2; k++) {
				float *r = re + i + k, *m = im + i + k;
				float c = t->cosine[k * step];
				float s = t->sine[k * step];

				a = r[len / 2] * c + m[len / 2] * s;
				b = m[len / 2] * c - r[len / 2] * s;
				r[len / 2] = r[0] - a;
				m[len / 2] = m[0] - b;
				r[0] += a;
				m[0] += b;
			}
	}
}

/* The samples round `at`, as cepstra and a level in dB. */
static void
one_frame(const struct tables *t, const struct sound *s, long at, float *out)
{
	float re[FFT], im[FFT], e, x;
	int n = (int)(MFCC_WINDOW * MFCC_RATE), i, f, k;
	float band[FILTERS];
	double power = 0;

	memset(re, 0, sizeof(re));
	at -= n / 2;
	for (i = 0; i < n; i++) {
		long p = at + i;

		x = p < 0 || p >= (long)s->frames ? 0 : s->sample[p];
		e = p < 1 || p > (long)s->frames ? 0 : s->sample[p - 1];
		power += (double)x * x;
		re[i] = (x - EMPHASIS * e) * t->window[i];
	}
	transform(t, re, im);
	for (k = 0; k <= HALF; k++)
		re[k] = re[k] * re[k] + im[k] * im[k];
	for (f = 0; f < FILTERS; f++) {
		for (x = 0, k = 0; k <= HALF; k++)
			x += re[k] * t->mel[f][k];
		band[f] = logf(x + 1e-7f);
	}
	for (i = 0; i < MFCC_CEPSTRA; i++) {
		for (x = 0, f = 0; f < FILTERS; f++)
			x += band[f] * t->dct[i][f];
		out[i] = x;
	}
	out[LEVEL] = (float)(10 * log10(power / n + 1e-9));
}

static int
by_value(const void *a, const void *b)
{
	float x = *(const float *)a, y = *(const float *)b;

	return (x > y) - (x < y);
}

/* What counts as loud in this clip, in dB. */
static float
loud_level(const struct mfcc *m)
{
	float *all = xcalloc(m->frames, sizeof(*all)), loud;
	size_t i;

	for (i = 0; i < m->frames; i++)
		all[i] = m->v[i * MFCC_DIM + LEVEL];
	qsort(all, m->frames, sizeof(*all), by_value);
	loud = all[(size_t)((double)(m->frames - 1) * LOUD)];
	free(all);
	return loud;
}

/* Levels to 0..1; quiet frames noted. */
static void
set_levels(struct mfcc *m)
{
	float loud = loud_level(m), db;
	size_t i;

	for (i = 0; i < m->frames; i++) {
		db = m->v[i * MFCC_DIM + LEVEL] - loud + (float)QUIET_DB;
		m->quiet[i] = db <= 0;
		db = db < 0 ? 0 : db > (float)QUIET_DB ? (float)QUIET_DB : db;
		m->v[i * MFCC_DIM + LEVEL] = LEVEL_WEIGHT * db /
		    (float)QUIET_DB;
	}
}

static void
normalize(struct mfcc *m, int dim)
{
	double sum = 0, squares = 0, n = 0, mean, scale;
	float *v;
	size_t i;

	for (i = 0; i < m->frames; i++) {
		v = &m->v[i * MFCC_DIM + (size_t)dim];
		if (m->quiet[i])
			continue;
		sum += *v;
		squares += (double)*v * *v;
		n++;
	}
	mean = n > 0 ? sum / n : 0;
	squares = n > 0 ? squares / n - mean * mean : 0;
	scale = squares > 1e-9 ? 1 / sqrt(squares) : 0;
	for (i = 0; i < m->frames; i++) {
		v = &m->v[i * MFCC_DIM + (size_t)dim];
		*v = m->quiet[i] ? 0 : (float)((*v - mean) * scale);
	}
}

/* How each changes: the slope of the line through the frames around. */
static void
add_changes(struct mfcc *m)
{
	size_t i, d;
	float x;
	int k;

	for (i = 0; i < m->frames; i++)
		for (d = 0; d < STATIC; d++) {
			for (x = 0, k = 1; k <= SPREAD; k++) {
				size_t a = i >= (size_t)k ? i - (size_t)k : 0;
				size_t b = i + (size_t)k < m->frames ?
				    i + (size_t)k : m->frames - 1;

				x += (float)k * (m->v[b * MFCC_DIM + d] -
				    m->v[a * MFCC_DIM + d]);
			}
			m->v[i * MFCC_DIM + STATIC + d] = DELTA_WEIGHT * x / 3;
		}
}

void
mfcc_make(struct mfcc *m, const struct sound *mono)
{
	struct tables *t = tables_new();
	int d;
	size_t i;

	m->frames = (size_t)(sound_seconds(mono) / MFCC_HOP) + 1;
	m->v = xcalloc(m->frames, MFCC_DIM * sizeof(*m->v));
	m->quiet = xcalloc(m->frames, 1);
	for (i = 0; i < m->frames; i++)
		one_frame(t, mono, (long)((double)i * MFCC_HOP * MFCC_RATE),
		    m->v + i * MFCC_DIM);
	free(t);
	set_levels(m);
	for (d = 0; d < MFCC_CEPSTRA; d++)
		normalize(m, d);
	add_changes(m);
}

void
mfcc_release(struct mfcc *m)
{
	free(m->v);
	free(m->quiet);
	memset(m, 0, sizeof(*m));
}

void
mfcc_reverse(const struct mfcc *m, struct mfcc *out)
{
	size_t i, d;
	float *v;

	out->frames = m->frames;
	out->v = xcalloc(m->frames, MFCC_DIM * sizeof(*m->v));
	out->quiet = xcalloc(m->frames, 1);
	for (i = 0; i < m->frames; i++) {
		v = out->v + i * MFCC_DIM;
		memcpy(v, m->v + (m->frames - 1 - i) * MFCC_DIM,
		    MFCC_DIM * sizeof(*v));
		for (d = STATIC; d < MFCC_DIM; d++)
			v[d] = -v[d];
		out->quiet[i] = m->quiet[m->frames - 1 - i];
	}
}

void
mfcc_coarse(const struct mfcc *m, size_t n, struct mfcc *out)
{
	size_t i, k, d, last;

	out->frames = (m->frames + n - 1) / n;
	out->v = xcalloc(out->frames, MFCC_DIM * sizeof(*out->v));
	out->quiet = xcalloc(out->frames, 1);
	for (i = 0; i < out->frames; i++) {
		last = i * n + n < m->frames ? i * n + n : m->frames;
		for (k = i * n; k < last; k++) {
			for (d = 0; d < MFCC_DIM; d++)
				out->v[i * MFCC_DIM + d] += m->v[k * MFCC_DIM +
				    d] / (float)(last - i * n);
			out->quiet[i] += m->quiet[k];
		}
		out->quiet[i] = out->quiet[i] * 2u > last - i * n;
	}
}
