/*
 * What libavformat cannot write into an MP4: an XMP packet (media/xmp.h).
 */
#ifndef MEDIA_MP4_H
#define MEDIA_MP4_H

#include <stddef.h>

#include "base/error.h"

/* Put the packet at the end of an MP4 as a uuid box (XMP part 3, 2.1: the
 * BE7ACFCB... one). Nothing before it moves. */
int mp4_append_xmp(const char *path, const void *xmp, size_t len,
	struct err *e);

#endif
