/*
 * A scene's text as the pieces between which a line may be broken, each with
 * the time at which it is spoken.
 */
#ifndef RENDER_CUE_WORDS_H
#define RENDER_CUE_WORDS_H

#include <stddef.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "render/cues.h"

struct cue_token {
	size_t off, len;  /* bytes in the text, without spaces */
	int columns;      /* as on a terminal: full-width is 2 */
	int graphemes;
	int space;        /* a space stands before it */
	long start, end;  /* ms from the scene's start */
};

struct cue_tokens {
	struct strbuf text; /* the scene's, white space as single spaces */
	size_t *from;       /* byte of the scene's text for each byte here */
	struct cue_token *t;
	size_t nr, alloc;
};

/* Cut text; a piece wider than columns is cut at graphemes. EX_DATA for text
 * that is not UTF-8, or more than CUE_SCENE_WORDS pieces. */
int cue_tokens_read(struct cue_tokens *k, const char *text, int columns,
	const char *language, struct err *e);

void cue_tokens_release(struct cue_tokens *k);

#endif
