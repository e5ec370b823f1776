/*
 * Abbreviations that end in a full stop and mostly end no sentence.
 */
#ifndef TEXT_ABBREVIATION_H
#define TEXT_ABBREVIATION_H

#include <stddef.h>

enum abbreviation {
	ABBREVIATION_NONE,
	ABBREVIATION_NEVER, /* "Dr.": the sentence goes on */
	ABBREVIATION_NUMBER, /* "No.": it goes on where a number follows */
	ABBREVIATION_NAME,  /* "Inc.": it ends before a word like "The" */
	ABBREVIATION_END    /* "etc.": it ends before a capital */
};

/* What the word before a full stop is (without the stop), in a language.
 * A language without a list of its own is read with the English one. */
enum abbreviation abbreviation_find(const char *w, size_t len,
	const char *language);

/* Does the language write ordinals as "3."? */
int abbreviation_ordinals(const char *language);

#endif
