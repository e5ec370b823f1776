/*
 * Which fonts were really used, and in which version: another version of a font
 * file may draw other pixels.
 */
#ifndef MEDIA_FONT_VERSION_H
#define MEDIA_FONT_VERSION_H

#include "base/strvec.h"
#include "media/caption_draw.h"
#include "media/font.h"

#define FONT_VERSION 16 /* bytes of "4.001" and its NUL */

/* Add the PostScript name of each font that draws a caption, such as
 * "Inter-SemiBold"; each once. */
void font_names_of_caption(const struct caption_draw *d, struct strvec *out);

/* The version of a font of that PostScript name, as its file has it; "" where
 * it is not installed (or is none of ours: font.h). */
void font_version(struct font_set *f, const char *name,
	char out[FONT_VERSION]);

/* One digest of the names and versions of all our fonts: any of them may stand
 * in for a character. For digests of parts with captions. Static; "" where
 * there are no fonts. */
const char *font_set_version(void);

#endif
