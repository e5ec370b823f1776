/*
 * The libraries that decide the bytes of a film, as they run now: two versions
 * of one of them may give two films of the same inputs.
 */
#ifndef MEDIA_VERSIONS_H
#define MEDIA_VERSIONS_H

#include <stddef.h>

struct library_version {
	const char *name; /* "libx264", "pango" */
	char version[40]; /* "164 r3095 baee400" */
};

/* All, in the order of their names; static storage. Each says its own; libx264,
 * which we see through libavcodec alone, says it in what it encodes, so that
 * the first call of a process encodes one small frame. */
const struct library_version *library_versions(size_t *nr);

/* "libavcodec 59.37.100, libx264 164 r3095 baee400", for digests of parts, so
 * that those of two versions never meet in one film. Static. */
const char *encoding_version(void);

/* "cairo 1.16.0, freetype 2.12.1, ...": those that draw text and cards, for
 * digests of what is kept of it. Static. */
const char *drawing_version(void);

#endif
