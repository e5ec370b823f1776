/*
 * Where text may be cut: characters as people see them, words, lines and
 * sentences by UAX#29 and UAX#14, and what kind a character is. Pango does
 * the work (pango_get_log_attrs, which needs no font); GLib has the tables.
 *
 * Nothing here depends on the locale. Broken UTF-8 never crosses this border:
 * callers check with utf8_check first; where they did not, bytes that are no
 * UTF-8 are read as U+FFFD.
 */
#ifndef MEDIA_SEGMENT_H
#define MEDIA_SEGMENT_H

#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"

/* What is true of the place just before a byte. */
enum segment_mark {
	SEGMENT_GRAPHEME = 1,   /* a character (cluster) starts, or the end */
	SEGMENT_WORD_START = 2,
	SEGMENT_WORD_END = 4,
	SEGMENT_LINE = 8,       /* a line may be broken here */
	SEGMENT_LINE_MUST = 16, /* and must be: after a newline */
	SEGMENT_SENTENCE = 32,  /* UAX#29 sentence boundary, nothing added */
	SEGMENT_SPACE = 64      /* the character that starts here is a space */
};

/*
 * Marks for every byte offset 0..len of text: mark has len + 1 elements, and
 * those inside a character are 0. language (BCP 47, may be NULL) tailors the
 * rules, so that Thai is broken by its dictionary. Text over
 * SEGMENT_PIECE bytes is treated in pieces, cut at a newline or a space.
 */
#define SEGMENT_PIECE (1u << 18)
void segment_text(const char *text, size_t len, const char *language,
	uint8_t *mark);

/* Number of grapheme clusters in text. */
size_t segment_graphemes(const char *text, size_t len, const char *language);

/* What a code point is. */
enum segment_class {
	SEGMENT_UPPER = 1,
	SEGMENT_LOWER = 2,
	SEGMENT_LETTER = 4,  /* of any script, ideographs too */
	SEGMENT_DIGIT = 8,   /* decimal, of any script */
	SEGMENT_BLANK = 16,  /* white space */
	SEGMENT_PUNCT = 32,  /* punctuation, not symbols */
	SEGMENT_OPEN = 64,   /* opening bracket or quote */
	SEGMENT_CLOSE = 128, /* closing bracket or quote, also " and ' */
	SEGMENT_IDEO = 256,  /* Han, kana: written without spaces */
	SEGMENT_THAI = 512,  /* Thai, Lao, Khmer, Burmese: the same */
	SEGMENT_MARK = 1024, /* combining mark */
	SEGMENT_HANGUL = 2048
};
unsigned segment_class(uint32_t cp);

/* Append text case-folded and in NFC, so that equal words are equal bytes. */
void segment_fold(const char *text, size_t len, struct strbuf *out);

/* Upper-case (title case) form of the first letter of b at or after byte at,
 * skipping opening quotes and brackets; anything else leaves b alone. */
void segment_capitalise(struct strbuf *b, size_t at);

#endif
