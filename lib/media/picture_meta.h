/*
 * XMP into a finished PNG or JPEG.
 */
#ifndef MEDIA_PICTURE_META_H
#define MEDIA_PICTURE_META_H

#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "media/picture.h"

/* Append the len bytes of a file as an encoder wrote it, with m (may be NULL)
 * put in: for PNG as an iTXt chunk after IHDR, for JPEG as an APP1 segment
 * after JFIF's (XMP specification part 3). */
void picture_meta_png(const struct picture_meta *m, const uint8_t *file,
	size_t len, struct strbuf *out);
void picture_meta_jpeg(const struct picture_meta *m, const uint8_t *file,
	size_t len, struct strbuf *out);

#endif
