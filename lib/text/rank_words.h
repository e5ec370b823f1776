/*
 * Numbers for words, in the order in which they are first seen.
 */
#ifndef TEXT_RANK_WORDS_H
#define TEXT_RANK_WORDS_H

#include <stddef.h>

struct rank_words;

struct rank_words *rank_words_new(void);
/* The number of this word, from 0; a new one gets the next. */
size_t rank_words_id(struct rank_words *w, const char *s, size_t n);
size_t rank_words_count(const struct rank_words *w);
void rank_words_free(struct rank_words *w); /* NULL is fine */

#endif
