/*
 * The sound of a film, from its sources to its AAC.
 *
 * Each source is decoded once: voices with effects, and music, are put aside as
 * they will sound (media/spool.h), and all that follows reads those. Music is
 * set so many LU below the voices, both measured where somebody speaks. Then
 * the whole is measured, brought to the preset's loudness by one gain and a
 * true peak limiter, measured again and corrected once, and encoded. What AAC
 * makes of it is decoded and measured too: where a true peak is over the
 * preset's, the limit is lowered by as much and it is encoded again.
 */
#ifndef RENDER_MIX_MAKE_H
#define RENDER_MIX_MAKE_H

#include "base/error.h"
#include "render/film.h"
#include "render/mix_source.h"
#include "render/timeline.h"

/* Write the track to path (its folder is there), atomically. */
int mix_make(const struct film *f, const struct timeline *t, const char *path,
	struct err *e);

/* Set how the music is played: the stretch, and the gain under the voices. For
 * who wants stems of mix_source.h. */
int mix_music_set(const struct film *f, const struct timeline *t,
	struct mix_music *out, struct err *e);

#endif
