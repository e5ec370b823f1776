/*
 * Chapters from scenes: the first at 0:00, three or more, each of 10 seconds
 * or more, titles of 49 characters or less. YouTube reads them from the
 * description, players from the file.
 */
#ifndef RENDER_CHAPTERS_H
#define RENDER_CHAPTERS_H

#include <stddef.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "render/film.h"

struct timeline;

#define CHAPTER_SECONDS 10  /* the shortest */
#define CHAPTER_LEAST 3     /* fewer are none */
#define CHAPTER_TITLE 49    /* graphemes */

struct chapter {
	long start, end; /* frames from the film's start */
	char *title;
};

/* *nr is 0 where the film is too short for three. To be freed below. */
int chapters_make(const struct film *f, const struct timeline *t,
	struct chapter **out, size_t *nr, struct err *e);
void chapters_free(struct chapter *c, size_t nr);

/* Append the block for a description: "0:00 Title", one a line; hours only in
 * films of an hour or more. */
void chapters_text(const struct chapter *c, size_t nr, int fps,
	struct strbuf *out);

/* The same as a list of lines for the film's record, ready to be pasted; NULL
 * where the preset has no chapters or the film is too short for them. */
struct node *chapters_node(const struct film *f, const struct timeline *t);

#endif
