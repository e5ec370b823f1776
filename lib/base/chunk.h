/*
 * A text in pieces of at most so many characters, for services that take no
 * more in one call. Only tables of this file are used, no Pango and no ICU:
 * "studio" counts calls with it.
 */
#ifndef BASE_CHUNK_H
#define BASE_CHUNK_H

#include <stddef.h>

/* What a piece ends with, worst first. */
enum chunk_end {
	CHUNK_BROKEN, /* inside a character as people see it, or before its
			 punctuation; cap is too low for anything else */
	CHUNK_CHARACTER,
	CHUNK_SPACE,
	CHUNK_CLAUSE,   /* , ; : a dash, and their like */
	CHUNK_SENTENCE  /* . ! ? and their like, an empty line, a newline that
			   no small letter follows, the text's end */
};

struct chunk {
	size_t off, len; /* bytes, no white space at either end */
	enum chunk_end end;
};

/*
 * The pieces of text, in order: together all of it but white space between
 * them and at its ends. Each has at most cap code points (a byte that is no
 * UTF-8 counts as one); cap 0 means one piece. A piece ends at the best place
 * near an equal share of what is left, so that none is a tiny rest. Nothing is
 * cut inside a code point, and none between a letter and its marks or within
 * an emoji sequence while another place is left. Time is linear in len.
 *
 * *out is to be freed; NULL for text of white space, which has no piece.
 */
size_t chunk_split(const char *text, size_t len, size_t cap,
	struct chunk **out);

/* How many those are. */
size_t chunk_count(const char *text, size_t len, size_t cap);

#endif
