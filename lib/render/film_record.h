/*
 * What a film's record says of it, beside what it was made from.
 */
#ifndef RENDER_FILM_RECORD_H
#define RENDER_FILM_RECORD_H

#include "record/node.h"
#include "render/film.h"
#include "render/timeline.h"

/* Add shape, length, disclosure, description and chapters to the record doc;
 * captions is the list of sidecar files' names, taken over. thumbnail is a
 * file's name beside the film, NULL: none. */
void film_describe(struct node *doc, const struct film *f,
	const struct timeline *t, struct node *captions,
	const char *thumbnail);

#endif
