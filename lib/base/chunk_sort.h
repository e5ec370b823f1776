/*
 * What a code point means to who looks for a place to cut (base/chunk.h). From
 * Unicode's Sentence_Break, Line_Break and Grapheme_Extend, the common scripts
 * by hand.
 */
#ifndef BASE_CHUNK_SORT_H
#define BASE_CHUNK_SORT_H

#include <stdint.h>

enum chunk_sort {
	SORT_OTHER,
	SORT_SPACE,
	SORT_STOP,      /* ends a sentence where a space follows */
	SORT_STOP_WIDE, /* ends it whatever follows */
	SORT_PAUSE,     /* the same for a clause */
	SORT_PAUSE_WIDE,
	SORT_CLOSE,     /* belongs to the mark before it */
	SORT_MARK,      /* belongs to the character before it, */
	SORT_JOINER,    /* and to the one after it */
	SORT_FLAG       /* half of a flag */
};

enum chunk_sort chunk_sort_of(uint32_t cp);

/* Chinese, Japanese or full width: written without spaces between words? */
int chunk_is_cjk(uint32_t cp);

#endif
