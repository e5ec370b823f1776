/*
 * The clips of one text that was spoken in pieces (base/chunk.h), as one.
 */
#ifndef PROVIDER_SPEECH_JOIN_H
#define PROVIDER_SPEECH_JOIN_H

#include <stddef.h>

#include "base/error.h"
#include "provider/provider.h"

#define JOIN_PAUSE 0.35       /* seconds between sentences */
#define JOIN_PAUSE_SHORT 0.15 /* where a sentence was cut */
#define JOIN_FADE 0.005       /* seconds, raised cosine, at every edge */

struct speech_piece {
	struct speech_result r; /* of speech_file_read; words perhaps */
	size_t shift; /* added to the words' off: 0 where they are bytes of
			 the whole text, as word_match gives them */
	int inside;   /* the cut behind it is inside a sentence */
};

/*
 * Join nr > 0 pieces to *out, which speech_result_init made. Each is cut down
 * to where it speaks, faded, brought to the first one's level by its gain,
 * mono at the first one's rate, a pause between two. bytes is then a 16-bit
 * WAV, timing "tts" where every piece has words and "estimated" where one has
 * none, the words as they are in the joined clip; warnings are all of theirs,
 * each once. One piece alone is handed on as it came.
 *
 * The pieces are released in any case. name begins each message. EX_DATA: too
 * long, or silent, as speech_file_read says it.
 */
int speech_join(const char *name, struct speech_piece *piece, size_t nr,
	struct speech_result *out, struct err *e);

#endif
