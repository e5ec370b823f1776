/*
 * A sound file read in blocks, as float stereo at SOUND_RATE, however long it
 * is: memory stays the same.
 */
#ifndef MEDIA_SOUND_READER_H
#define MEDIA_SOUND_READER_H

#include <stddef.h>

#include "base/error.h"
#include "media/sound.h"

struct sound_reader;

/* EX_DATA, naming the file, for what is no sound that can be decoded; limits
 * as sound_load(). NULL on error. */
struct sound_reader *sound_reader_open(const char *path, struct err *e);
void sound_reader_close(struct sound_reader *r); /* NULL is fine */

/* Write up to n frames (pairs) to out, NULL: pass them over; fewer only at the
 * end of the file. Other rates are converted once, by soxr at 28 bits.
 * Packets that are damaged are left out. Returns frames, -1 on error. */
long sound_reader_read(struct sound_reader *r, float *out, size_t n,
	struct err *e);

#endif
