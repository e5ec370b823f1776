/*
 * targetLength: how long a film is to be, in time or in words.
 */
#ifndef TEXT_TARGET_H
#define TEXT_TARGET_H

#include <stddef.h>

#include "base/error.h"

#define TARGET_SECONDS_MAX (12.0 * 3600)
#define TARGET_WORDS_MAX 200000

struct target {
	double seconds; /* 0 where words are given */
	size_t words;   /* 0 where a time is given */
};

/* "45s", "3m", "1m30s", "1h", "2.5m"; "150" and "150 words" are words. What
 * names the place, for the message (EX_DATA). Empty or NULL: both 0. */
int target_parse(const char *s, const char *what, struct target *out,
	struct err *e);

#endif
