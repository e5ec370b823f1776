/*
 * The words of a text with what a key phrase is chosen by.
 */
#ifndef TEXT_PHRASE_TOKEN_H
#define TEXT_PHRASE_TOKEN_H

#include <stddef.h>
#include <stdint.h>

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

/* Fill t->v with the words of the first len bytes of t->text, which is in
 * t->language; v is to be freed. */
void phrase_tokens(struct phrase_tokens *t, size_t len);

/* A quotation mark that is no apostrophe; a question mark of any script. */
int phrase_is_quote(uint32_t cp);
int phrase_is_question(uint32_t cp);

#endif
