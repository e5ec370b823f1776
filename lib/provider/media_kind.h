/*
 * What a file is by its first bytes, not by what anyone says it is.
 */
#ifndef PROVIDER_MEDIA_KIND_H
#define PROVIDER_MEDIA_KIND_H

#include <stddef.h>

/* The extension of a sound or picture file, such as "mp3" (static); NULL when
 * it is neither. Sound: wav mp3 aac flac ogg m4a webm aiff; pictures: webp png
 * jpg. */
const char *media_kind(const void *p, size_t n);

/* Is this, as given by media_kind, a picture? */
int media_kind_is_picture(const char *kind);

#endif
