#include "text/split.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "media/segment.h"
#include "text/sentence.h"

/*
 * A picture change each 2 to 4 s in short form and 4 to 8 s in long form, no
 * still over 12 s: house rules for these platforms; a podcast has time.
 */
static const struct split_rule rules[] = {
	{ "youtube", 4, 8, 12 },
	{ "shorts", 2, 4, 6 },
	{ "tiktok", 2, 4, 6 },
	{ "reels", 2, 4, 6 },
	{ "linkedin", 3, 6, 10 },
	{ "square", 3, 6, 10 },
	{ "podcast", 8, 20, 40 },
};

/* What it costs to cut here, against being outside min..max (0 to 4). */
#define COST_STRONG 0.6 /* ; : dash */
#define COST_COMMA 1.0
#define COST_SMALL 2.2  /* before a conjunction or preposition */
#define COST_WORD 3.6
#define COST_SCENE 0.05

struct atom {
	size_t off, end;
	double seconds;
	double cut;   /* cost of a cut after it */
};

struct atoms {
	struct atom *v;
	size_t nr, alloc;
};

const struct split_rule *
split_rule_for(const char *platform)
{
	size_t i;

	for (i = 0; platform && i < sizeof(rules) / sizeof(*rules); i++)
		if (!strcmp(rules[i].platform, platform))
			return &rules[i];
	return &rules[0];
}

struct pace
split_pace(const char *language)
{
	return pace_for(language, NULL, 1.15);
}

static void
atom_add(struct atoms *a, const char *text, size_t off, size_t end,
    const struct pace *pace)
{
	struct atom *k;

	ALLOC_GROW(a->v, a->nr, a->alloc);
	k = &a->v[a->nr++];
	k->off = off;
	k->end = end;
	k->seconds = pace_seconds(pace, text + off, end - off);
	k->cut = 0;
}

/* Cost of a cut at off, by the sign before and the word after it. */
static double
cut_cost(const char *text, size_t off, size_t end, const char *language)
{
	size_t p = off, n = off;
	uint32_t cp = 0;

	while (p && (text[p - 1] == ' ' || text[p - 1] == '\n'))
		p--;
	while (p) {
		p--;
		if (((unsigned char)text[p] & 0xc0) != 0x80) {
			utf8_decode(text + p, off - p, &cp);
			break;
		}
	}
	if (cp == ';' || cp == ':' || cp == 0x2014 || cp == 0x2013 ||
	    cp == 0xff1b || cp == 0xff1a || cp == 0x61b)
		return COST_STRONG;
	if (cp == ',' || cp == 0xff0c || cp == 0x3001 || cp == 0x60c ||
	    segment_class(cp) & (SEGMENT_CLOSE & ~SEGMENT_PUNCT))
		return COST_COMMA;
	while (n < end && text[n] != ' ')
		n++;
	return word_is_stop(text + off, n - off, language) &&
	    !word_is_determiner(text + off, n - off, language) ?
	    COST_SMALL : COST_WORD;
}

/* A sentence that is too long, at every place where a line may end. */
static void
cut_sentence(struct atoms *a, const char *text, size_t from, size_t end,
    const struct pace *pace)
{
	uint8_t *mark = xmalloc(end - from + 1);
	size_t i, start = from;

	segment_text(text + from, end - from, pace->language, mark);
	for (i = 1; i < end - from; i++) {
		if (!(mark[i] & SEGMENT_LINE))
			continue;
		atom_add(a, text, start, from + i, pace);
		a->v[a->nr - 1].cut = cut_cost(text, from + i, end,
		    pace->language);
		start = from + i;
	}
	atom_add(a, text, start, end, pace);
	free(mark);
}

static double
length_cost(double d, const struct split_rule *r)
{
	double far;

	if (d < r->min) {
		far = (r->min - d) / r->min;
		return 4 * far * far;
	}
	if (d > r->max) {
		far = (d - r->max) / r->max;
		return 4 * far * far;
	}
	far = (d - (r->min + r->max) / 2) / r->max;
	return 0.1 * far * far;
}

