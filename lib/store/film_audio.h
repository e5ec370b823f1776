/*
 * Films that are sound alone, or have such a file beside them: video/NAME.m4a.
 */
#ifndef STORE_FILM_AUDIO_H
#define STORE_FILM_AUDIO_H

#include "store/film_state.h"
#include "store/request.h"

/* The picture of the file: the project's cover, else that of the first scene
 * that has one; NULL where there is none yet. */
const struct asset_state *film_audio_cover(const struct video *v,
	const struct survey *s);

/* What the file beside a film adds to the film's inputs: "cover", and "artist"
 * where the project names one. */
void film_audio_add(struct request *r, const struct project *p,
	const struct video *v, const struct survey *s);

/* What a film without pictures is made from: nothing that is seen but words.
 * Sealed; NULL with *e set where a file that it names is not there. */
struct request *film_audio_request(const struct project *p,
	const struct video *v, const struct survey *s, struct err *e);

#endif
