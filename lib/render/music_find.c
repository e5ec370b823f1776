#include "render/music_find.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "media/sound.h"
#include "render/music_scan.h"
#include "render/music_seam.h"

#define GRID 50            /* steps between starts that are tried: 0.5 s */
#define QUIETEST (-40.0)   /* dB below the loudest half second */
#define END_WEIGHT 0.25
#define END_PARTS 4        /* half seconds that count as the end */
#define AS_GOOD 0.3        /* dB */
#define ONSET 5            /* steps compared on either side, 50 ms */

/* The loudness of each half second, in dB; *nr of them, to be freed. */
static double *
half_seconds(const struct music_scan *s, size_t *nr)
{
	double *db, sum, most = -120;
	size_t i, k;

	*nr = s->nr / GRID;
	db = xcalloc(*nr + 1, sizeof(*db));
	for (i = 0; i < *nr; i++) {
		sum = 0;
		for (k = 0; k < GRID; k++)
			sum += s->power[i * GRID + k];
		db[i] = music_scan_db(sum / GRID);
		most = fmax(most, db[i]);
	}
	for (i = 0; i < *nr; i++)
		db[i] = fmax(db[i], most + QUIETEST);
	return db;
}

/* The rule in the header, of n half seconds. */
static double
unsteady(const double *db, size_t n)
{
	double sum = 0, square = 0, mean, end = 0;
	size_t i, last = n < END_PARTS ? n : END_PARTS;

	for (i = 0; i < n; i++) {
		sum += db[i];
		square += db[i] * db[i];
	}
	mean = sum / (double)n;
	for (i = n - last; i < n; i++)
		end += db[i] / (double)last;
	return sqrt(fmax(0, square / (double)n - mean * mean)) +
	    END_WEIGHT * fmax(-12, end - mean);
}

/* The step within a quarter of a second at which the sound rises most. */
static size_t
nearest_onset(const struct music_scan *s, size_t at)
{
	size_t i, k, best = at, from = at > GRID / 2 ? at - GRID / 2 : 0;
	double rise, most = -1e9, before, after;

	for (i = from < ONSET ? ONSET : from; i <= at + GRID / 2 &&
	    i + ONSET < s->nr; i++) {
		before = after = 0;
		for (k = 0; k < ONSET; k++) {
			before += s->power[i - 1 - k];
			after += s->power[i + k];
		}
		rise = music_scan_db(after) - music_scan_db(before);
		if (rise > most) {
			most = rise;
			best = i;
		}
	}
	return best ? best - 1 : 0;
}

/* The best start in a file that is longer than the film. */
static int64_t
best_start(const struct music_scan *s, int64_t need)
{
	size_t nr, n, i, first, best;
	double *db = half_seconds(s, &nr), *score, least = 1e9;
	int64_t at;

	n = (size_t)(need / (SCAN_STEP * GRID)) + 1;
	first = (size_t)(s->first / (SCAN_STEP * GRID)) + 1;
	score = xcalloc(nr + 1, sizeof(*score));
	best = nr;
	for (i = first; i + n <= nr; i++) {
		score[i] = unsteady(db + i, n);
		least = fmin(least, score[i]);
	}
	for (i = first; i + n <= nr && best == nr; i++)
		if (score[i] <= least + AS_GOOD)
			best = i;
	free(db);
	free(score);
	if (best == nr || best == first)
		return s->first;
	at = (int64_t)nearest_onset(s, best * GRID) * SCAN_STEP;
	return at + need <= s->last ? at : s->last - need;
}

static int
find_loop(const struct film_music *m, const struct music_scan *s,
    struct music_span *out, struct err *e)
{
	int64_t least = llround(MUSIC_LEAST * SOUND_RATE);

	if (s->last - out->from < least)
		return err_set(e, EX_DATA, "%s: music of %.1f s cannot be "
		    "played on and on; give a file of %.0f s or more, or say "
		    "loop: false", m->path, (double)(s->last - out->from) /
		    SOUND_RATE, MUSIC_LEAST);
	music_seam(s, out);
	return 0;
}

static int
find(const struct film_music *m, const struct music_scan *s, int64_t need,
    struct music_span *out, struct err *e)
{
	out->back = -1;
	out->match = 0;
	out->from = s->first;
	out->to = s->last;
	if (m->from > 0) {
		out->from = llround(m->from * SOUND_RATE);
		if (out->from >= s->last)
			return err_set(e, EX_DATA, "%s: nothing of it sounds "
			    "after %.1f s; lower music.from", m->path,
			    m->from);
	} else if (s->last - s->first >= need) {
		out->from = best_start(s, need);
	}
	if (s->last - out->from >= need) {
		out->to = out->from + need;
		return 0;
	}
	return m->once ? 0 : find_loop(m, s, out, e);
}

int
music_find(const struct film_music *m, int64_t need, struct music_span *out,
    struct err *e)
{
	struct music_scan s;
	int ret;

	if (music_scan(&s, m->path, MUSIC_SCAN, e) < 0)
		return -1;
	ret = find(m, &s, need, out, e);
	music_scan_release(&s);
	return ret;
}
