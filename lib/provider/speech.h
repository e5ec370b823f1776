/*
 * What the speech providers share, and the list of them.
 */
#ifndef PROVIDER_SPEECH_H
#define PROVIDER_SPEECH_H

#include "base/error.h"
#include "provider/provider.h"
#include "provider/spoken.h"
#include "provider/word_place.h"

extern const struct speech_provider flite_speech;
extern const struct speech_provider espeak_speech;

/*
 * The provider and voice for a language when nothing is set: flite's slt for
 * English, else espeak's voice of that language. Both are static. EX_CONF when
 * no provider inside speaks it.
 */
int speech_default(const char *language, const char **provider,
	const char **voice, struct err *e);

/*
 * Finish a result: r->sound (as the engine gave it, taken over) is cleaned up
 * and r->word made from the words and their times, moved by what was trimmed.
 * Words without a time get their part of the span up to the next one that has
 * one, by their letters. time has sp->nr entries; NULL when the engine gave
 * none, then there are no words.
 */
int speech_finish(struct speech_result *r, const struct spoken *sp,
	const struct spoken_time *time, const char *name, struct err *e);

#endif
