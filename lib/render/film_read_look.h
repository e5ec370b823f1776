/*
 * The user's own style of captions, read from the project. For film_read.c.
 */
#ifndef RENDER_FILM_READ_LOOK_H
#define RENDER_FILM_READ_LOOK_H

#include "base/error.h"
#include "media/caption_look.h"
#include "record/project.h"
#include "render/film.h"
#include "store/film_state.h"

/* What a film's look borrows. */
struct film_look {
	struct caption_look look;
	char *font_file;
	char sha256[SHA256_HEX];
};

/*
 * Read the style that the video's captionStyle names, where captions are
 * burned in and it is the user's own, and which files are written beside the
 * film; f->captions is set. EX_CONF where the style could not be read on every
 * picture or names a font that is not there, EX_DATA for a file that is no
 * font. l must outlive f.
 */
int film_read_captions(struct film *f, struct film_look *l,
	const struct project *p, const struct video *v,
	const struct survey *s, struct err *e);
void film_look_release(struct film_look *l);

#endif
