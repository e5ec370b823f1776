#include "provider/sphinx.h"

#include <pocketsphinx.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "provider/dictionary.h"

#ifndef SPHINX_MODELS
#define SPHINX_MODELS "/usr/share/pocketsphinx/model"
#endif
#define FRAME 0.01    /* seconds */
#define EARLY 0.005   /* a frame's place is its middle */
#define STATES 3      /* of a phone's model, each at least a frame */
#define SQUEEZED 1.15 /* a word in less time than this, of the least */
#define SQUEEZED_MOST 3 /* a third of them */
/* In a long clip another text drops out of the beams. A short one may come
 * through, but with scores a frame, against the best that could be heard, of
 * -93 and less, where the right text has -29 to -80 with four voices. Comparing
 * takes three times as long. */
#define COMPARED 120  /* seconds */
#define FIT_LEAST (-86)

struct decoder {
	ps_decoder_t *ps;
	const struct phone_list *list;
	const char **asked; /* the distinct names, sorted */
	size_t asked_nr;
	int *found;         /* lines of the dictionary for each */
	int compare;        /* with the best that could be heard instead */
};

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
add_found(void *ctx, size_t i, const char *word, const char *phones)
{
	struct decoder *d = ctx;

	d->found[i]++;
	ps_add_word(d->ps, word, phones, 0);
}

/* Where the dictionary lacks it, by flite's rules. */
static void
add_by_rule(struct decoder *d, const struct phone_word *w)
{
	const char *name = w->name;
	const char **at = bsearch(&name, d->asked, d->asked_nr,
	    sizeof(*d->asked), by_name);

	if (!at || d->found[at - d->asked])
		return;
	d->found[at - d->asked] = 1;
	ps_add_word(d->ps, w->name, w->phones, 0);
}

static int
add_words(struct decoder *d, struct err *e)
{
	struct dictionary_reader r = { add_found, d };
	size_t i, n = 0;

	d->asked = xcalloc(d->list->nr, sizeof(*d->asked));
	d->found = xcalloc(d->list->nr, sizeof(*d->found));
	for (i = 0; i < d->list->nr; i++)
		d->asked[i] = d->list->v[i].name;
	qsort(d->asked, d->list->nr, sizeof(*d->asked), by_name);
	for (i = 0; i < d->list->nr; i++)
		if (!n || strcmp(d->asked[n - 1], d->asked[i]) != 0)
			d->asked[n++] = d->asked[i];
	d->asked_nr = n;
	if (dictionary_look_up(SPHINX_MODELS "/en-us/cmudict-en-us.dict",
	    d->asked, n, &r, e) < 0)
		return -1;
	for (i = 0; i < d->list->nr; i++)
		add_by_rule(d, &d->list->v[i]);
	return 0;
}

/* The text is one path without branches, so that wide beams cost little; what
 * drops out of them all the same is another text. Silence is not to be cut out
 * of the sound: times are counted in it. */
static int
open_decoder(struct decoder *d, struct err *e)
{
	cmd_ln_t *c = cmd_ln_init(NULL, ps_args(), TRUE,
	    "-hmm", SPHINX_MODELS "/en-us/en-us", "-logfn", "/dev/null",
	    "-bestpath", "no", "-remove_silence", "no", "-remove_noise", "no",
	    "-beam", "1e-120", "-wbeam", "1e-100", "-pbeam", "1e-100",
	    "-maxhmmpf", "-1",
	    "-compallsen", d->compare ? "yes" : "no", NULL);

	d->ps = c ? ps_init(c) : NULL;
	cmd_ln_free_r(c);
	if (!d->ps)
		return err_set(e, EX_CONF, "the acoustic model "
		    SPHINX_MODELS "/en-us is missing; install the package "
		    "pocketsphinx-en-us");
	return 0;
}

/* All words in a row; the decoder puts optional silence between them. */
static int
set_words(struct decoder *d)
{
	const struct phone_list *l = d->list;
	fsg_model_t *g = fsg_model_init("text", ps_get_logmath(d->ps), 1.0f,
	    (int32)l->nr + 1);
	size_t i;
	int k;

	g->start_state = 0;
	g->final_state = (int32)l->nr;
	for (i = 0; i < l->nr; i++)
		fsg_model_trans_add(g, (int32)i, (int32)i + 1, 0,
		    fsg_model_word_add(g, l->v[i].name));
	k = ps_set_fsg(d->ps, "text", g);
	fsg_model_free(g);
	return k < 0 ? -1 : ps_set_search(d->ps, "text");
}

static int
decode(struct decoder *d, const int16_t *pcm, size_t n)
{
	if (ps_start_utt(d->ps) < 0)
		return -1;
	if (ps_process_raw(d->ps, pcm, n, 0, 1) < 0)
		return -1;
	return ps_end_utt(d->ps);
}

static int
is_filler(const char *w)
{
	return w[0] == '<' || w[0] == '[' || w[0] == '+' || w[0] == '(';
}

/* Frames a phone, in those that its states need at least. */
static double
slowness(int frames, const char *phones)
{
	int n = 1;

	for (; *phones; phones++)
		n += *phones == ' ';
	return (double)frames / (n * STATES);
}

/* Every word once, in order, and most of them with time to be said; else it is
 * another text that was squeezed in. */
static int
read_spans(struct decoder *d, struct sphinx_span *span)
{
	size_t i = 0, nr = d->list->nr, squeezed = 0;
	int from, to, sound, text, back;
	double fit = 0, frames = 0;
	ps_seg_t *s;

	for (s = ps_seg_iter(d->ps); s; s = ps_seg_next(s)) {
		if (is_filler(ps_seg_word(s)))
			continue;
		if (i == nr) {
			ps_seg_free(s);
			return -1;
		}
		ps_seg_frames(s, &from, &to);
		ps_seg_prob(s, &sound, &text, &back);
		fit += sound;
		frames += to + 1 - from;
		span[i].start = from * FRAME + EARLY;
		span[i].end = (to + 1) * FRAME + EARLY;
		squeezed += slowness(to + 1 - from, d->list->v[i].phones) <
		    SQUEEZED;
		i++;
	}
	if (i != nr || squeezed * SQUEEZED_MOST > nr)
		return -1;
	return d->compare && fit < FIT_LEAST * frames ? -1 : 0;
}

int
sphinx_align(const struct phone_list *list, const int16_t *pcm, size_t n,
    struct sphinx_span *span, struct err *e)
{
	struct decoder d = { .list = list, .compare = n < COMPARED *
		SPHINX_RATE };
	int ret = -1;

	if (open_decoder(&d, e) == 0 && add_words(&d, e) == 0) {
		ret = 0;
		if (set_words(&d) < 0 || decode(&d, pcm, n) < 0 ||
		    read_spans(&d, span) < 0)
			ret = err_set(e, EX_FAILED, "the words are not heard "
			    "in this order");
	}
	ps_free(d.ps);
	free(d.asked);
	free(d.found);
	return ret;
}
