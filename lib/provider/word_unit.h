/*
 * A text as words, and the words as what can be compared: their letters and
 * digits in small letters, without marks and spaces between them.
 */
#ifndef PROVIDER_WORD_UNIT_H
#define PROVIDER_WORD_UNIT_H

#include <stddef.h>
#include <stdint.h>

struct word_part {
	size_t off, len; /* bytes of the text */
};

struct word_unit {
	uint32_t cp;
	size_t word; /* that it is in */
	int start;   /* nothing that can be compared stands right before it */
};

struct word_units {
	struct word_part *part;
	size_t part_nr, part_alloc;
	struct word_unit *unit;
	size_t nr, alloc;
};

#define WORD_UNITS_INIT { NULL, 0, 0, NULL, 0, 0 }

/*
 * Append the words of text from byte off on, len bytes of it: cut at white
 * space and before each Chinese or Japanese character, their punctuation with
 * them; what has nothing to be spoken is no word. Their letters and digits are
 * appended as units, case-folded, composed with their accents.
 */
void word_units_read(struct word_units *u, const char *text, size_t off,
	size_t len);
/* The same for one word that a server names: all of s is one part. */
void word_units_add(struct word_units *u, const char *s);
void word_units_release(struct word_units *u);

#endif
