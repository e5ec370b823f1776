/*
 * Where a text may well be broken: between lines and between cues.
 */
#ifndef RENDER_CUE_BREAK_H
#define RENDER_CUE_BREAK_H

#include "render/cue_words.h"

enum cue_stop { CUE_STOP_NONE, CUE_STOP_COMMA, CUE_STOP_SENTENCE };

/* What kind of punctuation ends the n bytes at s; closing quotes and brackets
 * after it are looked through. A known abbreviation ("Dr.") is none. */
enum cue_stop cue_stop_of(const char *s, size_t n);

/* How bad a break before token i is (0 < i < nr), from 0 (after a sentence)
 * over 12 (between any two words) to 40 (after an article, inside a name,
 * between number and unit) and 120 (inside what is one word to the eye).
 * language chooses the lists of words. */
int cue_break_cost(const struct cue_tokens *k, size_t i,
	const char *language);

/* Columns of the tokens from i to j (both included) on one line. */
int cue_columns(const struct cue_tokens *k, size_t i, size_t j);

/* The token that begins the second line of i..j: 0 when one line does, and -1
 * when two lines of that many columns do not (a word that is longer may stand
 * alone on a line). *cost (may be NULL) says how bad
 * it is. The lower line is the longer where the choice is equal. */
long cue_line_break(const struct cue_tokens *k, size_t i, size_t j,
	int columns, const char *language, int *cost);

#endif
