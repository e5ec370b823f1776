/*
 * The sound track of a film: voices at their samples, effects, music under
 * them, one loudness, one encode.
 *
 * Float stereo at 48 kHz in blocks: memory does not grow with the film. The
 * voices are as their clips are; the music is looped with a cross-fade, set
 * `level` LU below the voices, and goes down before speech and up after it as
 * the timeline says. How it is made is in mix_make.h.
 */
#ifndef RENDER_MIX_H
#define RENDER_MIX_H

#include "base/error.h"
#include "base/strbuf.h"
#include "render/film.h"
#include "render/timeline.h"

#define MIX_MUSIC_LEVEL 20.0  /* LU below the voice, when the film says 0 */

/*
 * Make the track, or find it made: dir/KEY.m4a, KEY a digest of everything
 * that is heard (clips by their sha256 and sample, music, preset) and of
 * nothing seen. The file is AAC-LC, stereo, 48 kHz, without an edit list and
 * with the encoder's first 1024 samples taken off, so that its packets can be
 * copied beside the pictures as they are, time 0 first. *path is to be freed.
 *
 * EX_DATA names the clip or the music file that cannot be used and why.
 */
int mix_track(const struct film *f, const struct timeline *t, const char *dir,
	char **path, struct err *e);

/* The digest alone, as hex, to out. */
void mix_key(const struct film *f, const struct timeline *t,
	struct strbuf *out);

#endif
