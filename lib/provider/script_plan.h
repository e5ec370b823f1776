/*
 * How much to write: a target length in seconds or words as words and scenes.
 */
#ifndef PROVIDER_SCRIPT_PLAN_H
#define PROVIDER_SCRIPT_PLAN_H

#include <stddef.h>

#include "provider/provider.h"

#define SCRIPT_PLAN_SCENES 1000 /* no more */

struct script_plan {
	double seconds;     /* of the film */
	size_t words;       /* of the narration in all */
	int characters;     /* words counts characters: a language that has no
			       spaces between words */
	size_t scenes;
	size_t scene_words; /* of one scene's narration, about */
	size_t scene_most;  /* and at most */
	int chapters;       /* 0: the platform or the length wants none */
};

/*
 * The words follow from the seconds by the pace of q's voice provider and
 * speed, the platform's gaps taken off, and the usual length of a word. A
 * scene is as long as split_rule_for(platform) aims at. Without a target: the
 * source's own length, but not over a minute (two thirds of it in short form,
 * three on youtube, five in a podcast), or just that without a source.
 */
void script_plan_make(const struct script_request *q,
	struct script_plan *out);

#endif
