/*
 * A file of the user's that stands where ours goes.
 */
#ifndef STORE_ASIDE_H
#define STORE_ASIDE_H

#include "base/error.h"
#include "record/project.h"

/* Copy the file at path, which is about to be replaced or removed, into the
 * store's kept/ unless we made it or nothing is lost: where its SHA-256 is
 * known (of our record of it; may be NULL), next (of what takes its place; may
 * be NULL) or in the project's list of made things, where it is empty, a Git
 * LFS pointer, no plain file or not there. Says on stderr where the copy is. */
int aside_keep(const struct project *p, const char *path, const char *known,
	const char *next, struct err *e);

#endif
