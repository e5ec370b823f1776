/*
 * How well a run of words stands alone as a key phrase.
 */
#ifndef TEXT_PHRASE_SCORE_H
#define TEXT_PHRASE_SCORE_H

#include <stddef.h>
#include <stdint.h>

#include "text/phrase_class.h"

/* A word between spaces; in scripts without spaces, a word of the script. */
struct phrase_token {
	size_t off, end; /* bytes, without the punctuation around it */
	size_t sentence; /* number of its sentence */
	size_t quote;    /* number of the quotation it is in, 0: none */
	size_t from, to; /* the tokens of its clause: between two marks */
	size_t first, last; /* the tokens of its sentence */
	size_t negations; /* in the text before it */
	size_t unsure;    /* the same of PHRASE_UNSURE */
	size_t verbs;     /* the same of finite verbs */
	unsigned cls;    /* of enum phrase_class; verbs only where finite */
	int stop, det;   /* by the tables of text/word.h */
	int unspaced;    /* written without spaces */
	int kana;        /* hiragana */
	int name;        /* a capital inside the sentence, or a digit */
	double words;    /* it stands for: two ideographs are one */
	uint32_t after;  /* the mark that ends the clause, 0: none */
};

struct phrase_tokens {
	struct phrase_token *v;
	size_t nr, alloc;
	const char *text, *language;
};

/* Below this a run of words is no phrase. */
#define PHRASE_NONE (-1e8)

/* The merit of tokens [from, to) as a phrase of at most max words. */
double phrase_score(const struct phrase_tokens *t, size_t from, size_t to,
	int max);

#endif
