#include "provider/align.h"

#include <math.h>
#include <stdlib.h>

#include "media/listen.h"
#include "text/word.h"

void
align_found_release(struct align_found *f)
{
	free(f->word);
	f->word = NULL;
	f->nr = 0;
}

/* The clip's speech, mono at 16 kHz, from *head seconds on. */
static int
speech_of(const struct speech_result *r, struct sound *s, double *head)
{
	const struct sound *all = &r->sound;
	size_t from, to;
	double end = r->trim_end > 0 ? r->trim_end : sound_seconds(all);

	if (!(end - r->trim_start >= ALIGN_SECONDS_MIN) ||
	    end - r->trim_start > ALIGN_SECONDS_MAX || all->rate <= 0)
		return -1;
	from = (size_t)(fmax(r->trim_start, 0) * all->rate);
	to = (size_t)(end * all->rate);
	if (to > all->frames)
		to = all->frames;
	if (from >= to)
		return -1;
	*head = (double)from / all->rate;
	listen_to(all, from, to, s);
	return 0;
}

static void
take(struct speech_result *r, struct align_found *f, double head)
{
	size_t i;

	free(r->word);
	r->word = f->word;
	r->word_nr = f->nr;
	f->word = NULL;
	for (i = 0; i < r->word_nr; i++) {
		r->word[i].start += head;
		r->word[i].end += head;
	}
	r->timing = "aligned";
}

void
align_words(const struct speech_request *q, struct speech_result *r)
{
	struct sound s = SOUND_INIT;
	struct align_found f = { NULL, 0 };
	double head = 0;
	int k = -1, echo;

	free(r->word);
	r->word = NULL;
	r->word_nr = 0;
	r->timing = "estimated";
	if (speech_of(r, &s, &head) == 0) {
		if (language_is(q->language, "en"))
			k = align_english(q, &s, &f);
		if (k != 0) {
			echo = align_echo(q, &s, &f);
			k = echo < 0 ? k : echo;
		}
		if (k == 0)
			take(r, &f, head);
		else if (k == 1)
			strbuf_addstr(&r->warnings, "the sound does not follow "
			    "its text; when each word is said is estimated\n");
	}
	align_found_release(&f);
	sound_release(&s);
}
