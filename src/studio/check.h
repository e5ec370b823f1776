/*
 * studio check and studio doctor: what they both look at.
 */
#ifndef STUDIO_CHECK_H
#define STUDIO_CHECK_H

#include "base/strvec.h"
#include "studio/finding.h"
#include "studio/studio.h"

struct check {
	const struct plan *plan;
	int read_data;         /* read every byte, whatever the cache knows */
	struct findings found;
	size_t records, files, objects;
	struct strvec replies; /* "DIGEST WHO", of what was paid for */
};

/* The file's path as people know it, from the project's folder. */
const char *check_path(const struct plan *p, const char *path);

/* The media of an asset against its record. */
void check_media(struct check *c, const struct asset_state *a);
/* Takes that nothing asks for: are their records whole, and their media? */
void check_strays(struct check *c);
/* Every reply of the store that a record or the ledger names; all of the store
 * too, where that is asked. */
void check_replies(struct check *c, int all);

#endif
