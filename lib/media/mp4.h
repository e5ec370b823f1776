/*
 * What libavformat cannot write into an MP4: the XMP packet that says how the
 * film came about.
 */
#ifndef MEDIA_MP4_H
#define MEDIA_MP4_H

#include <stddef.h>

#include "base/error.h"
#include "base/strbuf.h"

/* Append to out an XMP packet (XMP part 1, 7) with the IPTC digitalSourceType
 * of that code (".../digitalsourcetype/CODE"), the title and the tool's name;
 * all but source_type may be NULL. */
void mp4_xmp(struct strbuf *out, const char *source_type, const char *title,
	const char *tool);

/* Put the packet at the end of an MP4 as a uuid box (XMP part 3, 2.1: the
 * BE7ACFCB... one). Nothing before it moves. */
int mp4_append_xmp(const char *path, const void *xmp, size_t len,
	struct err *e);

#endif
