/*
 * AAC-LC in MP4, written as it comes: stereo, SOUND_RATE, no edit list, no
 * times of day. The same samples and rate give the same bytes.
 */
#ifndef MEDIA_AAC_H
#define MEDIA_AAC_H

#include <stddef.h>

#include "base/error.h"

/* The encoder puts so many samples before what it is given, and nothing in
 * the file says so: whoever wants sound and pictures together leaves out as
 * many at the start. */
#define AAC_DELAY 1024

struct aac;

/* Write to path, which exists (a temp file). NULL on error. */
struct aac *aac_open(const char *path, int kbit, struct err *e);
int aac_write(struct aac *a, const float *in, size_t n, struct err *e);
int aac_finish(struct aac *a, struct err *e);
void aac_close(struct aac *a); /* frees it in any case; NULL is fine */

/* Name and version of the library, for digests. */
const char *aac_version(void);

#endif
