/*
 * One part, from pictures and captions to packets.
 */
#ifndef RENDER_COMPOSE_H
#define RENDER_COMPOSE_H

#include "base/error.h"
#include "media/encode.h"
#include "render/film.h"
#include "render/part.h"
#include "render/stills.h"
#include "render/timeline.h"

struct composer; /* for one thread */

/* All that is given must outlive it. */
struct composer *composer_new(const struct film *f, const struct timeline *t,
	struct stills *s);
void composer_free(struct composer *c); /* c may be NULL */

/* Draw and encode. r is empty before it and after an error. */
int compose_part(struct composer *c, const struct part *p,
	const struct encode_settings *s, struct encoded *r, struct err *e);

/* Draw frame n of a part, from 0, without encoding. out has the film's size
 * and room for whole groups of 16 bytes in a row. */
int compose_frame(struct composer *c, const struct part *p, int n,
	struct yuv *out, struct err *e);

#endif
