/*
 * What lies over the frames of a film beside captions: a logo in a corner, and
 * a bar that grows from the film's first frame to its last.
 */
#ifndef RENDER_OVER_H
#define RENDER_OVER_H

#include "base/error.h"
#include "base/strbuf.h"
#include "media/overlay.h"
#include "media/yuv.h"
#include "render/film.h"
#include "render/timeline.h"

/* The logo, ready to be laid over frames of the film: scaled, made as
 * transparent as is wanted, its outer edges on those of the preset's safe
 * area. *out is NULL where the film has none. EX_LATER for a file that is not
 * the one that was read, EX_DATA for one that is no picture. */
int over_logo(struct overlay **out, const struct film *f,
	const struct timeline *t, struct err *e);

/* Does it lie over that scene? */
int over_has_logo(const struct film *f, size_t scene);

/* What its place and look come from, appended; for digests. */
void over_logo_key(const struct film *f, const struct timeline *t,
	struct strbuf *out);

/* Draw the bar as it stands when frame at of the film has been seen: a dark
 * track from side to side and the part that is past, whose end lies between
 * two pixels. */
void over_bar(const struct film *f, const struct timeline *t, int64_t at,
	struct yuv *out);

#endif
