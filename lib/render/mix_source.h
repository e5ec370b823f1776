/*
 * The film's sound before it is levelled: voices, music, effects and what
 * moving pictures have, in blocks.
 */
#ifndef RENDER_MIX_SOURCE_H
#define RENDER_MIX_SOURCE_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "render/film.h"
#include "render/mix_music.h"
#include "render/timeline.h"

#define MIX_BLOCK 4096  /* frames at most in one read */

enum mix_part { MIX_VOICE = 1, MIX_MUSIC = 2, MIX_EFFECT = 4,
	MIX_CLIP = 8 };

/* How the music is played; all 0 where there is none. */
struct mix_music {
	double gain;     /* factor while somebody speaks */
	double free;     /* factor on top while nobody does */
	struct music_span span;
};

struct mix_source;

/* parts: bits of enum mix_part, so that stems can be had alone. All that is
 * given must outlive it. */
struct mix_source *mix_source_open(const struct film *f,
	const struct timeline *t, const struct mix_music *m, int parts);
void mix_source_close(struct mix_source *s); /* NULL is fine */

/* The next frames (pairs) of the film, MIX_BLOCK or less at the end; 0 when
 * all are read; -1 with EX_DATA for a file that cannot be used. */
long mix_source_read(struct mix_source *s, float *out, struct err *e);

#endif
