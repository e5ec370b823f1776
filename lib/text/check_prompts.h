/*
 * Image prompts that would give the same picture again.
 */
#ifndef TEXT_CHECK_PROMPTS_H
#define TEXT_CHECK_PROMPTS_H

#include "base/strbuf.h"
#include "text/script.h"

/* Append a warning for each scene whose image prompt has over 80 % of the
 * words of an earlier one, or the other way round; stop words and endings do
 * not count. Returns how many there are. */
int check_prompts(const struct script *s, const char *language,
	struct strbuf *out);

#endif
