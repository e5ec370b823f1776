/*
 * How a sentence opens: with a word that points back ("It", "These"), or with
 * a link to what came before ("However,"). Taken out of its place, such a
 * sentence needs its predecessor, or loses the link.
 */
#ifndef TEXT_OPENER_H
#define TEXT_OPENER_H

#include <stddef.h>

/* Bytes of a link at the start, with its comma and the space after it, so
 * that what follows stands alone (after a capital); 0: there is none. */
size_t opener_link(const char *s, size_t len, const char *language);

/* Does it open with a pronoun or the like, after a link? */
int opener_points_back(const char *s, size_t len, const char *language);

#endif
