/*
 * The sounds that scenes have beside their voices.
 *
 * A file's level is that of its loudest 400 ms (BS.1770's momentary loudness,
 * with silence around it, so that a short click is measured too): level 0 dB
 * brings it to where the voices are. It starts `at` seconds after
 * the scene does (the middle of the transition into it), with a fade of 2 ms,
 * and ends with the scene by a fade of 300 ms; with through set it plays to its
 * own end, or the film's.
 */
#ifndef RENDER_MIX_EFFECT_H
#define RENDER_MIX_EFFECT_H

#include <stdint.h>

#include "base/error.h"
#include "render/film.h"
#include "render/timeline.h"

#define EFFECTS_AT_ONCE 64 /* more are refused */
#define EFFECT_LIFT 40.0   /* dB at most by which one is raised */

struct mix_effects;

/* Both must outlive it. EX_DATA where one starts after its scene's end. NULL
 * on error. */
struct mix_effects *mix_effects_open(const struct film *f,
	const struct timeline *t, struct err *e);
void mix_effects_close(struct mix_effects *m); /* NULL is fine */

/* Add the next n frames to out. EX_DATA for a file that cannot be used. */
int mix_effects_add(struct mix_effects *m, float *out, int64_t n,
	struct err *e);

#endif
