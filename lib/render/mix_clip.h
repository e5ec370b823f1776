/*
 * The sound of moving pictures, where a scene wants it.
 *
 * It runs with its picture, through the transitions on both sides, and is
 * faded with them; in a loop it goes round with the picture, cross-faded at
 * the seam. A picture that is slowed keeps its sound's own speed: it ends
 * first. What is kept is brought to VOICE_LUFS, where the voices are; what is
 * ducked lies under speech as music does, and comes up when nobody speaks.
 */
#ifndef RENDER_MIX_CLIP_H
#define RENDER_MIX_CLIP_H

#include <stdint.h>

#include "base/error.h"
#include "render/film.h"
#include "render/timeline.h"
#include "store/request.h"

#define CLIP_LIFT 12.0   /* dB at most by which one is raised */
#define CLIP_FREE_DB 8.0 /* louder while nobody speaks, where it is ducked */

struct mix_clips;

/* Is any sound of a clip heard in the film? */
int mix_clips_wanted(const struct film *f);

/* Both must outlive it. */
struct mix_clips *mix_clips_open(const struct film *f,
	const struct timeline *t);
void mix_clips_close(struct mix_clips *m); /* NULL is fine */

/* Add the next n frames to out. EX_DATA for a file that cannot be used. */
int mix_clips_add(struct mix_clips *m, float *out, int64_t n, struct err *e);

/* What of scene i is heard, for the digest; nothing where it is not. */
void mix_clip_key(struct request *q, const struct film_scene *s,
	const struct timeline *t, size_t i);

#endif
