/*
 * Films and their parts: what they are made from, and whether they are fresh.
 */
#ifndef STORE_FILM_STATE_H
#define STORE_FILM_STATE_H

#include "store/state.h"

/* rec is video/NAME.json; media video/NAME.mp4. */
int state_video(const struct project *p, const struct video *v,
	const struct survey *s, struct asset_state *a, struct err *e);

/* Is the stamp of scene i's parts, build/parts/NAME/SCENE.json, fresh? The
 * path is given to be freed. render-clip writes it with part_stamp. */
int part_is_fresh(const struct project *p, const struct video *v,
	const struct survey *s, size_t i, char **path);
int part_stamp(const struct project *p, const struct video *v,
	const struct survey *s, size_t i, struct err *e);

/* Setting of a video: its entry in videos:, project.yaml, settings.yaml, else
 * fallback. */
const char *video_setting(const struct project *p, const struct video *v,
	const char *key, const char *fallback);
/* The same of a number. */
double video_number(const struct project *p, const struct video *v,
	const char *key, double fallback);

#endif