/* Least total cost: best[i] is that of the first i atoms, from[i] where the
 * last of their pieces starts. */
static void
choose_cuts(const struct atoms *a, const struct split_rule *rule, size_t *from)
{
	double *best = xcalloc(a->nr + 1, sizeof(*best)), d, cost;
	size_t i, j;

	for (i = 1; i <= a->nr; i++) {
		best[i] = -1;
		d = 0;
		for (j = i; j > 0; j--) {
			d += a->v[j - 1].seconds;
			if (d > rule->hard && j < i)
				break;
			cost = best[j - 1] + length_cost(d, rule) + COST_SCENE +
			    (i < a->nr ? a->v[i - 1].cut : 0);
			if (best[i] < 0 || cost < best[i]) {
				best[i] = cost;
				from[i] = j - 1;
			}
		}
	}
	free(best);
}

static void
span_push(struct word_list *l, const char *text, size_t off, size_t end)
{
	while (off < end && memchr(" \t\r\n", text[off], 4))
		off++;
	while (end > off && memchr(" \t\r\n", text[end - 1], 4))
		end--;
	if (off == end)
		return;
	ALLOC_GROW(l->v, l->nr, l->alloc);
	l->v[l->nr].off = off;
	l->v[l->nr++].len = end - off;
}

void
split_text(const char *text, size_t len, const struct split_rule *rule,
    const struct pace *pace, struct word_list *out)
{
	struct word_list sentence = WORD_LIST_INIT;
	struct atoms a = { NULL, 0, 0 };
	size_t *from, *end, i, nr = 0, stop;

	sentence_split(text, len, pace->language, &sentence);
	for (i = 0; i < sentence.nr; i++) {
		stop = i + 1 < sentence.nr ? sentence.v[i + 1].off : len;
		if (pace_seconds(pace, text + sentence.v[i].off,
		    sentence.v[i].len) > rule->max)
			cut_sentence(&a, text, sentence.v[i].off, stop, pace);
		else
			atom_add(&a, text, sentence.v[i].off, stop, pace);
	}
	from = xcalloc(a.nr + 1, sizeof(*from));
	end = xcalloc(a.nr + 1, sizeof(*end));
	choose_cuts(&a, rule, from);
	for (i = a.nr; i > 0; i = from[i])
		end[nr++] = i;
	while (nr--)
		span_push(out, text, a.v[from[end[nr]]].off,
		    a.v[end[nr] - 1].end);
	free(from);
	free(end);
	free(a.v);
	word_list_release(&sentence);
}

static char *
copy_or_null(const char *s)
{
	return s ? xstrdup(s) : NULL;
}

static void
part_copy(struct script *out, const struct script_part *p, const char *text,
    size_t len, int first)
{
	char *piece = xmemdup(text, len);
	struct script_part *k = script_add(out, first ? p->heading : NULL,
	    piece);

	k->line = p->line;
	k->image = copy_or_null(p->image);
	k->notes = copy_or_null(p->notes);
	k->speaker = copy_or_null(p->speaker);
	k->say = copy_or_null(p->say);
	free(piece);
}

void
split_script(const struct script *in, const struct split_rule *rule,
    const struct pace *pace, struct script *out)
{
	struct word_list l = WORD_LIST_INIT;
	const struct script_part *p;
	size_t i, k, len;

	out->title = copy_or_null(in->title);
	out->description = copy_or_null(in->description);
	out->tags = copy_or_null(in->tags);
	for (i = 0; i < in->nr; i++) {
		p = &in->v[i];
		len = strlen(p->text);
		if (!len || p->say || p->whole || ((p->image || p->notes) &&
		    pace_seconds(pace, p->text, len) <= rule->hard)) {
			part_copy(out, p, p->text, len, 1);
			continue;
		}
		l.nr = 0;
		split_text(p->text, len, rule, pace, &l);
		for (k = 0; k < l.nr; k++)
			part_copy(out, p, p->text + l.v[k].off, l.v[k].len,
			    k == 0);
	}
	word_list_release(&l);
}
