/*
 * Sentences: UAX#29, put right where it is wrong: abbreviations, initials,
 * ordinals, quotations, the ellipsis, and scripts that end a sentence with a
 * mark of their own or with a space (Thai).
 */
#ifndef TEXT_SENTENCE_H
#define TEXT_SENTENCE_H

#include <stddef.h>

#include "text/word.h"

/* Append the sentences of text as byte spans without white space at either
 * end, in order; together they hold every other byte. A single newline is a
 * space, an empty line ends a sentence. */
void sentence_split(const char *text, size_t len, const char *language,
	struct word_list *out);

#endif
