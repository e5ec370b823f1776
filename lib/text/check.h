/*
 * What is checked of every script before anybody speaks it.
 */
#ifndef TEXT_CHECK_H
#define TEXT_CHECK_H

#include <stddef.h>

#include "base/strbuf.h"
#include "text/script.h"

struct check_request {
	const char *language;
	const char *platform; /* short form has a rule for the first sentence */
	double target, got;   /* seconds of the film; target 0: not set */
	size_t target_words;  /* 0: not set */
	const char *source;   /* what names and numbers must be in, see
				 check_source.h; NULL: not checked */
};

/* Append one warning a line to out: a length off by more than a tenth, a
 * first sentence that is too long for short form, a sentence over 25 words,
 * four words in a row said more than twice, markup or a stage direction that
 * would be read aloud, a scene without words, a scene without an image prompt
 * where others have one, an image prompt that repeats over 80 % of another,
 * and what the source does not have. Returns the number of warnings. */
int check_script(const struct script *s, const struct check_request *q,
	struct strbuf *out);

#endif
