/*
 * Bytes in either order, and the numbers in the first folder of a TIFF block,
 * which is also what EXIF is.
 */
#ifndef MEDIA_TIFF_TAG_H
#define MEDIA_TIFF_TAG_H

#include <stddef.h>
#include <stdint.h>

#define TAG_WIDTH 256
#define TAG_HEIGHT 257
#define TAG_ORIENTATION 274

struct bytes {
	const uint8_t *p;
	size_t len;
};

static inline unsigned
be16(const uint8_t *p)
{
	return (unsigned)p[0] << 8 | p[1];
}

static inline uint32_t
be32(const uint8_t *p)
{
	return (uint32_t)be16(p) << 16 | be16(p + 2);
}

static inline unsigned
le16(const uint8_t *p)
{
	return (unsigned)p[1] << 8 | p[0];
}

static inline uint32_t
le32(const uint8_t *p)
{
	return (uint32_t)le16(p + 2) << 16 | le16(p);
}

static inline uint32_t
le24(const uint8_t *p)
{
	return (uint32_t)p[2] << 16 | le16(p);
}

/* The single SHORT or LONG under tag (TIFF 6.0); 0 where there is none, or the
 * block is broken. */
uint32_t tiff_tag(struct bytes b, unsigned tag);

#endif
