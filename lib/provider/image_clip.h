/*
 * Moving pictures where a still could be: the user's own file, or what a
 * provider sent.
 */
#ifndef PROVIDER_IMAGE_CLIP_H
#define PROVIDER_IMAGE_CLIP_H

#include "base/error.h"
#include "base/strbuf.h"
#include "provider/provider.h"

/* Put what a record says of the moving picture that fd holds into doc: kind,
 * width, height, seconds, fps, hasSound ... What may look wrong is appended to
 * warnings, a line. EX_DATA where it is none that can be shown; name is for
 * messages. */
int image_clip_describe(const char *name, int fd, struct node *doc,
	struct strbuf *warnings, struct err *e);

/* 1 where the bytes are a moving picture: r has its first frame as picture,
 * the facts as clip, and the extension. 0: they are something else. */
int image_clip_read(const char *name, const struct strbuf *bytes,
	struct image_result *r, struct err *e);

#endif
