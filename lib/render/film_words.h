/*
 * The few words that are set on a film without being in its script, in the
 * film's language.
 */
#ifndef RENDER_FILM_WORDS_H
#define RENDER_FILM_WORDS_H

enum film_word {
	WORD_THANKS,     /* a closing line; NULL where we know none */
	WORD_PHOTOGRAPHS /* a label before names; English where we know none */
};

const char *film_word(enum film_word which, const char *language);

/* Is a language of that tag written from right to left? */
int film_is_right_to_left(const char *language);

#endif
