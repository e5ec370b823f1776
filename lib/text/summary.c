#include "text/summary.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "media/segment.h"
#include "record/preset.h"
#include "text/material.h"
#include "text/opener.h"
#include "text/rank.h"
#include "text/split.h"

#define MMR_LAMBDA 0.7
#define WORDS_FEW 4     /* a sentence with fewer is chosen last */
#define CHAIN_MAX 2     /* sentences that one may pull in before it */
#define OVER 1.02       /* of the budget that may be filled */
#define LEFT_OVER 1.2   /* seconds that no sentence can fill */
#define TRIES 4         /* to meet the length of the film */

struct choice {
	const struct summary_request *q;
	struct material m;
	struct rank r;
	char *chosen;   /* by sentence */
	double *like;   /* largest likeness to a chosen one */
	double budget;  /* seconds of voice, or words */
	double used;
};

/* What a sentence takes of the budget. */
static double
cost(const struct choice *c, size_t i)
{
	return c->q->words ? (double)c->m.v[i].words : c->m.v[i].seconds;
}

/* Sentences that must come before i, as it opens with a pronoun: how many, or
 * -1 when they are not to be had. */
static int
chain(const struct choice *c, size_t i)
{
	int n = 0;

	while (c->m.v[i].points_back) {
		if (!i || c->m.v[i - 1].section != c->m.v[i].section ||
		    !c->m.v[i - 1].fit || n == CHAIN_MAX)
			return -1;
		i--;
		if (c->chosen[i])
			break;
		n++;
	}
	return n;
}

static void
take(struct choice *c, size_t i)
{
	double d;
	size_t j;

	if (c->chosen[i])
		return;
	c->chosen[i] = 1;
	c->used += cost(c, i);
	for (j = 0; j < c->m.nr; j++) {
		if (!c->m.v[j].fit || c->chosen[j])
			continue;
		d = rank_likeness(&c->r, i, j);
		c->like[j] = d > c->like[j] ? d : c->like[j];
	}
}

/* The best sentence that still fits; c->m.nr when there is none. */
static size_t
next_best(const struct choice *c)
{
	size_t i, best = c->m.nr, k;
	double value, total, most = -HUGE_VAL;
	int n;

	for (i = 0; i < c->m.nr; i++) {
		if (!c->m.v[i].fit || c->chosen[i])
			continue;
		n = chain(c, i);
		if (n < 0)
			continue;
		total = 0;
		value = c->m.v[i].words < WORDS_FEW ? -1 : 0;
		for (k = i - (size_t)n; k <= i; k++) {
			total += cost(c, k);
			value += (MMR_LAMBDA * c->r.v[k].score -
			    (1 - MMR_LAMBDA) * c->like[k]) / (n + 1);
		}
		if (value > most && c->used + total <= c->budget * OVER) {
			most = value;
			best = i;
		}
	}
	return best;
}

/* There is room for all: take every sentence that can stand. */
static int
choose_all(struct choice *c)
{
	double total = 0;
	size_t i;

	for (i = 0; i < c->m.nr; i++)
		total += c->m.v[i].fit ? cost(c, i) : 0;
	if (total > c->budget)
		return 0;
	for (i = 0; i < c->m.nr; i++)
		if (c->m.v[i].fit && chain(c, i) == 0) {
			c->chosen[i] = 1;
			c->used += cost(c, i);
		}
	return 1;
}

static void
choose(struct choice *c)
{
	size_t i, k;
	int n;

	memset(c->chosen, 0, c->m.nr);
	for (i = 0; i < c->m.nr; i++)
		c->like[i] = 0;
	c->used = 0;
	if (choose_all(c))
		return;
	for (i = 0; i < c->m.nr; i++) /* the lead is always in */
		if (c->m.v[i].fit && !c->m.v[i].points_back) {
			take(c, i);
			break;
		}
	while (c->used + LEFT_OVER < c->budget * OVER &&
	    (i = next_best(c)) < c->m.nr) {
		n = chain(c, i);
		for (k = i - (size_t)n; k <= i; k++)
			take(c, k);
	}
}

/* Append sentence i; a link whose other end is not there is dropped. */
static void
speak(const struct choice *c, size_t i, struct strbuf *out)
{
	const struct material_sentence *s = &c->m.v[i];
	size_t off = 0, at;
	uint32_t cp;

	if (!i || !c->chosen[i - 1] || c->m.v[i - 1].section != s->section)
		off = opener_link(s->text, s->len, c->q->language);
	if (out->len && utf8_decode(s->text, s->len, &cp) &&
	    !(segment_class(cp) & SEGMENT_IDEO) &&
	    !(cp >= 0x3000 && cp < 0x3100) && cp < 0xff00)
		strbuf_addch(out, ' ');
	at = out->len;
	strbuf_add(out, s->text + off, s->len - off);
	if (off)
		segment_capitalise(out, at);
}

