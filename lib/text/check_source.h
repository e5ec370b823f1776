/*
 * Does a script say what its source does not? Names and numbers are compared;
 * facts are not.
 */
#ifndef TEXT_CHECK_SOURCE_H
#define TEXT_CHECK_SOURCE_H

#include "base/strbuf.h"
#include "text/script.h"

#define CHECK_SOURCE_LINES 20

/*
 * Append a warning for each number and name in the scenes' texts (numbers also
 * in their notes) that is not in source: 'scene 3: "1,500" is not in the
 * source'; each once, CHECK_SOURCE_LINES of them and then "and N more".
 * Returns how many there are.
 *
 * A number is compared by its digits and decimals: 1,500 and 1 500 are 1500.
 * Whole ones up to 12 pass, as a source writes them as words. A name is a
 * capitalised word inside a sentence; it passes when a word of the source
 * starts with it, or all but its ending, or it starts with one. German, which
 * capitalises all nouns, is not searched for names.
 */
int check_source(const struct script *s, const char *language,
	const char *source, struct strbuf *out);

#endif
