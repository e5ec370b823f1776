/*
 * What media/mux.c and media/m4a.c share: for those two alone.
 */
#ifndef MEDIA_MUX_PART_H
#define MEDIA_MUX_PART_H

#include <libavformat/avformat.h>

#include "base/error.h"
#include "media/mux.h"

/* -1 with libav's code in words: EX_IO where the disk is full or broken. */
int mux_fail(struct err *e, const char *path, int code);
/* Nothing for NULL and "". */
void mux_tag(AVDictionary **d, const char *key, const char *value);
void mux_chapters(AVFormatContext *o, const struct mux_chapter *chapter,
	size_t n);

#endif
