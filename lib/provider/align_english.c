/*
 * Forced alignment in a process of its own: flite and PocketSphinx keep state,
 * and the latter ends the program where it should return.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/child.h"
#include "base/file.h"
#include "base/mem.h"
#include "provider/align.h"
#include "provider/sphinx.h"

#define CHILD_SECONDS 900

struct english {
	const struct sound *sound;
	const struct spoken *spoken;
};

/* What the child writes first; the times of all words follow. */
struct answer {
	int code; /* of the error, 0 for none */
	size_t words;
};

static int16_t *
as_pcm(const struct sound *s)
{
	int16_t *pcm = xcalloc(s->frames, sizeof(*pcm));
	size_t i;

	for (i = 0; i < s->frames; i++)
		pcm[i] = (int16_t)lrintf(32767 * fmaxf(-1, fminf(1,
		    s->sample[i])));
	return pcm;
}

/* A spoken word lasts from the first to the last of what is said for it. */
static struct spoken_time *
word_times(const struct phone_list *l, const struct sphinx_span *span,
    size_t words)
{
	struct spoken_time *time = xcalloc(words, sizeof(*time));
	size_t i;

	for (i = 0; i < words; i++)
		time[i].start = time[i].end = -1;
	for (i = 0; i < l->nr; i++) {
		struct spoken_time *t = &time[l->v[i].word];

		if (t->start < 0)
			t->start = span[i].start;
		t->end = span[i].end;
	}
	return time;
}

static void
work(int fd, void *ctx)
{
	const struct english *en = ctx;
	struct phone_list list = { NULL, 0, 0 };
	struct answer a = { EX_FAILED, en->spoken->nr };
	struct spoken_time *time = NULL;
	struct sphinx_span *span;
	struct err e = ERR_INIT;
	int16_t *pcm;

	if (phones_read(en->spoken, &list, &e) == 0 && list.nr) {
		pcm = as_pcm(en->sound);
		span = xcalloc(list.nr, sizeof(*span));
		a.code = sphinx_align(&list, pcm, en->sound->frames, span,
		    &e) < 0 ? e.code : 0;
		if (!a.code)
			time = word_times(&list, span, a.words);
		free(span);
		free(pcm);
	}
	phones_release(&list);
	if (file_write_all(fd, &a, sizeof(a)) == 0 && time)
		file_write_all(fd, time, a.words * sizeof(*time));
	free(time);
}

/* 0 with the words' times, 1 when they were not found, -1 without a way. */
static int
read_answer(const struct strbuf *b, size_t words, struct spoken_time *time)
{
	struct answer a;

	if (b->len < sizeof(a))
		return -1;
	memcpy(&a, b->buf, sizeof(a));
	if (a.code)
		return a.code == EX_FAILED ? 1 : -1;
	if (a.words != words || b->len != sizeof(a) + words * sizeof(*time))
		return -1;
	memcpy(time, b->buf + sizeof(a), words * sizeof(*time));
	return 0;
}

int
align_english(const struct speech_request *q, const struct sound *s,
    struct align_found *f)
{
	static const struct spoken_engine engine = { "flite", 1, 0, 0 };
	struct spoken sp;
	struct strbuf unsaid = STRBUF_INIT, b = STRBUF_INIT;
	struct english en = { s, &sp };
	struct child_job job = { "align", CHILD_SECONDS, 1u << 24, work, &en };
	struct spoken_time *time;
	size_t i;
	int k = -1;

	if (spoken_make(&sp, q, &engine, &unsaid, NULL) < 0) {
		spoken_release(&sp);
		strbuf_release(&unsaid);
		return -1;
	}
	time = xcalloc(sp.nr, sizeof(*time));
	if (child_run(&job, &b, NULL) == 0)
		k = read_answer(&b, sp.nr, time);
	if (k == 0) {
		f->nr = sp.nr;
		f->word = xcalloc(f->nr, sizeof(*f->word));
		for (i = 0; i < f->nr; i++) {
			f->word[i].off = sp.word[i].off;
			f->word[i].len = sp.word[i].len;
		}
		word_place(f->word, f->nr, time, 0, sound_seconds(s));
	}
	free(time);
	spoken_release(&sp);
	strbuf_release(&unsaid);
	strbuf_release(&b);
	return k;
}
