#include "render/cue_times.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "media/segment.h"
#include "render/cue_break.h"

#define COMMA_MS 200
#define SENTENCE_MS 350
#define SILENT_MARGIN_MS 200 /* round the words of a scene without a voice */
#define LCS_CELLS (4u << 20)

/* The voice's words that can be used, ms from the clip's start. */
struct heard {
	size_t nr;
	struct heard_word {
		long start, end;
		size_t off, len;
	} *w;
};

static long
to_ms(double seconds)
{
	return (long)floor(seconds * 1000 + 0.5);
}

/* Take the words that make sense; what a provider says may be anything. */
static void
hear(struct heard *h, const struct film_scene *s)
{
	size_t i, len = s->spoken ? strlen(s->spoken) : 0;
	long at = 0, end = to_ms(s->audio_seconds);

	h->nr = 0;
	h->w = xcalloc(s->word_nr, sizeof(*h->w));
	for (i = 0; i < s->word_nr; i++) {
		const struct word_time *t = &s->word[i];
		struct heard_word *w = &h->w[h->nr];

		if (!(fabs(t->start) < 1e6) || !(fabs(t->end) < 1e6) ||
		    !t->len || t->off > len || t->len > len - t->off)
			continue;
		w->start = to_ms(t->start - s->audio_start);
		w->end = to_ms(t->end - s->audio_start);
		if (w->start < at)
			w->start = at;
		if (w->start > end)
			w->start = end;
		if (w->end < w->start)
			w->end = w->start;
		if (w->end > end)
			w->end = end;
		w->off = t->off;
		w->len = t->len;
		if (h->nr && w->off < w[-1].off + w[-1].len)
			continue;
		at = w->start;
		h->nr++;
	}
}

/* Time of byte `at` of the spoken text inside word w. */
static long
inside(const struct heard_word *w, size_t at)
{
	if (at <= w->off)
		return w->start;
	if (at >= w->off + w->len)
		return w->end;
	return w->start + (long)((double)(w->end - w->start) *
	    (double)(at - w->off) / (double)w->len);
}

/* The text is what was spoken: each piece has the times of its own bytes. */
static void
by_place(struct cue_tokens *k, const struct heard *h, uint8_t *known)
{
	size_t i, j = 0, from, to, last;

	for (i = 0; i < k->nr; i++) {
		from = k->from[k->t[i].off];
		to = k->from[k->t[i].off + k->t[i].len - 1] + 1;
		while (j < h->nr && h->w[j].off + h->w[j].len <= from)
			j++;
		for (last = j; last + 1 < h->nr && h->w[last + 1].off < to;)
			last++;
		if (j >= h->nr || h->w[j].off >= to)
			continue;
		known[i] = 1;
		k->t[i].start = inside(&h->w[j], from);
		k->t[i].end = inside(&h->w[last], to);
	}
}

/* A number for the letters and digits of a word, 0 for none. */
static uint64_t
word_hash(const char *s, size_t n)
{
	struct strbuf b = STRBUF_INIT;
	uint64_t h = 0;
	uint32_t cp;
	size_t i, x, used;

	segment_fold(s, n, &b);
	for (i = 0; i < b.len; i += used) {
		used = utf8_decode(b.buf + i, b.len - i, &cp);
		if (!used)
			break;
		if (segment_class(cp) & (SEGMENT_LETTER | SEGMENT_DIGIT |
		    SEGMENT_MARK))
			for (x = 0; x < used; x++) /* FNV-1a */
				h = (h ? h ^ (uint8_t)b.buf[i + x] :
				    14695981039346656037ull ^
				    (uint8_t)b.buf[i + x]) * 1099511628211ull;
	}
	strbuf_release(&b);
	return h;
}

static void
match(struct cue_tokens *k, const struct heard *h, size_t i, size_t j,
    uint8_t *known)
{
	known[i] = 1;
	k->t[i].start = h->w[j].start;
	k->t[i].end = h->w[j].end;
}

/* Longest common sequence of a[i0..i1) and b[j0..j1), by the usual table. */
static void
common(struct cue_tokens *k, const struct heard *h, const uint64_t *a,
    const uint64_t *b, const size_t range[4], uint8_t *known)
{
	size_t n = range[1] - range[0], m = range[3] - range[2], i, j;
	uint16_t *t;

	if (!n || !m || (n + 1) * (m + 1) > LCS_CELLS)
		return;
	a += range[0];
	b += range[2];
	t = xcalloc((n + 1) * (m + 1), sizeof(*t));
	for (i = n; i-- > 0;)
		for (j = m; j-- > 0;) {
			uint16_t *c = &t[i * (m + 1) + j];

			if (a[i] && a[i] == b[j])
				*c = c[m + 2] + 1;
			else
				*c = c[1] > c[m + 1] ? c[1] : c[m + 1];
		}
	for (i = j = 0; i < n && j < m;) {
		const uint16_t *c = &t[i * (m + 1) + j];

		if (a[i] && a[i] == b[j] && *c == c[m + 2] + 1) {
			match(k, h, range[0] + i++, range[2] + j++, known);
		} else if (c[1] >= c[m + 1]) {
			j++;
		} else {
			i++;
		}
	}
	free(t);
}

