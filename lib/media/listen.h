/*
 * A sound as those that listen to speech want it: mono at 16 kHz.
 */
#ifndef MEDIA_LISTEN_H
#define MEDIA_LISTEN_H

#include <stddef.h>

#include "media/sound.h"

#define LISTEN_RATE 16000 /* Hz */

/*
 * Frames from .. to-1 of s, its channels averaged, through a windowed sinc (the
 * Hann window over 16 zero crossings to each side; J. O. Smith, Digital Audio
 * Resampling, 2002). out is made; it is silent beyond the ends.
 */
void listen_to(const struct sound *s, size_t from, size_t to,
	struct sound *out);

#endif
