/*
 * Stage directions: what a script writer means for the voice or the editor,
 * and a voice would read aloud: "(pause)", "[soft music]", "Narrator:".
 */
#ifndef TEXT_STAGE_H
#define TEXT_STAGE_H

#include <stddef.h>

#include "base/strbuf.h"

/* Offset of the first direction at or after from, its bytes in *len; n where
 * there is none. Found are: a label of the speaker or the scene at the very
 * start; a time code in brackets; words of a known list in round or square
 * brackets; and square brackets that stand alone between sentences. Other
 * brackets are narration. */
size_t stage_find(const char *s, size_t n, size_t from, size_t *len);

/* Append s without its directions. White space is left as it stands. */
void stage_remove(const char *s, size_t n, struct strbuf *out);

#endif
