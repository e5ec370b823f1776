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

/* Decode p->len bytes at buf into s->rgb as upright sRGB over white, or with
 * s->alpha as it is. -1 with s->why filled. */
int picture_decode_here(const struct picture_probe *p, const uint8_t *buf,
	struct picture_shared *s);

/* Decode in a child with bounds of memory and time and nothing else. */
struct picture_child {
	/* Set by the caller: */
	const char *name;  /* for messages; borrowed */
	int alpha;         /* wanted */
	/* Set by picture_child_decode: */
	struct picture_shared *shared; /* the pixels */
	void *job;
	size_t room;
};

/* Decode p->len bytes at buf; the pixels are there until the release. -1,
 * nothing to release: EX_DATA for what does not decode within its bounds,
 * EX_IO where no child could be started. */
int picture_child_decode(struct picture_child *c,
	const struct picture_probe *p, const void *buf, struct err *e);
void picture_child_release(struct picture_child *c);

/* Be that child, with the memory that it shares. */
void picture_child_run(int socket, void *job);

#endif
