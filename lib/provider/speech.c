#include "provider/speech.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "media/voice_clip.h"
#include "provider/media_kind.h"
#include "store/endpoint.h"

/* One pointer for each row of the table that speaks. */
#define YES(name) extern const struct speech_provider name##_speech;
#define NO(name)
#define PROVIDER(name, script, speech, image, ...) speech(name)
#include "store/provider.def"
#undef YES
#define YES(name) &name##_speech,
static const struct speech_provider *const providers[] = {
#include "store/provider.def"
};
#undef PROVIDER

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

int
speech_reply_read(const struct speech_provider *p, const struct strbuf *reply,
    struct speech_reply *r, struct err *e)
{
	strbuf_init(&r->bytes);
	if (p->read && !media_kind(reply->buf, reply->len))
		return p->read(reply, r, e);
	strbuf_add(&r->bytes, reply->buf, reply->len);
	return 0;
}

void
speech_reply_release(struct speech_reply *r)
{
	size_t i;

	for (i = 0; i < r->heard_nr; i++)
		free(r->heard[i].text);
	free(r->heard);
	strbuf_release(&r->bytes);
	memset(r, 0, sizeof(*r));
	strbuf_init(&r->bytes);
}

const struct speech_provider *
speech_provider_find(const char *spec, struct err *e)
{
	const struct endpoint *ep = endpoint_get(spec, PROVIDER_SPEECH, e);
	size_t i;

	for (i = 0; ep && i < PROVIDER_NR; i++)
		if (!strcmp(ep->type->name, providers[i]->name))
			return providers[i];
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
	    is_english(language) ? &flite_speech : &espeak_speech;

	*provider = p->name;
	*voice = p->voice_for(language);
	if (!*voice)
		return err_set(e, EX_CONF, "no voice for language \"%s\"; "
		    "correct language:, or choose a provider that speaks it "
		    "by ttsProvider:", language);
	return 0;
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
	word_place(r->word, r->word_nr, time, level.head,
	    sound_seconds(&r->sound));
	r->timing = "tts";
	return 0;
}
