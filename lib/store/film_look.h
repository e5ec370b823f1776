/*
 * What is seen of a film's scene beside its picture, for digests.
 */
#ifndef STORE_FILM_LOOK_H
#define STORE_FILM_LOOK_H

#include "base/strbuf.h"
#include "record/project.h"

/* Motion, transition, focus, duration and what a clip says, on one line, in
 * place of what out holds. */
void film_look(const struct project *p, const struct video *v,
	const struct scene *s, struct strbuf *out);

/* Does the scene say its motion, so that the text does not choose it? */
int film_motion_is_said(const struct scene *s);

#endif
