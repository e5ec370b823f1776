/*
 * A film's thumbnail: one subject and a few words as large as can be, in the
 * size that the platform takes. A film of drawn cards has a card drawn for it,
 * since the others have words of their own; any other has the best of its
 * scenes' pictures.
 */
#ifndef RENDER_THUMBNAIL_H
#define RENDER_THUMBNAIL_H

#include "base/error.h"
#include "media/picture.h"
#include "render/film.h"
#include "render/timeline.h"
#include "store/state.h"

#define THUMBNAIL_WORDS 5

struct thumbnail_job {
	const struct film *film;
	const struct timeline *time;
	const struct project *project;
	const struct video *video;
	const struct survey *survey;
};

/* Write it to path as a JPEG with its disclosure. 1: made; 0: the project
 * wants none; -1: it could not be made, and e says why. */
int thumbnail_make(const struct thumbnail_job *j, const char *path,
	struct err *e);

/* How good a picture looks small: contrast times detail, 0 for one flat
 * colour. */
double thumbnail_score(const struct picture *p);

#endif
