/*
 * Make one take of a scene's picture, or the cover: by its provider, or from
 * the user's own file, then put media and record in place.
 */
#ifndef PROVIDER_IMAGE_MAKE_H
#define PROVIDER_IMAGE_MAKE_H

#include "base/error.h"
#include "base/strbuf.h"
#include "record/project.h"
#include "store/commit.h"
#include "store/state.h"

/*
 * a is from state_image or state_cover and is to be made. On success it is
 * fresh; what the provider warned of is appended to warnings, a line each.
 * Where the provider refused, the record says so and -1 is returned; older
 * media is kept.
 */
int image_make(const struct project *p, struct asset_state *a,
	struct stat_cache *c, struct strbuf *warnings, struct err *e);

/* Read and decode the picture at path, relative to root and beneath it: what
 * is no sound picture is EX_DATA. *w and *h (may be NULL) are its size. */
int image_check_file(const char *root, const char *path, int *w, int *h,
	struct err *e);

#endif
