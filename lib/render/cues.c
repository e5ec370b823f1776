#include "render/cues.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "media/segment.h"
#include "render/cue_break.h"
#include "render/cue_times.h"
#include "render/cue_words.h"
#include "render/timeline.h"

#define MANY_WORDS 120 /* no cue of two lines can hold more */
#define MANY_GROUPS 3
#define GROUP_COLUMNS 16
#define GROUP_LONGEST 28
#define GROUP_WORDS 5
#define GROUP_MS 500 /* a few words are read at a glance */

/* Costs of a cue, on the scale of cue_break_cost(). */
#define COST_CUE 10        /* of there being one more */
#define COST_LONE 60       /* too short to be read */
#define COST_BRISK 8       /* shorter than BRISK_MS */
#define COST_SENTENCE_IN 8 /* a sentence ends inside */
#define COST_AT_COMMA 2    /* a break at a comma costs so much or less */
#define BRISK_MS 1300
#define PAUSE_MS 600       /* a silence that parts cues */

static int
language_is(const char *language, const char *two)
{
	return language && !strncmp(language, two, 2) &&
	    (!language[2] || language[2] == '-' || language[2] == '_');
}

void
cue_rules_for(const char *language, int w, int h, struct cue_rules *r)
{
	r->columns = w > h ? 42 : 32;
	r->words = w > h ? 0 : 12;
	r->clauses = 0;
	r->lines = 2;
	r->least = CUE_MIN_MS;
	r->groups = NULL;
	r->speed = 17;
	if (language_is(language, "zh")) {
		r->columns = 32;
		r->speed = 9;
	} else if (language_is(language, "ko")) {
		r->columns = 32;
		r->speed = 12;
	} else if (language_is(language, "ja")) {
		r->columns = 26;
		r->speed = 4;
	}
	r->longest = r->columns;
}

void
cue_rules_groups(const char *language, int words, struct cue_rules *r)
{
	cue_rules_for(language, 9, 16, r);
	r->columns = GROUP_COLUMNS;
	r->longest = GROUP_LONGEST;
	if (language_is(language, "ja"))
		r->longest = 26;
	r->words = words ? words : GROUP_WORDS;
	r->least = GROUP_MS;
	r->clauses = 1;
}

void
cue_place_of(const struct timeline *t, size_t i, struct cue_place *p)
{
	const struct timeline_scene *s = &t->scene[i];

	p->fps = t->fps;
	p->frames = (long)s->body_frames;
	p->voice_ms = (long)((s->voice - s->body) * 1000 / t->fps);
}

/* What a choice of cues is made from. */
struct plan {
	const struct cue_tokens *k;
	const struct cue_rules *r;
	const char *language;
	long end; /* ms: the scene's */
	int *break_cost; /* before each token */
};

static long
shown_until(const struct plan *p, size_t j)
{
	return j + 1 < p->k->nr ? p->k->t[j + 1].start : p->end;
}

/* Graphemes and words with a space before them, of i..j. */
static void
count(const struct cue_tokens *k, size_t i, size_t j, int *graphemes,
    int *words)
{
	size_t x;

	*graphemes = 0;
	*words = 1;
	for (x = i; x <= j; x++) {
		*graphemes += k->t[x].graphemes;
		if (x > i && k->t[x].space) {
			++*graphemes;
			++*words;
		}
	}
}

