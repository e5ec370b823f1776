/*
 * A recording of the user's own in place of a voice: its bytes stay as they
 * are, in one channel or two, at any rate; what is used of it, and how loud, is
 * measured here.
 */
#ifndef MEDIA_RECORDING_H
#define MEDIA_RECORDING_H

#include "base/error.h"
#include "media/sound.h"

#define RECORDING_LIFT 40.0 /* dB at most by which a quiet one is raised */

struct recording {
	double start, end; /* s: silence before and behind is left out, by the
			      measure of the voices (media/voice_clip.h) */
	double gain;       /* factor to VOICE_LUFS */
};

/* Sets *r (all 0 on error). EX_DATA where nothing is heard in s; name is for
 * the message. s is changed: a constant offset is taken off it. */
int recording_measure(struct sound *s, const char *name, struct recording *r,
	struct err *e);

#endif