/* The text is not quite what was spoken ("nginx" is "engine x"). */
static void
by_words(struct cue_tokens *k, const struct heard *h, const char *spoken,
    uint8_t *known)
{
	uint64_t *a = xcalloc(k->nr, sizeof(*a));
	uint64_t *b = xcalloc(h->nr, sizeof(*b));
	size_t r[4] = { 0, k->nr, 0, h->nr }, i;

	for (i = 0; i < k->nr; i++)
		a[i] = word_hash(k->text.buf + k->t[i].off, k->t[i].len);
	for (i = 0; i < h->nr; i++)
		b[i] = word_hash(spoken + h->w[i].off, h->w[i].len);
	while (r[0] < r[1] && r[2] < r[3] && a[r[0]] == b[r[2]])
		match(k, h, r[0]++, r[2]++, known);
	while (r[0] < r[1] && r[2] < r[3] && a[r[1] - 1] == b[r[3] - 1])
		match(k, h, --r[1], --r[3], known);
	common(k, h, a, b, r, known);
	free(a);
	free(b);
}

static long
pause_after(const struct cue_tokens *k, size_t i)
{
	switch (cue_stop_of(k->text.buf + k->t[i].off, k->t[i].len)) {
	case CUE_STOP_SENTENCE:
		return SENTENCE_MS;
	case CUE_STOP_COMMA:
		return COMMA_MS;
	default:
		return 0;
	}
}

/* Share the time from..to out among the pieces i..j-1, by length; pauses keep
 * their length unless they would take more than half. */
static void
share(struct cue_tokens *k, size_t i, size_t j, long from, long to)
{
	double letters = 0, pauses = 0, rate, slow = 1, at = from;
	size_t x;

	for (x = i; x < j; x++) {
		letters += k->t[x].graphemes;
		if (x + 1 < j)
			pauses += (double)pause_after(k, x);
	}
	if (pauses > (double)(to - from) / 2)
		slow = (double)(to - from) / 2 / pauses;
	rate = ((double)(to - from) - pauses * slow) / (letters ? letters : 1);
	for (x = i; x < j; x++) {
		k->t[x].start = (long)floor(at + 0.5);
		at += rate * k->t[x].graphemes;
		k->t[x].end = (long)floor(at + 0.5);
		if (x + 1 < j)
			at += (double)pause_after(k, x) * slow;
	}
}

/* Times for the pieces whose word was not found, between those that were. */
static void
fill(struct cue_tokens *k, const uint8_t *known, long from, long to)
{
	size_t i, j;
	long a, b;

	for (i = 0; i < k->nr; i = j) {
		j = i + 1;
		if (known[i])
			continue;
		while (j < k->nr && !known[j])
			j++;
		a = i ? k->t[i - 1].end : from;
		b = j < k->nr ? k->t[j].start : to;
		share(k, i, j, a, b > a ? b : a);
	}
}

/* Never backwards, never out of the scene. */
static void
settle(struct cue_tokens *k, long shift, long end)
{
	long at = 0;
	size_t i;

	for (i = 0; i < k->nr; i++) {
		struct cue_token *t = &k->t[i];

		t->start += shift;
		t->end += shift;
		if (t->start < at)
			t->start = at;
		if (t->start > end)
			t->start = end;
		if (t->end < t->start)
			t->end = t->start;
		if (t->end > end)
			t->end = end;
		at = t->start;
		if (i && k->t[i - 1].end > t->start)
			k->t[i - 1].end = t->start;
	}
}

void
cue_times(struct cue_tokens *k, const struct film_scene *s,
    const struct cue_place *p)
{
	long end = p->frames * 1000 / p->fps, from = 0;
	long to = to_ms(s->audio_seconds), shift = p->voice_ms;
	uint8_t *known = xcalloc(k->nr, 1);
	struct heard h;

	hear(&h, s);
	if (!s->audio || to <= 0) {
		shift = end > 4 * SILENT_MARGIN_MS ? SILENT_MARGIN_MS : 0;
		to = end - 2 * shift;
	} else if (h.nr) {
		from = h.w[0].start;
		to = h.w[h.nr - 1].end;
		if (!strcmp(s->spoken, s->text))
			by_place(k, &h, known);
		else
			by_words(k, &h, s->spoken, known);
	}
	fill(k, known, from, to);
	settle(k, shift, end);
	free(h.w);
	free(known);
}
