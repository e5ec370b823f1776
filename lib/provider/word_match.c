#include "provider/word_match.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "provider/word_place.h"
#include "provider/word_unit.h"

#define WINDOW 6       /* words of the text that a reply may leave out */
#define WINDOW_MOST 200
#define WINDOW_UNITS 4000
#define LONG_WORD 4    /* letters; shorter ones are found anywhere by chance */
#define GAP_LEAST 0.08 /* seconds a word, for words between two heard ones */
#define FOUND_LEAST 3  /* a third of the words has to be found */

/* Two texts side by side: what was sent, and what was heard. */
struct match {
	struct word_units sent, heard;
	struct spoken_time *time;  /* of each word sent */
	struct spoken_time *said;  /* of each word heard */
	struct spoken_time *gap;   /* of what was heard and not found, before
				      each word sent, and at the end */
	double seconds, speech_start, speech_end;
};

static const struct spoken_time unknown = { -1, -1 };

static struct spoken_time *
unknown_times(size_t nr)
{
	struct spoken_time *t = xcalloc(nr + 1, sizeof(*t));
	size_t i;

	for (i = 0; i <= nr; i++)
		t[i] = unknown;
	return t;
}

/* One word's units behind the other's: from *at on those of word i. */
static size_t
unit_end(const struct word_units *u, size_t at, size_t word)
{
	while (at < u->nr && u->unit[at].word == word)
		at++;
	return at;
}

static int
same_units(const struct match *m, size_t p, size_t from, size_t n)
{
	size_t i;

	if (n > m->sent.nr - p)
		return 0;
	for (i = 0; i < n; i++)
		if (m->sent.unit[p + i].cp != m->heard.unit[from + i].cp)
			return 0;
	return 1;
}

/* Does what was heard next stand at unit p too? */
static int
goes_on(const struct match *m, size_t p, size_t next)
{
	size_t end;

	if (next >= m->heard.nr)
		return 1;
	end = unit_end(&m->heard, next, m->heard.unit[next].word);
	return same_units(m, p, next, end - next);
}

/*
 * The unit of the sent text, from cur on, where the heard units from..to
 * stand; SIZE_MAX for none. What is next in turn is taken at once. A part of a
 * word, a short word, or one far away has to be confirmed by what follows.
 */
static size_t
find(const struct match *m, size_t cur, size_t from, size_t to, size_t missed)
{
	const struct word_unit *u = m->sent.unit;
	size_t p, n = to - from, first, away;
	int whole;

	if (cur >= m->sent.nr)
		return SIZE_MAX;
	first = u[cur].word;
	for (p = cur; p < m->sent.nr; p++) {
		away = u[p].word - first;
		if (away > WINDOW + missed || away > WINDOW_MOST ||
		    p - cur > WINDOW_UNITS)
			break;
		if ((p != cur && !u[p].start) || !same_units(m, p, from, n))
			continue;
		whole = p + n == m->sent.nr || u[p + n].start;
		if (whole && p == cur)
			return p;
		if (whole && n >= LONG_WORD && away <= missed + 1)
			return p;
		if ((whole || to < m->heard.nr) && goes_on(m, p + n, to))
			return p;
	}
	return SIZE_MAX;
}

/* The words at units p .. p+n-1 were said in this time. */
static void
assign(struct match *m, size_t p, size_t n, struct spoken_time said)
{
	const struct word_unit *u = m->sent.unit + p;
	double part;
	size_t i;

	m->gap[u->word + 1] = unknown; /* it was inside the word */
	if (said.start < 0)
		return;
	part = said.end < 0 ? 0 : (said.end - said.start) / (double)n;
	for (i = 0; i < n; i++) {
		struct spoken_time *t = &m->time[u[i].word];

		if (said.end < 0 && i)
			return;
		if (t->start < 0)
			t->start = said.start + part * (double)i;
		t->end = said.end < 0 ? -1 : said.start + part *
		    (double)(i + 1);
	}
}

static void
widen(struct spoken_time *gap, struct spoken_time said)
{
	if (said.start < 0)
		return;
	if (gap->start < 0)
		gap->start = said.start;
	gap->end = fmax(gap->end, fmax(said.start, said.end));
}

/* Find what was heard in what was sent, from the first word to the last. */
static void
walk(struct match *m)
{
	size_t i, p, from = 0, to, cur = 0, missed = 0;

	for (i = 0; i < m->heard.part_nr; i++, from = to) {
		to = unit_end(&m->heard, from, i);
		if (to == from)
			continue; /* punctuation */
		p = find(m, cur, from, to, missed);
		if (p == SIZE_MAX) {
			missed++;
			widen(&m->gap[cur ? m->sent.unit[cur - 1].word + 1 :
			    0], m->said[i]);
			continue;
		}
		assign(m, p, to - from, m->said[i]);
		cur = p + to - from;
		missed = 0;
	}
}

/* Words i .. next-1 have no time, gap has that of what was heard there. */
static void
fill_gap(struct match *m, size_t i, size_t next)
{
	const struct spoken_time *gap = &m->gap[i];
	double from = i ? m->time[i - 1].end : m->speech_start;
	double to = next < m->sent.part_nr ? m->time[next].start :
	    m->speech_end;

	if (gap->start >= 0 && next > i) {
		m->time[i].start = gap->start;
		m->time[next - 1].end = gap->end;
	} else if (gap->start >= 0 && i) {
		if (m->time[i - 1].end >= 0)
			m->time[i - 1].end = fmax(from, gap->end);
	} else if (gap->start >= 0 && m->sent.part_nr) {
		m->time[0].start = fmin(gap->start, m->time[0].start);
	} else if (next > i && from >= 0 && (i || next < m->sent.part_nr) &&
	    to - from > GAP_LEAST * (double)(next - i)) {
		m->time[i].start = from;
		m->time[next - 1].end = to;
	} /* else they share the time of the word before */
}

