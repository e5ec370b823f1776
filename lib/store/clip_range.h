/*
 * Which stretch of a moving picture a scene shows.
 */
#ifndef STORE_CLIP_RANGE_H
#define STORE_CLIP_RANGE_H

#include "base/error.h"
#include "record/project.h"

#define CLIP_SECONDS_MIN 0.1

/* Of a clip of that many seconds, from *from to *to: image.from, or its start,
 * to image.to, or its end where that comes first. EX_DATA, naming the scene's
 * file, where nothing is left between them. */
int clip_range(const struct scene *s, double seconds, double *from,
	double *to, struct err *e);

#endif