/* How bad it is to show i..j as one cue; -1: it cannot be. */
static long
cue_cost(const struct plan *p, size_t i, size_t j)
{
	const struct cue_token *t = p->k->t;
	long ms = t[j].end - t[i].start, room = shown_until(p, j) - t[i].start;
	long cost = COST_CUE;
	int line, graphemes, words;
	double speed;
	size_t x;

	if ((p->r->lines == 1 && i < j &&
	    cue_columns(p->k, i, j) > p->r->columns) ||
	    cue_line_break(p->k, i, j, p->r->columns, p->language, &line) < 0)
		return -1;
	count(p->k, i, j, &graphemes, &words);
	if (i < j && (ms > CUE_MAX_MS || (p->r->words && words > p->r->words)))
		return -1;
	cost += line / 4;
	if (j + 1 < p->k->nr)
		cost += 2 * p->break_cost[j + 1];
	if (room < p->r->least)
		cost += COST_LONE + (p->r->least - room) / 10;
	else if (room < BRISK_MS)
		cost += COST_BRISK;
	speed = graphemes * 1000.0 / (double)(room > 1 ? room : 1);
	if (speed > p->r->speed)
		cost += (long)(40 * (speed > 4 * p->r->speed ? 3 :
		    speed / p->r->speed - 1));
	for (x = i + 1; x <= j; x++) {
		if (p->break_cost[x] <= (p->r->clauses ? COST_AT_COMMA : 0))
			cost += COST_SENTENCE_IN * (1 + p->r->clauses);
		if (t[x].start - t[x - 1].end > PAUSE_MS)
			cost += (t[x].start - t[x - 1].end) / 40;
	}
	return cost;
}

/* Choose where cues end, the cheapest whole: end[j] is set where one ends
 * before token j. may (NULL: anywhere) marks where they may, and no cue has
 * more than MANY_GROUPS stretches of it. */
static void
choose(const struct plan *p, const uint8_t *may, uint8_t *end)
{
	size_t nr = p->k->nr, i, j, groups;
	long *best = xcalloc(nr + 1, sizeof(*best)), c;
	size_t *from = xcalloc(nr + 1, sizeof(*from));

	for (j = 1; j <= nr; j++) {
		if (may && !may[j])
			continue;
		best[j] = -1;
		groups = 0;
		for (i = j; i-- > 0 && j - i <= MANY_WORDS;) {
			if (may && i && !may[i])
				continue;
			c = cue_cost(p, i, j - 1);
			if (c < 0 || (may && groups++ == MANY_GROUPS))
				break; /* a longer one is none either */
			if (best[j] < 0 || best[i] + c < best[j]) {
				best[j] = best[i] + c;
				from[j] = i;
			}
		}
	}
	for (j = nr; end && j > 0; j = from[j])
		end[j] = 1;
	free(best);
	free(from);
}

/* Append the token to the cue's text. */
static void
add_word(struct cue_list *l, struct strbuf *b, const struct cue_tokens *k,
    size_t x, int sep)
{
	const struct cue_token *t = &k->t[x];
	struct cue_word *w;

	if (sep)
		strbuf_addch(b, sep);
	ALLOC_GROW(l->word, l->word_nr, l->word_alloc);
	w = &l->word[l->word_nr++];
	w->start = t->start;
	w->end = t->end;
	w->off = b->len;
	w->len = t->len;
	strbuf_add(b, k->text.buf + t->off, t->len);
}

/* Append the cue of tokens i..j; its times are raw yet. */
static void
add_cue(struct cue_list *l, const struct plan *p, size_t i, size_t j,
    const struct cue_place *place)
{
	struct strbuf b = STRBUF_INIT;
	struct cue *c;
	size_t x;
	long at = cue_line_break(p->k, i, j, p->r->columns, p->language, NULL);

	ALLOC_GROW(l->cue, l->nr, l->alloc);
	c = &l->cue[l->nr++];
	memset(c, 0, sizeof(*c));
	c->word = l->word_nr;
	c->word_nr = j - i + 1;
	c->start = p->k->t[i].start * place->fps / 1000;
	c->end = (p->k->t[j].end * place->fps + 999) / 1000;
	for (x = i; x <= j; x++)
		add_word(l, &b, p->k, x, x == i ? 0 :
		    (long)x == at ? '\n' : p->k->t[x].space ? ' ' : 0);
	c->text = strbuf_detach(&b, NULL);
}

