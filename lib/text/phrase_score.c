#include "text/phrase_score.h"

#include "text/phrase_class.h"

/*
 * The weights below are in content words: a cut that costs 2 is worth two
 * words of content. They were set on the sentences of tests/unit/phrase.c.
 */
#define WEIGHT_CAP 4.2  /* content that is enough for a large line */
#define BROKEN 9.0      /* no phrase at all */
#define MEANING 6.0     /* says something else than the text */

#define FUNCTION (PHRASE_DET | PHRASE_PREP | PHRASE_CONJ | PHRASE_SUB | \
	PHRASE_AUX | PHRASE_OF | PHRASE_DEGREE | PHRASE_REL)

static int
is(const struct phrase_token *k, unsigned classes)
{
	return (k->cls & classes) != 0;
}

/* A word with a meaning of its own. */
static int
is_content(const struct phrase_token *k)
{
	return !k->stop && !is(k, FUNCTION | PHRASE_PRON | PHRASE_POST |
	    PHRASE_NEG | PHRASE_YOU | PHRASE_AWAY);
}

static int
has_verb(const struct phrase_token *v, size_t from, size_t to)
{
	return v[to - 1].verbs + is(&v[to - 1], PHRASE_VERB | PHRASE_AUX) >
	    v[from].verbs;
}

static size_t
first_verb(const struct phrase_token *v, size_t from, size_t to)
{
	for (; from < to; from++)
		if (is(&v[from], PHRASE_VERB | PHRASE_AUX))
			break;
	return from;
}

/* Content, and how the words inside agree with each other. */
static double
inside(const struct phrase_token *v, size_t from, size_t to)
{
	double s = 0;
	size_t i;

	for (i = from; i < to; i++) {
		if (v[i].unspaced)
			s += 0.5;
		else if (!is_content(&v[i]))
			s += 0.15;
		else
			s += 1.0 + 0.25 * (v[i].name ||
			    is(&v[i], PHRASE_NUMBER)) +
			    0.1 * (v[i].end - v[i].off > 7);
	}
	if (s > WEIGHT_CAP)
		s = WEIGHT_CAP + (s - WEIGHT_CAP) * 0.2;
	return s;
}

/* "Every tide that runs up a beach": a noun and a clause about it. */
static int
has_relative(const struct phrase_token *v, size_t from, size_t to)
{
	size_t i;

	for (i = from + 1; i < to; i++)
		if (is(&v[i], PHRASE_REL) && is_content(&v[i - 1]))
			return 1;
	return 0;
}

