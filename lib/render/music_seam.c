#include "render/music_seam.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "media/sound.h"
#include "render/music_find.h"
#include "render/music_scan.h"

#define SEAM_STEPS (MUSIC_SEAM / SCAN_STEP)
#define SEAM_WAVE (MUSIC_SEAM / SCAN_WAVE)
#define SEARCH (10 * SOUND_RATE / SCAN_STEP) /* steps from either end */
#define EVERY 4            /* steps between ends that are tried */
#define BEST 24            /* pairs whose waves are compared */
#define SHIFT 180          /* wave values either way, 30 ms */
#define SHIFT_BY 3         /* between shifts tried at first */
#define LEVEL_COST 0.02    /* likeness lost for 1 dB of difference */
#define LATER_COST 0.002   /* for each second of music that is given up */

struct pair {
	size_t to, back; /* steps */
	double like;
};

/* At each step: how the sound rises, the increase in dB against the mean of the
 * 30 ms before, nothing where it falls; and sums of what stands before it. */
struct marks {
	float *rise;
	double *sum, *square, *power;
};

static void
marks_make(struct marks *m, const struct music_scan *s)
{
	double before, r;
	size_t i;

	m->rise = xcalloc(s->nr + 1, sizeof(*m->rise));
	m->sum = xcalloc(s->nr + 1, sizeof(*m->sum));
	m->square = xcalloc(s->nr + 1, sizeof(*m->square));
	m->power = xcalloc(s->nr + 1, sizeof(*m->power));
	for (i = 0; i < s->nr; i++) {
		before = i < 3 ? 1 : ((double)s->power[i - 1] +
		    s->power[i - 2] + s->power[i - 3]) / 3;
		r = fmax(0, music_scan_db(s->power[i] + 1e-6) -
		    music_scan_db(before + 1e-6));
		m->rise[i] = (float)r;
		m->sum[i + 1] = m->sum[i] + m->rise[i];
		m->square[i + 1] = m->square[i] + (double)m->rise[i] *
		    m->rise[i];
		m->power[i + 1] = m->power[i] + s->power[i];
	}
}

static void
marks_free(struct marks *m)
{
	free(m->rise);
	free(m->sum);
	free(m->square);
	free(m->power);
}

/* Correlation of the rises of the SEAM_STEPS before two points, -1 to 1; 0
 * where one of them stays the same. */
static double
rises_like(const struct marks *m, size_t to, size_t back)
{
	const float *a = m->rise + to - SEAM_STEPS;
	const float *b = m->rise + back - SEAM_STEPS;
	double sa = m->sum[to] - m->sum[to - SEAM_STEPS], aa, ab = 0, bb;
	double sb = m->sum[back] - m->sum[back - SEAM_STEPS];
	size_t i;

	aa = m->square[to] - m->square[to - SEAM_STEPS] -
	    sa * sa / SEAM_STEPS;
	bb = m->square[back] - m->square[back - SEAM_STEPS] -
	    sb * sb / SEAM_STEPS;
	if (aa < 1e-3 || bb < 1e-3)
		return 0;
	for (i = 0; i < SEAM_STEPS; i++)
		ab += (double)a[i] * b[i];
	return (ab - sa * sb / SEAM_STEPS) / sqrt(aa * bb);
}

static double
level(const struct marks *m, size_t end)
{
	return music_scan_db((m->power[end] - m->power[end - SEAM_STEPS]) /
	    SEAM_STEPS);
}

/* Keep p among the best, sorted, the earlier one first where they are equal. */
static void
keep(struct pair *best, size_t *nr, const struct pair *p)
{
	size_t i = *nr;

	if (i == BEST && best[i - 1].like >= p->like)
		return;
	if (i == BEST)
		i--;
	else
		(*nr)++;
	for (; i && best[i - 1].like < p->like; i--)
		best[i] = best[i - 1];
	best[i] = *p;
}

/* The pairs of points that are most alike by rise and level. */
static size_t
candidates(const struct music_scan *s, size_t first, size_t last,
    struct pair best[BEST])
{
	size_t room = (last - first - SEAM_STEPS - 100) / 2, nr = 0, a, b;
	struct marks m;
	struct pair p;
	double to_level;

	if (room > SEARCH)
		room = SEARCH;
	marks_make(&m, s);
	for (a = 0; a <= room; a += EVERY) {
		p.to = last - a;
		to_level = level(&m, p.to);
		for (b = 0; b <= room; b++) {
			p.back = first + SEAM_STEPS + b;
			p.like = rises_like(&m, p.to, p.back) - LEVEL_COST *
			    fabs(to_level - level(&m, p.back)) - LATER_COST *
			    (double)(a + b) / 100;
			keep(best, &nr, &p);
		}
	}
	marks_free(&m);
	return nr;
}

/* Likeness of the waves before two points, in wave values; only every step-th
 * value is looked at. */
static double
waves_like(const struct music_scan *s, size_t to, size_t back, size_t step)
{
	const int16_t *a = s->wave + to - SEAM_WAVE;
	const int16_t *b = s->wave + back - SEAM_WAVE;
	double aa = 1, bb = 1, ab = 0;
	size_t i;

	for (i = 0; i < SEAM_WAVE; i += step) {
		aa += (double)a[i] * a[i];
		bb += (double)b[i] * b[i];
		ab += (double)a[i] * b[i];
	}
	return ab / sqrt(aa * bb);
}

/* Move back by up to SHIFT to where the waves agree best; its likeness. */
static double
refine(const struct music_scan *s, size_t to, size_t *back, size_t low)
{
	size_t centre = *back, from, i, end;
	double like, most = -2;

	from = centre > low + SHIFT ? centre - SHIFT : low;
	end = centre + SHIFT < s->wave_nr ? centre + SHIFT : s->wave_nr;
	for (i = from; i <= end; i += SHIFT_BY) {
		like = waves_like(s, to, i, 4);
		if (like > most) {
			most = like;
			*back = i;
		}
	}
	centre = *back;
	from = centre > low + SHIFT_BY ? centre - SHIFT_BY : low;
	end = centre + SHIFT_BY < s->wave_nr ? centre + SHIFT_BY : s->wave_nr;
	for (most = -2, i = from; i <= end; i++) {
		like = waves_like(s, to, i, 1);
		if (like > most) {
			most = like;
			*back = i;
		}
	}
	return most;
}

void
music_seam(const struct music_scan *s, struct music_span *out)
{
	const size_t per = SCAN_STEP / SCAN_WAVE;
	size_t first = (size_t)(out->from > s->first ? out->from : s->first) /
	    SCAN_STEP + 1, last = (size_t)s->last / SCAN_STEP, i, nr, back;
	struct pair best[BEST];
	double like, score, most = -9;

	if (last > s->nr)
		last = s->nr;
	if (last * per > s->wave_nr)
		last = s->wave_nr / per;
	nr = candidates(s, first, last, best);
	for (i = 0; i < nr; i++) {
		back = best[i].back * per;
		like = refine(s, best[i].to * per, &back, (first +
		    SEAM_STEPS) * per);
		score = 0.6 * like + 0.4 * best[i].like;
		if (score <= most)
			continue;
		most = score;
		out->to = (int64_t)best[i].to * SCAN_STEP;
		out->back = (int64_t)back * SCAN_WAVE;
		out->match = fmax(0, fmin(1, like));
	}
}
