/*
 * What a picture file says of itself, read from its structure alone: no pixel
 * is decoded and nothing is trusted beyond its bounds.
 */
#ifndef MEDIA_PICTURE_PROBE_H
#define MEDIA_PICTURE_PROBE_H

#include <stddef.h>

#include "base/error.h"

enum picture_format {
	FORMAT_PNG,
	FORMAT_JPEG,
	FORMAT_WEBP,
	FORMAT_GIF,
	FORMAT_BMP,
	FORMAT_TIFF
};

struct picture_probe {
	enum picture_format format;
	int w, h;     /* pixels as stored, before rotation; within the limits */
	int turn;     /* EXIF orientation, 1 (upright) to 8 */
	int complete; /* the file reaches its own end mark */
	size_t len;   /* bytes of the picture; what follows is not ours */
};

/* Fill *p from the len bytes at buf; name is for messages. EX_DATA for a kind
 * that is not read here (it is named), a header that makes no sense, and a
 * picture over PICTURE_SIDE_MAX, PICTURE_AREA_MAX or PICTURE_BYTES_MAX.
 * Formats: PNG 1.2, JPEG (T.81 annex B), WebP container, GIF89a, BMP,
 * TIFF 6.0; orientation as in Exif 2.3, tag 274. */
int picture_probe(struct picture_probe *p, const char *name, const void *buf,
	size_t len, struct err *e);

#endif
