/*
 * WAV files as bytes: a header made, and headers that lie put right.
 *
 * The format (Microsoft and IBM, Multimedia Programming Interface and Data
 * Specifications 1.0, 1991, chapters 2 and 3): "RIFF", the bytes that follow
 * in 32 bits little-endian, "WAVE"; then chunks: four letters, the bytes that
 * follow, these bytes, and one byte of padding where they are odd in number.
 * "fmt " stands before "data".
 *
 * Servers that stream know no length when they write the header. They write
 * FFFFFFFF, 7FFFFFFF, 2000000000 or 0 instead, and what believes it plays for
 * hours, or nothing. Some append chunks (LIST, C2PA) behind data of "unknown"
 * length, which then sound as noise at the end of the speech. Connections that
 * break leave less than was announced.
 */
#ifndef MEDIA_WAV_H
#define MEDIA_WAV_H

#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"

#define WAV_HEADER 44 /* bytes of what wav_header writes */

/*
 * Put right, in place, what the lengths of a WAV file say: data has the
 * smaller of what was announced and what was received (all of it where 0 was
 * announced), in whole samples where the file ends in it. Complete chunks
 * behind it stay; what is none is cut off. Returns 0 when nothing was wrong
 * and nothing changed, 1 when mended, -1 when it is no WAV, has no sound in
 * it, or is over 4 GB; then it is as it was. RF64, whose lengths are
 * elsewhere, is left alone with 0.
 */
int wav_mend(struct strbuf *b);

/* Append a header of WAV_HEADER bytes for that much 16-bit PCM behind it.
 * More than 32 bits can count is announced as FFFFFFFF, "to the end". */
void wav_header(struct strbuf *out, int rate, int channels, uint64_t bytes);

/* Make 16-bit little-endian PCM without a header (interleaved) a WAV file;
 * what is no whole sample of all channels is dropped from the end. Returns -1
 * for no sample, or a rate or number of channels below 1, over 1 MHz or over
 * 64; then it is as it was. */
int wav_wrap(struct strbuf *pcm, int rate, int channels);

#endif