static void
fill_gaps(struct match *m)
{
	size_t i, next, nr = m->sent.part_nr;

	for (i = 0; i <= nr; i = next + 1) {
		for (next = i; next < nr && m->time[next].start < 0; next++)
			;
		fill_gap(m, i, next);
	}
}

/* Where the words stand in the original. Words that stand for one entry of
 * the lexicon are one. */
static void
give_words(struct speech_result *r, const struct sent_piece *p,
    const struct word_units *sent, const struct word_time *w)
{
	struct word_time *out = xcalloc(sent->part_nr, sizeof(*out)), *last;
	size_t i, nr = 0, off, len;

	for (i = 0; i < sent->part_nr; i++) {
		sent_text_origin(p->sent, w[i].off, w[i].len, &off, &len);
		last = nr ? &out[nr - 1] : NULL;
		if (last && off < last->off + last->len) {
			if (off + len > last->off + last->len)
				last->len = off + len - last->off;
			last->end = w[i].end;
		} else if (len) {
			out[nr] = w[i];
			out[nr].off = off;
			out[nr++].len = len;
		}
	}
	free(r->word);
	r->word = out;
	r->word_nr = nr;
	r->timing = "tts";
}

/* From the times of the words sent to the result's words. */
static size_t
finish(struct match *m, struct speech_result *r, const struct sent_piece *p)
{
	size_t i, nr = m->sent.part_nr, known = 0;
	struct word_time *w;

	word_straighten(m->time, nr, m->seconds);
	for (i = 0; i < nr; i++)
		known += m->time[i].start >= 0;
	if (!known || known * FOUND_LEAST < nr) {
		strbuf_addf(&r->warnings, "the voice's word times fit %zu of "
		    "%zu words; the captions' are estimated\n", known, nr);
		return 0;
	}
	w = xcalloc(nr, sizeof(*w));
	for (i = 0; i < nr; i++) {
		w[i].off = m->sent.part[i].off;
		w[i].len = m->sent.part[i].len;
	}
	word_place(w, nr, m->time, 0, m->seconds);
	give_words(r, p, &m->sent, w);
	free(w);
	return r->word_nr;
}

static void
begin(struct match *m, const struct speech_result *r,
    const struct sent_piece *p)
{
	memset(m, 0, sizeof(*m));
	word_units_read(&m->sent, p->sent->text.buf, p->off, p->len);
	m->time = unknown_times(m->sent.part_nr);
	m->gap = unknown_times(m->sent.part_nr);
	m->seconds = sound_seconds(&r->sound);
	m->speech_start = r->trim_start;
	m->speech_end = r->trim_end > 0 ? r->trim_end : m->seconds;
}

/* heard and said are there: match and finish. */
static size_t
compare(struct match *m, struct speech_result *r, const struct sent_piece *p)
{
	word_straighten(m->said, m->heard.part_nr, m->seconds);
	walk(m);
	fill_gaps(m);
	return finish(m, r, p);
}

static void
match_release(struct match *m)
{
	word_units_release(&m->sent);
	word_units_release(&m->heard);
	free(m->time);
	free(m->said);
	free(m->gap);
}

size_t
word_match(struct speech_result *r, const struct sent_piece *p,
    const struct heard_word *heard, size_t nr)
{
	struct match m;
	size_t i;

	if (nr > WORD_MATCH_MAX)
		nr = WORD_MATCH_MAX;
	begin(&m, r, p);
	m.said = unknown_times(nr);
	for (i = 0; i < nr; i++) {
		word_units_add(&m.heard, heard[i].word);
		m.said[i].start = heard[i].start;
		m.said[i].end = heard[i].end;
	}
	i = compare(&m, r, p);
	match_release(&m);
	return i;
}

/* The time of each word of a text that the characters make up. */
static void
time_words(const struct word_units *u, const struct heard_chars *c,
    size_t shift, struct spoken_time *time)
{
	size_t i = 0, k, at = shift, n;

	for (k = 0; k < u->part_nr; k++) {
		const struct word_part *w = &u->part[k];

		for (; i < c->text_nr; i++, at += n) {
			n = strlen(c->text[i]);
			if (at + n <= w->off)
				continue;
			if (at >= w->off + w->len)
				break;
			if (time[k].start < 0)
				time[k].start = c->start[i];
			time[k].end = c->end[i];
			if (at + n > w->off + w->len)
				break; /* goes on in the next word */
		}
	}
}

size_t
word_match_chars(struct speech_result *r, const struct sent_piece *p,
    const struct heard_chars *c)
{
	struct strbuf all = STRBUF_INIT;
	struct match m;
	size_t i;

	if (c->text_nr != c->start_nr || c->text_nr != c->end_nr ||
	    c->text_nr > WORD_MATCH_MAX) {
		strbuf_addf(&r->warnings, "the voice gave %zu characters with "
		    "%zu starts and %zu ends; the captions' word times are "
		    "estimated\n", c->text_nr, c->start_nr, c->end_nr);
		return 0;
	}
	for (i = 0; i < c->text_nr; i++)
		strbuf_addstr(&all, c->text[i]);
	begin(&m, r, p);
	if (all.len == p->len && !memcmp(all.buf, p->sent->text.buf + p->off,
	    p->len)) {
		time_words(&m.sent, c, p->off, m.time);
		i = finish(&m, r, p);
	} else {
		word_units_read(&m.heard, all.buf, 0, all.len);
		m.said = unknown_times(m.heard.part_nr);
		time_words(&m.heard, c, 0, m.said);
		i = compare(&m, r, p);
	}
	match_release(&m);
	strbuf_release(&all);
	return i;
}
