/*
 * Words as flite's tokens, for the voice and for those who ask flite how a
 * text is pronounced.
 */
#ifndef PROVIDER_FLITE_TOKEN_H
#define PROVIDER_FLITE_TOKEN_H

#include <stddef.h>

#include "provider/spoken.h"

#define FLITE_WORD "studio_word" /* the token's feature: its word's index */

struct cst_utterance_struct; /* of flite */

/* Append words from .. to-1 to a new utterance, as tokens that know their
 * word. */
void flite_add_tokens(struct cst_utterance_struct *u, const struct spoken *sp,
	size_t from, size_t to);

#endif
