/*
 * How the user wants words to be spoken: a map of a word, as it is written, to
 * what is said instead.
 */
#ifndef STORE_LEXICON_H
#define STORE_LEXICON_H

#include <stddef.h>

#include "record/node.h"

/*
 * The longest entry that stands at byte at of the text (well-formed UTF-8), as
 * a whole word; with its own capitals before any others (ASCII). NULL where
 * there is none, or lexicon is NULL. Its key is what is replaced.
 */
const struct node *lexicon_at(const struct node *lexicon, const char *text,
	size_t len, size_t at);

#endif