/* What a cut in front of token z, inside its clause, costs. */
static double
cut_right(const struct phrase_tokens *t, size_t from, size_t z)
{
	const struct phrase_token *n = &t->v[z], *e = &t->v[z - 1];
	int verb = has_verb(t->v, from, z);
	double s = phrase_verb_last(t->language) ? 0.8 : 0;

	if (e->quote && n->quote != e->quote && t->v[from].quote == e->quote)
		return 0.4; /* a quotation */
	if (n->unspaced && phrase_verb_last(t->language))
		return is(n, PHRASE_PREP) && !e->kana ? 1.5 : BROKEN;
	if (n->unspaced)
		return s + (is(e, PHRASE_OF) ? BROKEN : is(n, PHRASE_PREP |
		    PHRASE_CONJ) ? 0.9 : e->unspaced && !n->kana ? 2.6 : 0.9);
	if (is(e, PHRASE_NUMBER) && is_content(n) && !is(n, PHRASE_VERB))
		return BROKEN; /* without its unit */
	if (is(n, PHRASE_POST))
		return BROKEN;
	if (is(e, PHRASE_VERB) && is(n, PHRASE_REL))
		return BROKEN; /* "show that" */
	if (is(e, PHRASE_VERB) && !is(n, PHRASE_CONJ))
		return is(n, PHRASE_PREP) ? 3.5 :
		    is(n, PHRASE_DEGREE | PHRASE_SUB) ? 3.2 :
		    5.0; /* without its object */
	if (is(e, PHRASE_BASE) && z - from > 1 && (is(e - 1, PHRASE_PREP |
	    PHRASE_AUX | PHRASE_CONJ) || ((e - 1)->stop && !(e - 1)->cls)))
		return 4.0; /* the same: "to make" */
	if (is(n, PHRASE_AWAY) && verb && (n->after ||
	    is(n + 1, PHRASE_CONJ)))
		return 3.0; /* "slows yeast down" */
	if (is(n, PHRASE_OF) && !phrase_knows_verbs(t->language) &&
	    !n->after && is(n + 1, PHRASE_NUMBER))
		return s + 0.8; /* "de 3,8 centimètres" */
	if (is(n, PHRASE_OF)) /* "a little of", but "ships of every nation" */
		return !verb || is(n, PHRASE_SUB) ? 4.0 :
		    is_content(e) && !is(e, PHRASE_NUMBER) && (z - from < 2 ||
		    !is(e - 1, PHRASE_DET | PHRASE_NUMBER)) ? 1.5 : BROKEN;
	if (is(n, PHRASE_LIMIT) && !is(n, PHRASE_CONJ) && verb)
		return is(n, PHRASE_PREP) ? s + 1.0 : MEANING;
	if (is(n, PHRASE_PREP))
		return s + 0.6;
	if (is(n, PHRASE_DEGREE) && !phrase_knows_verbs(t->language))
		return s + 0.8;
	if (is(n, PHRASE_SUB))
		return s + 0.5;
	if (is(n, PHRASE_CONJ))
		return s + (verb ? 0.8 : 1.4);
	if (is(n, PHRASE_DET) && z + 1 < n->to &&
	    is(&t->v[z + 1], PHRASE_TIME))
		return s + 0.6; /* "every year" */
	if (is(n, PHRASE_AUX | PHRASE_VERB))
		return s + (is(e, PHRASE_PRON) ? 3.0 : !verb ? 0.7 :
		    has_relative(t->v, from, z) ? 0.9 : 2.0);
	if (is(n, PHRASE_DET | PHRASE_PRON | PHRASE_YOU))
		return s + (phrase_knows_verbs(t->language) ? 3.0 : 2.0);
	if (is(n, PHRASE_DEGREE | PHRASE_AWAY))
		return s + 1.8;
	return s + (n->stop ? 1.6 : 5.0);
}

/* Does "but" after "nothing" stand before token a: "do nothing but | push"? */
static int
but_for(const struct phrase_tokens *t, size_t a)
{
	const struct phrase_token *b = &t->v[a];

	return a > b->from + 1 && is(b - 1, PHRASE_CONJ) &&
	    is(b - 1, PHRASE_LIMIT) && is(b - 2, PHRASE_NEG);
}

/* What a clause opened inside [a, z), which has lost its verb, costs. */
static double
open_clause(const struct phrase_tokens *t, size_t a, size_t z)
{
	const struct phrase_token *v = t->v;
	size_t i;

	if (!phrase_knows_verbs(t->language))
		return 0;
	for (i = z - 1; i > a; i--) {
		if (is(&v[i], PHRASE_VERB | PHRASE_AUX))
			return 0;
		if (is(&v[i], PHRASE_OF) && is(&v[i], PHRASE_SUB))
			return has_verb(v, a, i) || (i + 1 < z &&
			    is(&v[i + 1], PHRASE_NUMBER)) ? 0 : 2.5;
		if (is(&v[i], PHRASE_SUB) && !is(&v[i], PHRASE_PREP |
		    PHRASE_DEGREE))
			return z == v[a].to ? 1.0 : BROKEN;
	}
	return 0;
}

