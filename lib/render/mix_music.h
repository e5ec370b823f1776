/*
 * The music of a film as it comes from its file: the stretch that is played,
 * looped without a seam that is heard, faded at both ends; before anything is
 * turned down under speech.
 */
#ifndef RENDER_MIX_MUSIC_H
#define RENDER_MIX_MUSIC_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "render/film.h"
#include "render/music_find.h"

#define MUSIC_FADE_IN 1.5  /* s, where the film says nothing */
#define MUSIC_FADE_OUT 2.0

struct mix_music_player;

/* total: frames of the film. Both pointers must outlive it. */
struct mix_music_player *mix_music_open(const struct film_music *m,
	const struct music_span *span, int64_t total);
void mix_music_close(struct mix_music_player *p); /* NULL is fine */

/* The next n frames, silence where the music has ended. -1: EX_DATA. */
int mix_music_read(struct mix_music_player *p, float *out, int64_t n,
	struct err *e);

#endif
