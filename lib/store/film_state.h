/*
 * Films and their parts: what they are made from, and whether they are fresh.
 */
#ifndef STORE_FILM_STATE_H
#define STORE_FILM_STATE_H

#include "store/state.h"

/* The whole film. Inputs are preset, quality, captions, music, titles, and for
 * each scene "00001.audio", "00001.image" (SHA-256 of the media there now),
 * "00001.words", "00001.text", "00001.look" (motion, transition, focus,
 * duration). */
struct request *request_video(const struct project *p, const struct video *v,
	const struct survey *s, struct err *e);

/* The picture parts of the film's scene i (from 0): its body and the
 * transition into it, so the scene before enters by its picture and look. */
struct request *request_part(const struct project *p, const struct video *v,
	const struct survey *s, size_t i, struct err *e);

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

#endif
