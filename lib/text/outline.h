/*
 * From a brief without a source there is nothing to extract: what is made is
 * an outline to be filled in, marked as such, without a fact of our own.
 */
#ifndef TEXT_OUTLINE_H
#define TEXT_OUTLINE_H

#include <stddef.h>

#include "text/script.h"

/* Every paragraph starts so; a script with one is no script yet. */
#define OUTLINE_MARK "[placeholder:"

/* An opening, as many points as seconds (0: a minute) have room for, and a
 * close; the title is the brief's first heading or its key phrase. */
void outline_make(const char *brief, size_t len, const char *language,
	double seconds, struct script *out);

/* Is there still a placeholder in it? */
int outline_is_unfilled(const struct script *s);

#endif
