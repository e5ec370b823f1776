/*
 * Colours of another ICC profile, such as Display P3, to sRGB.
 */
#ifndef MEDIA_PICTURE_ICC_H
#define MEDIA_PICTURE_ICC_H

#include <stddef.h>
#include <stdint.h>

struct picture_icc;

/* The profile of len bytes; gray: the pixels had one component. NULL where
 * there is nothing to do: the profile is broken, of another kind than the
 * pixels (CMYK, say), or sRGB itself. */
struct picture_icc *picture_icc_open(const void *profile, size_t len,
	int gray);
/* Convert w pixels in place; icc may be NULL. Relative colorimetric with
 * black point compensation. */
void picture_icc_row(struct picture_icc *icc, uint8_t *rgb, size_t w);
void picture_icc_close(struct picture_icc *icc); /* may be NULL */

#endif
