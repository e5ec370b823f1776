/*
 * The key phrase of a text: what is set in large type on a picture.
 */
#ifndef TEXT_PHRASE_H
#define TEXT_PHRASE_H

/*
 * Two to max_words words (at most 7 where max_words is 0) that stand together
 * in one clause of text, cut where a phrase ends: never after an article,
 * preposition, conjunction or auxiliary. No full stop at the end; "?" stays.
 * The first letter is a capital. In scripts without spaces a clause of up to
 * two characters a word. To be freed; "" where text has no word.
 */
char *phrase_key(const char *text, const char *language, int max_words);

#endif
