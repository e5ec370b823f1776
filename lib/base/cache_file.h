/*
 * Files of a project's build/ that only save time: whoever cannot read or
 * write one goes on without it. No symbolic link is followed, so that a
 * stranger's project cannot have us write elsewhere.
 */
#ifndef BASE_CACHE_FILE_H
#define BASE_CACHE_FILE_H

#include <stddef.h>

#include "base/strbuf.h"

/* Append ROOT/build/NAME to out; -1 where there is none or it is over limit
 * bytes. */
int cache_read(const char *root, const char *name, size_t limit,
	struct strbuf *out);
/* Add to its end, with one write, so that programs in parallel do not mix
 * what they add. */
int cache_append(const char *root, const char *name, const void *p, size_t n);
/* Put another in its place; not synced, as losing it is no loss. */
int cache_replace(const char *root, const char *name, const void *p, size_t n);

#endif