/* What a cut behind token a - 1, inside its clause, costs. */
static double
cut_left(const struct phrase_tokens *t, size_t a, size_t z)
{
	const struct phrase_token *v = t->v, *p = &v[a - 1], *b = &v[a];
	int verb = has_verb(t->v, a, z);
	int subject = verb && first_verb(t->v, a, z) > a;

	if (b->unspaced)
		return is(p, PHRASE_OF | PHRASE_PREP | PHRASE_CONJ) ||
		    (p->kana && !b->kana) ? 1.0 : 3.0;
	if (b->quote && p->quote != b->quote && v[z - 1].quote == b->quote)
		return 0.4; /* a quotation */
	if (is(p, PHRASE_AUX) && is(b, PHRASE_NEG))
		return BROKEN;
	if (is(b, PHRASE_NEG) && !phrase_knows_verbs(t->language))
		return 4.0;
	if (is(b, PHRASE_POST | PHRASE_OF | PHRASE_PREP | PHRASE_AWAY))
		return 4.0;
	if (is(p, PHRASE_POST))
		return 1.0;
	if (is(p, PHRASE_DEGREE) && is(p, PHRASE_SUB | PHRASE_CONJ) &&
	    a > b->from + 1)
		return 4.0; /* "as fast as" */
	if (is(p, PHRASE_DEGREE) && !is(p, PHRASE_CONJ | PHRASE_SUB |
	    PHRASE_PREP))
		return is(b, PHRASE_NUMBER) ? 2.0 : BROKEN;
	if (is(p, PHRASE_OF) && verb)
		return BROKEN;
	if (is(p, PHRASE_SUB) && !is(p, PHRASE_PREP)) {
		if (is(p, PHRASE_REL))
			return subject && a > b->from + 1 &&
			    is(p - 1, PHRASE_SAYS) ? 0.7 : 4.0;
		return subject ? 1.8 : 4.0;
	}
	if (but_for(t, a))
		return 0.5;
	if (is(p, PHRASE_CONJ)) /* of clauses, or of nouns */
		return subject && (a == b->from + 1 ||
		    has_verb(v, b->from, a - 1)) ? 0.8 : 2.6;
	if (is(p, PHRASE_NUMBER) && a == b->from + 2 && subject &&
	    is(&t->v[a - 2], PHRASE_PREP))
		return 0.6; /* "In 1963 | John Wells counted" */
	if (is(p, PHRASE_DET) || (is(p, PHRASE_NUMBER) && !verb))
		return BROKEN;
	if (subject && is(&v[b->from], PHRASE_PREP) && is_content(p) &&
	    is(b, PHRASE_DET | PHRASE_PRON | PHRASE_YOU) &&
	    !has_verb(v, b->from, a))
		return 0.8; /* "In the oven | the gas expands" */
	if (verb) /* the noun of a phrase taken for a subject */
		return BROKEN;
	if (is(p, PHRASE_OF))
		return 2.0;
	if (is(p, PHRASE_LIMIT)) /* "without" */
		return MEANING;
	if (is(p, PHRASE_AUX) && !is(b, PHRASE_DET | PHRASE_NUMBER))
		return 2.6; /* of a predicate */
	if (is(p, PHRASE_PREP | PHRASE_VERB | PHRASE_AUX))
		return is(b, PHRASE_DET | PHRASE_NUMBER) || b->name ? 1.1 :
		    1.7;
	return is(b, PHRASE_DET | PHRASE_NUMBER) ? 2.0 :
	    p->stop && !p->det ? 1.2 : 4.0;
}

/* What the last word costs, whatever comes after it. */
static double
last_word(const struct phrase_token *z)
{
	int inner = !z->after;

	if (is(z, PHRASE_AWAY) || is(z, PHRASE_PRON))
		return inner ? 0.8 : 0.2;
	if (is(z, FUNCTION | PHRASE_NEG) || (z->stop && inner))
		return inner ? BROKEN : 1.5;
	return z->stop ? 0.6 : 0;
}

/* A noun phrase holds one noun and what is tied to it. */
static double
noun_phrase(const struct phrase_token *v, size_t a, size_t z)
{
	double s = 0;
	size_t i;

	for (i = a + 1; i < z; i++)
		if (is(&v[i], PHRASE_DET) && !is(&v[i], PHRASE_REL) &&
		    !is(&v[i - 1], PHRASE_PREP | PHRASE_OF | PHRASE_CONJ |
		    PHRASE_DET) && !(is(&v[i - 1], PHRASE_DEGREE) &&
		    (i < a + 2 || !is_content(&v[i - 2]))) &&
		    !(i + 1 < z && is(&v[i + 1], PHRASE_TIME)))
			s -= 5;
	if (is(&v[a], PHRASE_PAST) && a == v[a].from && a > v[a].first)
		s -= 2; /* ", left in the cool," */
	if (is(&v[a], PHRASE_DET | PHRASE_NUMBER))
		s += 0.4;
	return s;
}

