/*
 * Small words, by language: after which, and before which, a line is well or
 * badly broken. For cue_break.c.
 */
#ifndef RENDER_CUE_LISTS_H
#define RENDER_CUE_LISTS_H

#include <stddef.h>

/* Words in small letters with a space before and after each; "" for none. */
struct cue_lists {
	const char *language;
	const char *articles;     /* never at a line's end */
	const char *prepositions; /* better at a line's begin than its end */
	const char *conjunctions; /* well at a line's begin */
	const char *enclitics;    /* never at a line's begin: they belong to
				     the word before */
	int names;                /* capitals mean names */
};

/* NULL for a language without lists. language is BCP 47, may be NULL. */
const struct cue_lists *cue_lists_for(const char *language);

/* Is the word of n bytes at s in the list? Capitals of ASCII and of Cyrillic
 * count as small letters. */
int cue_listed(const char *list, const char *s, size_t n);

#endif
