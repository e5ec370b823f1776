/*
 * What a language model writes, as the parts of a script hold it: one line
 * each, without markup. What comes out is read back unchanged from script.md.
 */
#ifndef PROVIDER_REPLY_WORDS_H
#define PROVIDER_REPLY_WORDS_H

/* White space and control characters as one space each, none at the ends. */
char *reply_words_line(const char *s);
/* The same without Markdown. */
char *reply_words_plain(const char *s);
/* The same without list marks and stage directions: what a voice reads. */
char *reply_words_spoken(const char *s);
/* Tags as "a, b, c": from such a list or hashtags; none twice. */
char *reply_words_tags(const char *s);

/* All are to be freed; NULL where nothing is left, or s is NULL. */

#endif
