/*
 * The timeline: when each scene is seen and heard, exactly. Whole frames and
 * whole samples only; a frame is SOUND_RATE / fps samples, without remainder.
 *
 *	 start      body                          body+body_frames    end
 *	   |fade_in  |b|  voice (whole frames)    |a| fade_out         |
 *
 * The gap between two voices is a + fade + b frames, the same for every pair,
 * and holds the transition: a cut is a step in the middle of that stretch. So
 * a scene's body depends on its own voice alone, wherever it stands. A film
 * whose transitions are longer than its preset's gap has longer gaps; a single
 * scene's may be shorter than the film's, not longer.
 */
#ifndef RENDER_TIMELINE_H
#define RENDER_TIMELINE_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "render/film.h"
#include "record/preset.h"

struct timeline_scene {
	int64_t start, end;   /* frames of the film in which it is seen, end
				 excluded, transitions on both sides included */
	int64_t body;         /* first frame that shows this scene alone */
	int64_t body_frames;
	int64_t voice;        /* frame at which the voice starts */
	int64_t voice_frames; /* its length in whole frames, or the length
				 of a scene without words */
	int64_t voice_at;     /* the same start in samples */
	int64_t voice_samples; /* at SOUND_RATE; 0: no voice */
	int64_t fade_in, fade_out; /* frames of transition; 0 at the ends of
				      the film */
	int cut_in, cut_out;  /* that stretch is a cut in its middle */
	int64_t cross;        /* frames of fade_in, in its middle, in which the
				 transition happens */
};

struct timeline {
	const struct preset *preset;
	int width, height, fps;
	int samples_per_frame;
	int64_t frames, samples; /* of the whole film */
	int64_t head, tail;      /* frames before the first body, after the
				    last */
	int64_t fade;            /* frames of every transition */
	int64_t before, after;   /* b and a above */
	struct timeline_scene *scene;
	size_t nr;
};

/* Lay out the film. EX_CONF for an unknown preset or a frame rate that does
 * not divide SOUND_RATE or is over the preset's; EX_DATA for a film without
 * scenes or outside the preset's lengths, and for a scene whose transition is
 * longer than the film's. */
int timeline_make(struct timeline *t, const struct film *f, struct err *e);
void timeline_release(struct timeline *t);

/* Film frame to seconds. */
double timeline_seconds(const struct timeline *t, int64_t frame);

/* The frame at which scene i is taken to begin (a chapter's start): the middle
 * of the transition into it, 0 for the first. */
int64_t timeline_scene_begin(const struct timeline *t, size_t i);

#endif
