/*
 * JSON as language models write it, made strict: trailing commas are dropped,
 * raw control characters in texts escaped, escapes that stand for nothing
 * taken as what follows them. Anything else that is wrong stays wrong.
 */
#ifndef PROVIDER_REPLY_MEND_H
#define PROVIDER_REPLY_MEND_H

#include <stddef.h>

#include "base/strbuf.h"

#define REPLY_DEPTH 64

enum reply_mend {
	REPLY_WHOLE, /* a value was read to its end */
	REPLY_CUT,   /* the text ends inside it */
	REPLY_BAD    /* it is not JSON */
};

/* Append to out the object or list that starts at s, made strict. *used: bytes
 * looked at; *maps: objects that ended within a list. */
enum reply_mend reply_mend(const char *s, size_t n, struct strbuf *out,
	size_t *used, size_t *maps);

#endif
