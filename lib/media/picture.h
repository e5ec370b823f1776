/*
 * Still pictures: 8-bit sRGB in memory, PNG and JPEG out, anything that
 * libavcodec decodes in.
 */
#ifndef MEDIA_PICTURE_H
#define MEDIA_PICTURE_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/strbuf.h"

#define PICTURE_SIDE_MAX 16384        /* pixels */
#define PICTURE_AREA_MAX 100000000    /* pixels */
#define PICTURE_BYTES_MAX (256u << 20) /* of the file */

struct picture {
	int w, h;      /* pixels */
	uint8_t *rgb;  /* w * h * 3, rows without padding, sRGB */
};

#define PICTURE_INIT { 0, 0, NULL }

void picture_init(struct picture *p, int w, int h); /* black */
void picture_release(struct picture *p);

/* What is written into the file beside the pixels. Any may be NULL. */
struct picture_meta {
	const char *source_type; /* IPTC digitalSourceType code, as XMP */
	const char *title, *description, *software;
};

/* Decode bytes: the header's size is checked against the limits before any
 * pixel is decoded; EXIF rotation applied; an ICC profile other than sRGB
 * converted; transparency laid over white; more than one frame: the first
 * (an animated WebP is refused). PNG, JPEG, WebP, GIF, BMP and TIFF; anything
 * else is refused by its name.
 * name is for messages (EX_DATA). Decoding runs in a child with limits on
 * memory and time, so that a hostile file costs an error and nothing else. */
int picture_decode(struct picture *p, const char *name, const void *buf,
	size_t len, struct err *e);

/* The same with what is transparent kept: p has the colours times alpha, alpha
 * (may be NULL: over white, as above) is grey. */
int picture_decode_alpha(struct picture *p, struct picture *alpha,
	const char *name, const void *buf, size_t len, struct err *e);

/* Only the size, after rotation, from the header. */
int picture_size(const char *name, const void *buf, size_t len, int *w,
	int *h, struct err *e);

/* Encode to out; same pixels and meta, same bytes. quality 1..100. */
int picture_png(const struct picture *p, const struct picture_meta *m,
	struct strbuf *out, struct err *e);
int picture_jpeg(const struct picture *p, int quality,
	const struct picture_meta *m, struct strbuf *out, struct err *e);

/* Resample to w x h (Lanczos-3, widened when shrinking, in 16 bit). */
int picture_scale(const struct picture *from, struct picture *to, int w,
	int h, struct err *e);

#endif
