/*
 * Make one take of a scene's AudioClip: the voice by its provider, or the
 * user's own recording measured, then media and record put in place.
 */
#ifndef PROVIDER_AUDIO_MAKE_H
#define PROVIDER_AUDIO_MAKE_H

#include "base/error.h"
#include "base/strbuf.h"
#include "record/project.h"
#include "store/commit.h"
#include "store/state.h"

/*
 * a is from state_audio and is to be made. On success it is fresh; what the
 * provider warned of is appended to warnings, a line each. Where the provider
 * refused, or the text cannot be spoken, the record says so and -1 is
 * returned; older media is kept.
 */
int audio_make(const struct project *p, struct asset_state *a,
	struct stat_cache *c, struct strbuf *warnings, struct err *e);

#endif
