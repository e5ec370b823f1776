/*
 * How bad a break is, and what characters are. Shared by the cue_break*.c
 * files only.
 */
#ifndef RENDER_CUE_BREAK_PART_H
#define RENDER_CUE_BREAK_PART_H

#include <stddef.h>
#include <stdint.h>

#include "render/cue_words.h"

#define COST_SENTENCE 0
#define COST_COMMA 2
#define COST_PHRASE 3
#define COST_CONJUNCTION 5
#define COST_PREPOSITION 7
#define COST_WORD 12
#define COST_AFTER_SMALL 18 /* a preposition or conjunction left hanging */
#define COST_IN_WORD 25
#define COST_TORN 30         /* an ending, or a bracket, torn off */
#define COST_HAN 18          /* between two words, or inside one */
#define COST_NAME 35
#define COST_NEVER 40
#define COST_WITHIN 120      /* inside what is one word to the eye */

/* The last code point of the n bytes at s; *at is its offset. */
uint32_t cue_last_char(const char *s, size_t n, size_t *at);

/* Does it begin a bracket or quote? */
int cue_opens(uint32_t cp);
/* A decimal digit of any script that we list? */
int cue_is_digit(uint32_t cp);

/* No space between the two: inside a Latin or Korean word, or in a script
 * that has none. Japanese phrases end with hiragana, mostly particles; a run
 * of katakana is one word, and most of Han two characters or more. */
int cue_cost_unspaced(const struct cue_tokens *k, size_t i,
	const char *language);

#endif