/* What was chosen of one section, a paragraph a scene. */
static void
add_section(const struct choice *c, const char *heading,
    const struct strbuf *text, struct script *out)
{
	const struct split_rule *rule = split_rule_for(c->q->platform);
	struct pace pace = split_pace(c->q->language);
	struct word_list l = WORD_LIST_INIT;
	char *piece;
	size_t i;

	split_text(text->buf, text->len, rule, &pace, &l);
	for (i = 0; i < l.nr; i++) {
		piece = xmemdup(text->buf + l.v[i].off, l.v[i].len);
		script_add(out, i ? NULL : heading, piece);
		free(piece);
	}
	word_list_release(&l);
}

static void
write_script(const struct choice *c, struct script *out)
{
	struct strbuf b = STRBUF_INIT;
	size_t i, section = 0;

	if (c->m.title)
		out->title = xstrdup(c->m.title);
	for (i = 0; i <= c->m.nr; i++) {
		if (i < c->m.nr && !c->chosen[i])
			continue;
		if (b.len && (i == c->m.nr || c->m.v[i].section != section)) {
			add_section(c, c->m.section[section].heading, &b, out);
			strbuf_reset(&b);
		}
		if (i == c->m.nr)
			break;
		section = c->m.v[i].section;
		speak(c, i, &b);
	}
	strbuf_release(&b);
}

double
summary_film_seconds(const struct script *s, const struct pace *pace,
    const char *platform)
{
	const struct preset *p = preset_find(platform ? platform : "youtube",
	    NULL);
	double d = 0;
	size_t i;

	if (!p)
		p = preset_at(0);
	for (i = 0; i < s->nr; i++)
		d += pace_seconds(pace, s->v[i].text, strlen(s->v[i].text));
	if (s->nr)
		d += (p->head_ms + p->tail_ms +
		    (double)(s->nr - 1) * p->gap_ms) / 1000;
	return d;
}

/* Choose, write, measure; then again with the budget put right. */
static void
fit(struct choice *c, struct summary *out)
{
	double target = c->q->words ? (double)c->q->words : c->q->seconds;
	double got, best = HUGE_VAL;
	struct script s;
	int i;

	c->budget = target > 0 ? target : HUGE_VAL;
	for (i = 0; i < TRIES; i++) {
		memset(&s, 0, sizeof(s));
		choose(c);
		write_script(c, &s);
		got = c->q->words ? c->used : summary_film_seconds(&s,
		    &c->q->pace, c->q->platform);
		if (fabs(got - target) < best || !(target > 0)) {
			best = fabs(got - target);
			script_release(&out->script);
			out->script = s;
			out->seconds = summary_film_seconds(&s, &c->q->pace,
			    c->q->platform);
		} else {
			script_release(&s);
		}
		if (!(target > 0) || best <= target * 0.02)
			return;
		c->budget += (target - got) * 0.8;
	}
}

static size_t
count_fit(const struct material *m)
{
	size_t i, n = 0;

	for (i = 0; i < m->nr; i++)
		n += (size_t)m->v[i].fit;
	return n;
}

int
summary_make(const struct summary_request *q, struct summary *out,
    struct err *e)
{
	struct choice c;
	size_t i, lead;

	memset(&c, 0, sizeof(c));
	memset(out, 0, sizeof(*out));
	c.q = q;
	material_read(q->source, q->len, q->language, &q->pace, &c.m);
	out->of = count_fit(&c.m);
	if (!out->of) {
		material_release(&c.m);
		return err_set(e, EX_DATA, "source: no whole sentence to speak"
		    " in it; write some prose, or a brief alone");
	}
	for (i = 0; i < c.m.nr; i++)
		rank_add(&c.r, c.m.v[i].text, c.m.v[i].len, q->language,
		    c.m.v[i].section);
	rank_score(&c.r);
	c.chosen = xcalloc(c.m.nr, 1);
	c.like = xcalloc(c.m.nr, sizeof(*c.like));
	fit(&c, out);
	for (i = 0; i < out->script.nr; i++)
		out->words += word_count(out->script.v[i].text,
		    strlen(out->script.v[i].text), q->language);
	for (i = 0; i < c.m.nr; i++)
		out->chosen += (size_t)c.chosen[i];
	for (lead = 0; !c.m.v[lead].fit; lead++)
		;
	out->lead = xmemdup(c.m.v[lead].text, c.m.v[lead].len);
	rank_release(&c.r);
	material_release(&c.m);
	free(c.chosen);
	free(c.like);
	return 0;
}

void
summary_release(struct summary *s)
{
	script_release(&s->script);
	free(s->lead);
	memset(s, 0, sizeof(*s));
}
