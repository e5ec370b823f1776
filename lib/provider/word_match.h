/*
 * What a server says of when it spoke, as times of the words of the scene's
 * text. Replies spell words as they please ("$42.50" comes back as it is, as
 * "42" and "50", or as "forty" and so on), so that they are found again by
 * their letters, in order, and what is not found goes to its neighbours.
 *
 * Nothing here fails: sound that was paid for is not lost to bad times. Where
 * they are of no use a line in r->warnings says why and r->word stays NULL.
 */
#ifndef PROVIDER_WORD_MATCH_H
#define PROVIDER_WORD_MATCH_H

#include <stddef.h>

#include "provider/provider.h"
#include "store/sent_text.h"

#define WORD_MATCH_MAX 100000 /* words or characters of one reply */

/* The part of a sent text that one call spoke. */
struct sent_piece {
	const struct sent_text *sent;
	size_t off, len; /* bytes of sent->text */
};

/* A word as a server names it; UTF-8, seconds from the sound's start. */
struct heard_word {
	const char *word;
	double start, end;
};

/* The three lists of an ElevenLabs alignment (characters,
 * character_start_times_seconds, character_end_times_seconds of
 * POST /v1/text-to-speech/{voice}/with-timestamps). */
struct heard_chars {
	const char *const *text; /* each some bytes of UTF-8 */
	const double *start, *end;
	size_t text_nr, start_nr, end_nr;
};

/*
 * Set r->word from nr words; r->sound is the clip, r->trim_start and trim_end
 * say where it speaks. Times that are no numbers, go back, or lead out of the
 * clip are dropped or put into it; the result is in order, each word once, with
 * bytes of the original text. Returns the number of words, then r->timing is
 * "tts"; or 0 when not a third of the text's words were found.
 */
size_t word_match(struct speech_result *r, const struct sent_piece *p,
	const struct heard_word *heard, size_t nr);

/*
 * The same from characters. Where they are together just what was sent, a word
 * lasts from the start of its first to the end of its last character; else
 * words are made of them and matched. Lists of unequal length are of no use.
 */
size_t word_match_chars(struct speech_result *r, const struct sent_piece *p,
	const struct heard_chars *c);

#endif
