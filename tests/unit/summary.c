/*
 * The summariser against the usual yardsticks: ROUGE-1 (Lin 2004; overlap of
 * single words, F1) with a reference of our own for each text.
 */
#include <stdlib.h>
#include <time.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/rng.h"
#include "base/strbuf.h"
#include "base/strvec.h"
#include "tap.h"
#include "text/check.h"
#include "text/material.h"
#include "text/opener.h"
#include "text/outline.h"
#include "text/summary.h"
#include "text/word.h"

#define TARGET_WORDS 110
#define RANDOMS 60

static char *
load(const char *name)
{
	struct strbuf b = STRBUF_INIT;
	struct err e = ERR_INIT;
	char *dir = path_program_dir();
	char *path = xasprintf("%s/../../../../tests/data/summary/%s", dir,
	    name);

	if (file_read(path, 1u << 20, &b, &e) < 0)
		ok(0, "%s", e.msg);
	free(dir);
	free(path);
	return strbuf_detach(&b, NULL);
}

/* Sorted stems of a text. */
static void
stems(const char *s, struct strvec *out)
{
	struct word_list l = WORD_LIST_INIT;
	struct strbuf b = STRBUF_INIT;
	size_t i;

	word_split(s, strlen(s), "en", &l);
	for (i = 0; i < l.nr; i++) {
		strbuf_reset(&b);
		word_stem(s + l.v[i].off, l.v[i].len, "en", &b);
		strvec_push(out, b.buf);
	}
	strvec_sort(out);
	strbuf_release(&b);
	word_list_release(&l);
}

static double
rouge(const char *got, const char *ref)
{
	struct strvec a = STRVEC_INIT, b = STRVEC_INIT;
	size_t i = 0, j = 0;
	double both = 0, f;
	int d;

	stems(got, &a);
	stems(ref, &b);
	while (i < a.nr && j < b.nr) {
		d = strcmp(a.v[i], b.v[j]);
		both += d == 0;
		i += d <= 0;
		j += d >= 0;
	}
	f = a.nr + b.nr ? 200 * both / (double)(a.nr + b.nr) : 0;
	strvec_release(&a);
	strvec_release(&b);
	return f;
}

static char *
summarise(const char *source, size_t words, double seconds,
    struct summary *s)
{
	struct summary_request q = { source, strlen(source), "en", "youtube",
		seconds, words, pace_for("en", "flite", 1) };
	struct strbuf b = STRBUF_INIT;
	struct err e = ERR_INIT;
	size_t i;

	if (summary_make(&q, s, &e) < 0)
		ok(0, "%s", e.msg);
	for (i = 0; i < s->script.nr; i++)
		strbuf_addf(&b, "%s\n", s->script.v[i].text);
	return strbuf_detach(&b, NULL);
}

/* Whole sentences in the order given until the words are used up. */
static char *
fill(const struct material *m, const size_t *order)
{
	struct strbuf b = STRBUF_INIT;
	size_t i, words = 0;

	for (i = 0; i < m->nr && words < TARGET_WORDS; i++) {
		words += m->v[order[i]].words;
		strbuf_add(&b, m->v[order[i]].text, m->v[order[i]].len);
		strbuf_addch(&b, '\n');
	}
	return strbuf_detach(&b, NULL);
}

static void
baselines(const char *source, const char *ref, double *lead, double *random)
{
	struct pace pace = pace_for("en", "flite", 1);
	struct material m;
	struct rng rng;
	size_t *order, i, k, swap;
	char *s;
	int n;

	material_read(source, strlen(source), "en", &pace, &m);
	order = xcalloc(m.nr, sizeof(*order));
	for (i = 0; i < m.nr; i++)
		order[i] = i;
	s = fill(&m, order);
	*lead = rouge(s, ref);
	free(s);
	rng_seed(&rng, 7, 1);
	for (n = 0, *random = 0; n < RANDOMS; n++) {
		for (i = m.nr; i > 1; i--) {
			k = rng_below(&rng, (unsigned)i);
			swap = order[i - 1];
			order[i - 1] = order[k];
			order[k] = swap;
		}
		s = fill(&m, order);
		*random += rouge(s, ref) / RANDOMS;
		free(s);
	}
	free(order);
	material_release(&m);
}

static void
acceptance(void)
{
	static const char *const names[] = { "lighthouse", "soil", "glass",
		"bread" };
	double got = 0, lead = 0, random = 0, l, r, g;
	size_t i, n = sizeof(names) / sizeof(*names);
	struct summary s;
	char *source, *ref, *text, *name;

	for (i = 0; i < n; i++) {
		name = xasprintf("%s.md", names[i]);
		source = load(name);
		free(name);
		name = xasprintf("%s.ref", names[i]);
		ref = load(name);
		free(name);
		text = summarise(source, TARGET_WORDS, 0, &s);
		g = rouge(text, ref);
		baselines(source, ref, &l, &r);
		printf("# %s: ours %.1f, lead %.1f, random %.1f (%zu words)\n",
		    names[i], g, l, r, s.words);
		ok(s.words > TARGET_WORDS * 0.85 &&
		    s.words < TARGET_WORDS * 1.1, "%s: %zu words", names[i],
		    s.words);
		got += g / (double)n;
		lead += l / (double)n;
		random += r / (double)n;
		summary_release(&s);
		free(text);
		free(source);
		free(ref);
	}
	ok(got >= random + 5, "ROUGE-1 %.1f is 5 over random %.1f", got,
	    random);
	ok(got >= lead - 1, "and no worse than lead %.1f less 1", lead);
}

