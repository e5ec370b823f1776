/*
 * What a character is to a voice.
 */
#ifndef BASE_SPOKEN_CHAR_H
#define BASE_SPOKEN_CHAR_H

#include <stdint.h>

/* A Chinese or Japanese character, each of which counts as a word? */
int spoken_is_cjk(uint32_t cp);
/* A Japanese syllable, which has one reading? */
int spoken_is_kana(uint32_t cp);
/* A picture, of private use, or what else has no reading? */
int spoken_is_picture(uint32_t cp);
/* What only changes how its neighbours look? */
int spoken_is_invisible(uint32_t cp);
/* Does it sound when it is read (a letter, digit or spoken sign)? */
int spoken_sounds(uint32_t cp);

#endif
