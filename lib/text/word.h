/*
 * Words: where they are, which of them only hold a sentence together, and a
 * light stem, so that "whale" and "whales" count as one.
 */
#ifndef TEXT_WORD_H
#define TEXT_WORD_H

#include <stddef.h>

#include "base/strbuf.h"

struct word_span {
	size_t off, len; /* bytes */
};

struct word_list {
	struct word_span *v;
	size_t nr, alloc;
};

#define WORD_LIST_INIT { NULL, 0, 0 }

/* Append the words of text (UAX#29; each ideograph is one). */
void word_split(const char *text, size_t len, const char *language,
	struct word_list *out);
void word_list_release(struct word_list *l);

/* Number of words as an editor counts them: for text in ideographs, and in
 * Thai and its kin, two characters count as a word. */
size_t word_count(const char *text, size_t len, const char *language);

/* Is this an article, preposition, conjunction, auxiliary, pronoun or the
 * like, in that language ("de", "de-AT")? Case does not matter. Languages
 * with a table: en de fr es it pt; in others the answer is 0. */
int word_is_stop(const char *w, size_t len, const char *language);

/* Articles and possessives: they open a phrase, other stop words do not. */
int word_is_determiner(const char *w, size_t len, const char *language);

/* Append the word folded and cut to its stem: for English by Harman's
 * S-stemmer (1991) with -ing, -ed and -ly; for the other tables a plural or
 * inflection ending. Unknown languages are only folded. */
void word_stem(const char *w, size_t len, const char *language,
	struct strbuf *out);

/* Does BCP 47 tag start with the two- or three-letter language? */
int language_is(const char *tag, const char *language);

#endif