/* How the words at the start, and the subject, serve. */
static double
opening(const struct phrase_tokens *t, size_t a, size_t z)
{
	const struct phrase_token *v = t->v, *b = &v[a];
	int knows = phrase_knows_verbs(t->language), starts = a == b->from;
	size_t verb = first_verb(v, a, z);
	double s = 0;

	if (is(b, PHRASE_POST))
		return -BROKEN;
	if (is(b, PHRASE_PRON) && !is(b, PHRASE_YOU) &&
	    (!is(b, PHRASE_DET) || verb == a + 1))
		s -= 1.6;
	if (is(b, PHRASE_CONJ))
		s -= 2.5;
	else if (is(b, PHRASE_SUB) && v[b->last - 1].after != '?')
		s -= is(b, PHRASE_PREP) && verb >= z ? 1.5 : 3.5;
	else if (is(b, PHRASE_PREP))
		s -= 1.5;
	if (is(b, PHRASE_AUX) && v[b->last - 1].after != '?' &&
	    !(a == b->first && (is(b, PHRASE_NEG) ||
	    (a + 1 < z && is(b + 1, PHRASE_NEG)))))
		s -= 2.5;
	if (!knows)
		return s + (starts ? 1.0 : 0) -
		    (b->stop && !b->det && !b->cls ? 0.8 : 0);
	if (verb >= z)
		return s + noun_phrase(v, a, z);
	if (verb == a) /* no subject: an order, or a piece */
		return s - ((a == b->first && is(b, PHRASE_BASE |
		    PHRASE_AUX)) || but_for(t, a) ? 0.2 : 2.0);
	return s + (starts || is(b - 1, PHRASE_SUB | PHRASE_CONJ |
	    PHRASE_NUMBER) ? 1.5 : 0);
}

/* Has the text around the phrase turned its meaning? */
static double
meaning(const struct phrase_tokens *t, size_t a, size_t z)
{
	const struct phrase_token *v = t->v, *b = &v[a], *e = &v[z - 1];
	size_t end = b->to, not_in, all;
	double s = 0;
	int knows = phrase_knows_verbs(t->language);

	if (but_for(t, a))
		return 0;
	all = v[end - 1].negations + is(&v[end - 1], PHRASE_NEG) -
	    v[b->from].negations;
	if (z < b->to && is(&v[z], PHRASE_CONJ)) /* "was cheap | but never" */
		all = v[z].negations - v[b->from].negations;
	not_in = e->negations + is(e, PHRASE_NEG) - b->negations;
	if (all > not_in)
		s += !knows || has_verb(v, a, z) ? MEANING : 2.5;
	if (a > b->first && (b->unsure > v[b->first].unsure ||
	    (a == b->from && b->negations > v[b->first].negations &&
	    is(b, PHRASE_SUB))) && (!knows || has_verb(v, a, z)))
		s += MEANING;
	/* "Nobody thinks", "it is not true that": the clause that follows */
	if (a > b->from && is(b - 1, PHRASE_SUB) &&
	    b->negations > v[b->from].negations)
		s += MEANING;
	return s;
}

/* A quotation is taken whole, or something inside it. */
static int
parts_quote(const struct phrase_token *v, size_t a, size_t z)
{
	size_t i, one = v[a].quote == v[z - 1].quote;

	for (i = a; one && i < z; i++)
		one = v[i].quote == v[a].quote;
	if (one)
		return 0;
	return (v[a].quote && a && v[a - 1].quote == v[a].quote) ||
	    (v[z - 1].quote && z < v[a].last &&
	    v[z].quote == v[z - 1].quote);
}

double
phrase_score(const struct phrase_tokens *t, size_t from, size_t to, int max)
{
	const struct phrase_token *v = t->v, *a = &v[from], *z = &v[to - 1];
	int linked = from == a->first + 1 && is(a - 1, PHRASE_CONJ) &&
	    a->from != from; /* "And ..." */
	int whole = (from == a->first || linked) && to == a->last;
	double words = 0, s;
	size_t i;

	for (i = from; i < to; i++)
		words += v[i].words;
	if (words > max || a->sentence != z->sentence ||
	    (to > a->to && !whole) || parts_quote(v, from, to))
		return 10 * PHRASE_NONE;
	s = inside(v, from, to) + (words < 2 ? -2 : 0);
	s -= 0.3 * (a->sentence < 8 ? (double)a->sentence : 8);
	if (whole) {
		s += 3.5 - (is(a, PHRASE_PRON) && !is(a, PHRASE_DET) ? 1 : 0);
		s -= is(a, PHRASE_CONJ) && to > from + 2 ? 1 : 0;
		return s + (z->after == '?' || z->after == 0xff1f ? 0.8 : 0);
	}
	s += opening(t, from, to) - last_word(z);
	s -= meaning(t, from, to) + open_clause(t, from, to);
	if (from > a->from)
		s -= cut_left(t, from, to);
	else if (from > a->first)
		s -= 0.3;
	if (to < a->to)
		s -= cut_right(t, from, to);
	return s;
}
