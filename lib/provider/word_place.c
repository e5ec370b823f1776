#include "provider/word_place.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

#define OUTSIDE 0.5 /* seconds; so much is rounding, more is nonsense */

/* Give words from .. to-1 their parts of a span by their letters. */
static void
share_out(struct word_time *w, size_t from, size_t to, const double span[2])
{
	double all = 0, at = 0, part;
	size_t i;

	for (i = from; i < to; i++)
		all += (double)w[i].len;
	for (i = from; i < to; i++) {
		part = all > 0 ? (double)w[i].len / all : 0;
		w[i].start = span[0] + (span[1] - span[0]) * at;
		at = fmin(at + part, 1);
		w[i].end = span[0] + (span[1] - span[0]) * at;
	}
	w[to - 1].end = span[1]; /* parts may add up to a little more than 1 */
}

void
word_place(struct word_time *w, size_t nr, const struct spoken_time *time,
    double head, double seconds)
{
	double last = 0, span[2];
	size_t i, next;

	for (i = 0; i < nr; i = next) {
		for (next = i + 1; next < nr && time[next].start < 0; next++)
			;
		span[0] = time[i].start < 0 ? last : time[i].start - head;
		/* A word's own end holds up to the next word's start. */
		span[1] = next < nr ? time[next].start - head : seconds;
		if (time[next - 1].end >= 0)
			span[1] = fmin(span[1], time[next - 1].end - head);
		else if (time[i].end >= 0)
			span[1] = fmin(span[1], time[i].end - head);
		span[0] = fmin(fmax(span[0], last), seconds);
		span[1] = fmin(fmax(span[1], span[0]), seconds);
		share_out(w, i, next, span);
		last = span[1];
	}
}

/* One time put within 0..seconds; -1 where it is none. */
static double
within(double t, double seconds)
{
	if (!(t >= -OUTSIDE && t <= seconds + OUTSIDE))
		return -1;
	return fmin(fmax(t, 0), seconds);
}

void
word_straighten(struct spoken_time *time, size_t nr, double seconds)
{
	/* The longest sequence that never goes back (Fredman 1975): tail[k]
	 * is the smallest last start of one of k + 1. */
	size_t *tail = xcalloc(nr + 1, sizeof(*tail));
	size_t *before = xcalloc(nr + 1, sizeof(*before));
	size_t i, k = 0, low, high, mid, keep;

	for (i = 0; i < nr; i++) {
		time[i].start = within(time[i].start, seconds);
		time[i].end = within(time[i].end, seconds);
		if (time[i].end < time[i].start)
			time[i].end = -1;
		if (time[i].start < 0)
			continue;
		low = 0;
		high = k;
		while (low < high) {
			mid = low + (high - low) / 2;
			if (time[tail[mid]].start <= time[i].start)
				low = mid + 1;
			else
				high = mid;
		}
		before[i] = low ? tail[low - 1] : nr;
		tail[low] = i;
		k = low == k ? k + 1 : k;
	}
	keep = k ? tail[k - 1] : nr;
	for (i = nr; i-- > 0;) {
		if (i == keep)
			keep = before[i];
		else if (time[i].start >= 0)
			time[i].start = time[i].end = -1;
	}
	free(tail);
	free(before);
}
