/*
 * A film's sound as a file of its own: video/NAME.m4a.
 */
#ifndef RENDER_FILM_AUDIO_H
#define RENDER_FILM_AUDIO_H

#include "base/error.h"
#include "render/film.h"
#include "render/timeline.h"

#define COVER_LEAST 1400 /* pixels of a side, as podcasts' directories ask */
#define COVER_MOST 3000

struct film_audio {
	const char *dir;    /* of the track, made where it is missing */
	const char *cover;  /* path of a picture, NULL: none */
	const char *cover_type; /* its IPTC code, or NULL */
	const char *artist; /* or NULL */
};

/* Write it to the file out, atomically: AAC as in the film, chapters, tags,
 * disclosure as XMP, and the middle square of the cover as JPEG, COVER_LEAST
 * to COVER_MOST pixels wide. */
int film_audio_write(const struct film *f, const struct timeline *t,
	const struct film_audio *a, const char *out, struct err *e);

#endif
