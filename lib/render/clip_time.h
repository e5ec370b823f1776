/*
 * Which moment of a moving picture each frame of its scene shows, in whole
 * numbers.
 *
 * A clip begins with the first frame that shows its scene. At its own speed
 * film frame k shows what the clip shows at (k + 3/10) / fps: the little more
 * keeps times that a container rounded from falling into the frame before. So
 * frames are doubled or left out where the rates differ, never mixed.
 *
 *	slow  k runs over the whole scene, down to half the speed; what lies
 *	      between two frames of the clip is a mixture of them
 *	loop  rounds overlap by `seam` frames, in which one fades into the next
 *	hold  the last frame stays, and the window closes in slowly
 */
#ifndef RENDER_CLIP_TIME_H
#define RENDER_CLIP_TIME_H

#include <stdint.h>

#include "base/strbuf.h"
#include "render/film.h"
#include "render/timeline.h"

struct clip_plan {
	int fps;
	int fit;              /* never CLIP_AUTO; of no account while the clip
				 is as long as the scene */
	int64_t from, length; /* microseconds of the file */
	int64_t frames;       /* that the clip has at the film's rate */
	int64_t shown;        /* frames in which the scene is seen */
	int64_t skip;         /* frames of it before that, at a cut */
	int64_t stretch;      /* slow: frames that the clip is stretched to;
				 else 0 */
	int64_t round, seam;  /* loop: from start to start, and the overlap;
				 round 0: there is no second one */
};

/* Whole frames of the film that the clip lasts, at least 1. */
int64_t clip_frames(const struct film_clip *c, int fps);

/* Scene number `scene` of the timeline, whose clip is moving. */
void clip_plan_make(struct clip_plan *p, const struct film_scene *s,
	const struct timeline *t, size_t scene);

/* The frame k that a film's frame, counted from the scene's voice, is. */
int64_t clip_frame(const struct clip_plan *p, const struct timeline_scene *t,
	int64_t from_voice);

/* The moment of the file in which frame u of a round shows, as num / den
 * seconds; the same for all u behind the end. */
void clip_moment(const struct clip_plan *p, int64_t u, int64_t *num,
	int64_t *den);

/* Seconds that the last frame has been held at frame k; 0: it is not. */
double clip_held(const struct clip_plan *p, int64_t k);

/* What a part's digest needs, for a part that begins at frame k. */
void clip_key(const struct clip_plan *p, int64_t k, struct strbuf *out);

/* Frames before and behind what is between two transitions, in which a scene
 * is seen as well: a clip runs there too. */
int64_t clip_lead(const struct film *f, const struct timeline *t, size_t i);
int64_t clip_trail(const struct film *f, const struct timeline *t, size_t i);

#endif
