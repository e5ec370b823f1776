/*
 * How well a run of words stands alone as a key phrase.
 */
#ifndef TEXT_PHRASE_SCORE_H
#define TEXT_PHRASE_SCORE_H

#include <stddef.h>

#include "text/phrase_token.h"

/* Below this a run of words is no phrase. */
#define PHRASE_NONE (-1e8)

/* The merit of tokens [from, to) as a phrase of at most max words. */
double phrase_score(const struct phrase_tokens *t, size_t from, size_t to,
	int max);

#endif
