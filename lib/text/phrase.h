/*
 * The key phrase of a text: what is set in large type on a picture.
 */
#ifndef TEXT_PHRASE_H
#define TEXT_PHRASE_H

/*
 * Two to max_words words (at most 7 where max_words is 0). A sentence that is
 * no longer stays whole, without its full stop. Else one clause or noun phrase
 * of the text: with its subject and object where it has a verb, never without
 * the negation of its clause, and not cut after an article, preposition,
 * conjunction or auxiliary. "?" stays. English is read closely (common verbs);
 * de es fr by their closed classes; hi ar zh ja by a few; it pt by stop words.
 * The first letter is a capital. In scripts without spaces a clause of up to
 * two characters a word. To be freed; "" where text has no word.
 */
char *phrase_key(const char *text, const char *language, int max_words);

#endif