/* Frames that the cue must stay: 5/6 s, and what reading it takes. */
static long
least_frames(const struct cue *c, const struct cue_rules *r, int fps)
{
	long n = (5 * fps + 5) / 6, read;

	read = (long)((double)segment_graphemes(c->text, strlen(c->text),
	    NULL) * fps / r->speed + 1);
	return read > n ? read : n;
}

/* Stretch each cue into the free time after it, as far as the rules say. */
static void
stretch(struct cue_list *l, size_t first, const struct cue_place *place,
    const struct cue_rules *r)
{
	long most = CUE_MAX_MS / 1000 * place->fps, near = place->fps / 2;
	long least, limit, gap;
	size_t i;

	for (i = first; i < l->nr; i++) {
		struct cue *c = &l->cue[i];

		limit = i + 1 == l->nr ? place->frames : c[1].start - CUE_GAP;
		gap = limit - c->end;
		if (gap < near) {
			c->end = limit;
		} else {
			least = c->start + least_frames(c, r, place->fps);
			c->end += gap - near < CUE_LINGER ? gap - near :
			    CUE_LINGER;
			if (c->end < least)
				c->end = least < limit ? least : limit;
		}
		if (c->end > c->start + most)
			c->end = c->start + most;
		if (c->end <= c->start)
			c->end = c->start + 1;
	}
}

/* Cues whose words share one moment wait for each other; those that find no
 * frame left in the scene are dropped: nobody could read them. */
static void
part(struct cue_list *l, size_t first, const struct cue_place *place)
{
	size_t i;

	for (i = first + 1; i < l->nr; i++) {
		struct cue *c = &l->cue[i];

		if (c->start < c[-1].start + 1 + CUE_GAP)
			c->start = c[-1].start + 1 + CUE_GAP;
	}
	while (l->nr > first && l->cue[l->nr - 1].start >= place->frames) {
		l->nr--;
		l->word_nr = l->cue[l->nr].word;
		free(l->cue[l->nr].text);
	}
}

/* Append the cues that end where end[] says. */
static void
write_cues(struct cue_list *l, const struct plan *p, const uint8_t *end,
    const struct cue_place *place, size_t scene)
{
	size_t i = 0, j;

	for (j = 1; j <= p->k->nr; j++) {
		if (!end[j])
			continue;
		add_cue(l, p, i, j - 1, place);
		l->cue[l->nr - 1].scene = scene;
		i = j;
	}
}

int
cues_scene(const struct film_scene *s, const struct cue_place *place,
    const struct cue_rules *r, size_t scene, struct cue_list *out,
    struct err *e)
{
	struct plan p = { NULL, r, s->language, 0, NULL };
	struct cue_tokens k;
	size_t j, first = out->nr;
	uint8_t *end, *group;

	out->fps = place->fps;
	if (s->card != FILM_SCENE)
		return 0;
	if (cue_tokens_read(&k, s->text, r->longest, s->language, e) < 0)
		return -1;
	cue_times(&k, s, place);
	p.k = &k;
	p.end = place->frames * 1000 / place->fps;
	p.break_cost = xcalloc(k.nr + 1, sizeof(*p.break_cost));
	for (j = 1; j < k.nr; j++)
		p.break_cost[j] = cue_break_cost(&k, j, s->language);
	end = xcalloc(2 * (k.nr + 1), 1);
	group = end + k.nr + 1;
	if (r->groups) {
		p.r = r->groups;
		choose(&p, NULL, group);
		p.r = r;
	}
	choose(&p, r->groups ? group : NULL, end);
	write_cues(out, &p, end, place, scene);
	part(out, first, place);
	stretch(out, first, place, r);
	free(end);
	free(p.break_cost);
	cue_tokens_release(&k);
	return 0;
}

void
cue_list_release(struct cue_list *l)
{
	size_t i;

	for (i = 0; i < l->nr; i++)
		free(l->cue[i].text);
	free(l->cue);
	free(l->word);
	memset(l, 0, sizeof(*l));
}
