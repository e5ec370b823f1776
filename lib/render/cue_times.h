/*
 * When the pieces of a scene's text are spoken.
 */
#ifndef RENDER_CUE_TIMES_H
#define RENDER_CUE_TIMES_H

#include "render/cue_words.h"

/*
 * Give every piece its time. By the voice's word times where it has them:
 * directly where the text is what was spoken, else through the longest common
 * sequence of words, with the words between shared out by length. Without word
 * times by length, with 200 ms for a comma and 350 ms for the end of a
 * sentence. Times never run backwards and lie inside the scene.
 */
void cue_times(struct cue_tokens *k, const struct film_scene *s,
	const struct cue_place *p);

#endif
