/*
 * The decoder as it runs in a child process of its own: whatever a hostile
 * file does to it, the parent loses nothing.
 */
#ifndef MEDIA_PICTURE_DECODE_H
#define MEDIA_PICTURE_DECODE_H

#include <stdint.h>

#include "media/picture_probe.h"

/* Memory that the child shares with its parent. */
struct picture_shared {
	char why[128]; /* what is wrong with the file, when it fails */
	int alpha;     /* wanted: 4 bytes a pixel, not laid over white */
	uint8_t rgb[]; /* w * h * 3, or of RGBA * 4, rotated */
};

/* Bound this process for the picture p: memory, processor time, no output,
 * no file opened, no core. */
void picture_decode_limits(const struct picture_probe *p);

/* Decode p->len bytes at buf into s->rgb as upright sRGB over white, or with
 * s->alpha as it is. -1 with s->why filled. */
int picture_decode_here(const struct picture_probe *p, const uint8_t *buf,
	struct picture_shared *s);

#endif
