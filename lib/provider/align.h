/*
 * Word times for a clip whose voice gives none, found in its sound.
 *
 * English by a forced alignment (sphinx.h). Other languages, and what that
 * does not find, by an echo: espeak says the same text, which gives true
 * times, and its sound is warped onto the clip's (warp.h), as aeneas does it
 * (A. Pettarin, 2015).
 */
#ifndef PROVIDER_ALIGN_H
#define PROVIDER_ALIGN_H

#include "provider/provider.h"
#include "provider/spoken.h"
#include "provider/word_place.h"

#define ALIGN_SECONDS_MAX 3600.0 /* of sound; longer is estimated */
#define ALIGN_SECONDS_MIN 0.15

/*
 * Find the words of q->text (lexicon applied) in r->sound, between trim_start
 * and trim_end (trim_end 0: to the end). On success r->word is set and
 * r->timing is "aligned"; words that r had are replaced. Else r is as it was,
 * timing "estimated", words dropped, and where the sound is not this text a
 * line in r->warnings says so. Same clip and text, same times.
 */
void align_words(const struct speech_request *q, struct speech_result *r);

/* Words found in a sound, in seconds of it. */
struct align_found {
	struct word_time *word; /* off and len of q->text */
	size_t nr;
};

/*
 * The two ways; s is mono, at 16 kHz, only speech. They return 0 with *f to be
 * freed by align_found_release, 1 where it sounds like another text, or -1
 * where the way is not open: no such language, no model, too much text.
 */
int align_english(const struct speech_request *q, const struct sound *s,
	struct align_found *f);
int align_echo(const struct speech_request *q, const struct sound *s,
	struct align_found *f);
void align_found_release(struct align_found *f);

#endif
