/*
 * What part a word plays in its clause, as far as a table of closed classes
 * and common verbs can tell: enough to know where a phrase may be cut.
 */
#ifndef TEXT_PHRASE_CLASS_H
#define TEXT_PHRASE_CLASS_H

#include <stddef.h>

enum phrase_class {
	PHRASE_DET = 1,       /* article, possessive, quantity */
	PHRASE_PREP = 2,      /* preposition */
	PHRASE_CONJ = 4,      /* "and", "but" */
	PHRASE_SUB = 8,       /* opens a dependent clause: "because" */
	PHRASE_REL = 16,      /* a relative pronoun, "that" too */
	PHRASE_AUX = 32,      /* auxiliary or copula, finite */
	PHRASE_NEG = 64,      /* "not", "never", "nobody" */
	PHRASE_PRON = 128,    /* points to something named elsewhere */
	PHRASE_DEGREE = 256,  /* "nearly", "very": needs what follows */
	PHRASE_LIMIT = 512,   /* "only", "unless": bounds what is before */
	PHRASE_UNSURE = 1024, /* "if", "believe": what follows may be false */
	PHRASE_VERB = 2048,   /* may be a finite verb of full meaning */
	PHRASE_BASE = 4096,   /* with PHRASE_VERB: as after a plural */
	PHRASE_PAST = 8192,   /* with PHRASE_VERB: a past form */
	PHRASE_SAYS = 16384,  /* a verb before "that" */
	PHRASE_TIME = 32768,  /* "year": "a year", "every year" */
	PHRASE_NUMBER = 65536, /* a number in words or digits */
	PHRASE_OF = 131072,   /* ties a noun to the noun before it */
	PHRASE_POST = 262144, /* belongs to the word before it (Hindi) */
	PHRASE_AWAY = 524288, /* "up", "away": may end a clause */
	PHRASE_YOU = 1048576  /* "we", "you": a pronoun that says enough */
};

/* The classes of a word, an or of enum phrase_class; 0 for a content word,
 * an unknown word and a language without a table (de en es fr hi ar have
 * one). Case does not matter. */
unsigned phrase_class(const char *w, size_t len, const char *language);

/* Does the verb come last in a clause of this language, so that a clause cut
 * at its right has lost it? */
int phrase_verb_last(const char *language);

/* Is there a table of verbs for the language? */
int phrase_knows_verbs(const char *language);

#endif
