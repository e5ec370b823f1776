/*
 * One still picture of any picture file, also of one that moves.
 */
#ifndef RENDER_STILL_LOAD_H
#define RENDER_STILL_LOAD_H

#include "base/error.h"
#include "media/picture.h"

/* Decode the file; of a moving picture the frame `from` seconds after its
 * start. */
int still_load(struct picture *p, const char *path, double from,
	struct err *e);

#endif