static void
behaviour(void)
{
	static const char source[] = "# Salt\n\nThe sea is salt, and nobody "
	    "who has swum in it doubts that. However, rivers are not. They "
	    "carry too little of it to taste.\n\n"
	    "![x](y.png)\n\n```\ncode here.\n```\n\n"
	    "The sea keeps the salt that rivers bring to the sea. However, "
	    "rain takes only fresh water from the sea.\n";
	struct summary s;
	char *text = summarise(source, 0, 0, &s);

	is(s.script.title, "Salt", "title");
	ok(strstr(text, "However, rivers are not. They carry") != NULL,
	    "without a target all is kept, links too");
	ok(!strstr(text, "code"), "code is not");
	free(text);
	summary_release(&s);
	text = summarise(source, 22, 0, &s);
	ok(!strncmp(text, "The sea is salt", 15), "the lead is in");
	ok(!strstr(text, "However, rain") || strstr(text, "rivers bring"),
	    "no dangling However");
	ok(!strstr(text, "They") || strstr(text, "rivers are not"),
	    "no dangling They");
	free(text);
	summary_release(&s);
}

static void
lengths(void)
{
	char *source = load("glass.md"), *text;
	struct summary s;
	double t;

	for (t = 30; t <= 90; t += 15) {
		text = summarise(source, 0, t, &s);
		ok(s.seconds > t * 0.9 && s.seconds < t * 1.1,
		    "%.0f s are wanted, %.1f predicted", t, s.seconds);
		free(text);
		summary_release(&s);
	}
	free(source);
}

/* 10,000 sentences, in under two seconds. */
static void
size(void)
{
	static const char *const noun[] = { "whale", "river", "lamp", "glass",
		"soil", "tower", "harbour", "engine", "field", "star", "coral",
		"ship", "storm" };
	static const char *const verb[] = { "carries", "finds", "breaks",
		"turns", "holds", "crosses", "keeps" };
	struct strbuf b = STRBUF_INIT;
	struct summary s;
	struct rng rng;
	clock_t c;
	char *text;
	int i;

	rng_seed(&rng, 3, 1);
	for (i = 0; i < 10000; i++)
		strbuf_addf(&b, "The %s of place %u %s the old %s near the "
		    "%s.%s", noun[rng_below(&rng, 13)], rng_below(&rng, 900),
		    verb[rng_below(&rng, 7)], noun[rng_below(&rng, 13)],
		    noun[rng_below(&rng, 13)], i % 5 == 4 ? "\n\n" : " ");
	c = clock();
	text = summarise(b.buf, 0, 180, &s);
	c = clock() - c;
	ok(c < 2 * CLOCKS_PER_SEC, "10,000 sentences: %.2f s",
	    (double)c / CLOCKS_PER_SEC);
	ok(s.seconds > 170 && s.seconds < 190, "to 180 s: %.1f", s.seconds);
	free(text);
	summary_release(&s);
	strbuf_release(&b);
}

static void
openers(void)
{
	static const struct {
		const char *s, *language;
		size_t link;
		int back;
	} t[] = {
		{ "However, rain falls.", "en", 9, 0 },
		{ "However you look at it, rain falls.", "en", 0, 0 },
		{ "But rain falls.", "en", 4, 0 },
		{ "So far, so good.", "en", 0, 0 },
		{ "In addition, it rains.", "en", 13, 1 },
		{ "It rains.", "en", 0, 1 },
		{ "Its roof leaks.", "en", 0, 1 },
		{ "Italy has coasts.", "en", 0, 0 },
		{ "These stones sink.", "en", 0, 1 },
		{ "Aber es regnet.", "de", 5, 1 },
		{ "Sin embargo, llueve.", "es", 13, 0 },
		{ "Elle tombe.", "fr", 0, 1 },
		{ "However", "en", 0, 0 },
		{ "", "en", 0, 0 },
	};
	size_t i, n;

	for (i = 0; i < sizeof(t) / sizeof(*t); i++) {
		n = strlen(t[i].s);
		ok(opener_link(t[i].s, n, t[i].language) == t[i].link &&
		    !opener_points_back(t[i].s, n, t[i].language) ==
		    !t[i].back, "opener: %s", t[i].s);
	}
}

static void
outlines(void)
{
	static const char brief[] = "Make a short film about why cats purr, "
	    "for children. Calm.";
	struct script s = SCRIPT_INIT;
	struct check_request q = { "en", "shorts", 30, 60, 0, NULL };
	struct strbuf w = STRBUF_INIT;

	outline_make(brief, strlen(brief), "en", 60, &s);
	ok(s.nr == 5 && outline_is_unfilled(&s), "an outline of five");
	is(s.title, "Why cats purr", "titled by what it is about");
	ok(check_script(&s, &q, &w) > 0 && strstr(w.buf, "wanted"),
	    "a wrong length is told");
	script_release(&s);
	strbuf_release(&w);
}

int
main(void)
{
	acceptance();
	behaviour();
	lengths();
	size();
	openers();
	outlines();
	return done_testing();
}
