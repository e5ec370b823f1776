/*
 * A ready AAC track as a file to be listened to (ISO/IEC 14496-12, brand M4A):
 * chapters, tags, a picture; moov first, no edit list, no times of day. The
 * packets are copied.
 */
#ifndef MEDIA_M4A_H
#define MEDIA_M4A_H

#include <stddef.h>

#include "base/error.h"
#include "media/mux.h"

struct m4a {
	const char *track;    /* path of the AAC */
	const char *title, *artist, *description, *date; /* any may be NULL */
	const char *language; /* BCP 47 */
	const struct mux_chapter *chapter;
	size_t chapter_nr;
	const void *cover;    /* bytes of a JPEG, NULL: none */
	size_t cover_len;
	int cover_side;       /* pixels */
};

/* Write to path, which exists (a temp file). */
int m4a_write(const char *path, const struct m4a *a, struct err *e);

#endif
