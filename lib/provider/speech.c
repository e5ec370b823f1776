#include "provider/speech.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "media/voice_clip.h"
#include "provider/exec.h"
#include "record/spec.h"

static const struct speech_provider *const providers[] = {
	&speech_flite,
	&speech_espeak,
	&exec_speech,
};

#define PROVIDER_NR (sizeof(providers) / sizeof(*providers))

void
speech_result_init(struct speech_result *r)
{
	memset(r, 0, sizeof(*r));
	strbuf_init(&r->warnings);
	strbuf_init(&r->bytes);
	r->gain = 1;
}

void
speech_result_release(struct speech_result *r)
{
	sound_release(&r->sound);
	free(r->word);
	strbuf_release(&r->warnings);
	strbuf_release(&r->bytes);
	speech_result_init(r);
}

const struct speech_provider *
speech_provider_find(const char *spec, struct err *e)
{
	struct strbuf names = STRBUF_INIT;
	size_t i;

	for (i = 0; i < PROVIDER_NR; i++)
		if (spec_is(spec, providers[i]->name))
			return providers[i];
	for (i = 0; i < PROVIDER_NR; i++)
		strbuf_addf(&names, "%s%s", i ? ", " : "", providers[i]->name);
	err_set(e, EX_CONF, "no speech provider \"%.*s\"; choose one of %s",
	    (int)strcspn(spec, ":"), spec, names.buf);
	strbuf_release(&names);
	return NULL;
}

static int
is_english(const char *language)
{
	return (language[0] | 32) == 'e' && (language[1] | 32) == 'n' &&
	    (!language[2] || language[2] == '-' || language[2] == '_');
}

int
speech_default(const char *language, const char **provider,
    const char **voice, struct err *e)
{
	const struct speech_provider *p =
	    is_english(language) ? &speech_flite : &speech_espeak;

	*provider = p->name;
	*voice = p->voice_for(language);
	if (!*voice)
		return err_set(e, EX_CONF, "no voice for language \"%s\"; "
		    "correct language:, or choose a provider that speaks it "
		    "by ttsProvider:", language);
	return 0;
}

/* Give words from .. to-1 their parts of start .. end by their letters. */
static void
share_out(struct word_time *w, const struct spoken *sp, size_t from,
    size_t to, const double span[2])
{
	double all = 0, at = 0, part;
	size_t i;

	for (i = from; i < to; i++)
		all += (double)sp->word[i].len;
	for (i = from; i < to; i++) {
		part = (double)sp->word[i].len / all;
		w[i].start = span[0] + (span[1] - span[0]) * at;
		at += part;
		w[i].end = span[0] + (span[1] - span[0]) * at;
	}
}

static void
place_words(struct speech_result *r, const struct spoken *sp,
    const struct spoken_time *time, double head)
{
	double seconds = sound_seconds(&r->sound), last = 0, span[2];
	size_t i, next;

	for (i = 0; i < sp->nr; i = next) {
		for (next = i + 1; next < sp->nr && time[next].start < 0;
		    next++)
			;
		span[0] = time[i].start < 0 ? last : time[i].start - head;
		/* A word's own end holds up to the next word's start. */
		span[1] = next < sp->nr ? time[next].start - head : seconds;
		if (time[next - 1].end >= 0)
			span[1] = fmin(span[1], time[next - 1].end - head);
		else if (time[i].end >= 0)
			span[1] = fmin(span[1], time[i].end - head);
		span[0] = fmin(fmax(span[0], last), seconds);
		span[1] = fmin(fmax(span[1], span[0]), seconds);
		share_out(r->word, sp, i, next, span);
		last = span[1];
	}
}

int
speech_finish(struct speech_result *r, const struct spoken *sp,
    const struct spoken_time *time, const char *name, struct err *e)
{
	struct voice_level level;
	size_t i;

	if (voice_clip_clean(&r->sound, name, &level, e) < 0)
		return -1;
	if (!time)
		return 0;
	r->word = xcalloc(sp->nr, sizeof(*r->word));
	r->word_nr = sp->nr;
	for (i = 0; i < sp->nr; i++) {
		r->word[i].off = sp->word[i].off;
		r->word[i].len = sp->word[i].len;
	}
	place_words(r, sp, time, level.head);
	r->timing = "tts";
	return 0;
}
