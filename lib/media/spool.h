/*
 * Float stereo put aside on the disk, to be read more than once: decoding and
 * mixing are done once, and memory does not grow with the film. The file has no
 * name, so nothing is left of it whatever ends the program.
 */
#ifndef MEDIA_SPOOL_H
#define MEDIA_SPOOL_H

#include <stddef.h>

#include "base/error.h"

struct spool;

/* A new, empty one, its file in the folder dir. EX_IO. */
struct spool *spool_new(const char *dir, struct err *e);
void spool_free(struct spool *s); /* NULL is fine */

int spool_write(struct spool *s, const float *in, size_t n, struct err *e);
/* Go back to the first frame, to read. */
int spool_rewind(struct spool *s, struct err *e);
/* Up to n frames; 0 at the end; -1 on error. */
long spool_read(struct spool *s, float *out, size_t n, struct err *e);

#endif
