/*
 * The clean-up that every synthetic voice clip gets, so that clips of any
 * provider join without a step and sound equally loud.
 */
#ifndef MEDIA_VOICE_CLIP_H
#define MEDIA_VOICE_CLIP_H

#include "base/error.h"
#include "media/sound.h"

#define VOICE_LUFS (-18.0)      /* integrated loudness of a clip */
#define VOICE_STEREO 3.0103     /* LU by which two channels are louder */
#define VOICE_PEAK_DBTP (-3.0)  /* no true peak above */
#define VOICE_TRIM_DB (-50.0)   /* below: silence at the ends */
#define VOICE_KEEP 0.030        /* seconds kept around what sounds */
#define VOICE_FADE 0.008        /* seconds, raised cosine, at both ends */
#define VOICE_HIGHPASS 70.0     /* Hz, second order Butterworth */

struct voice_level {
	double head;   /* seconds cut off at the start: subtract from times */
	double lufs;   /* as it is now */
	double peak;   /* true peak in dBTP, as it is now */
	double eased;  /* largest gain reduction of peaks, dB; 0 for most */
};

/*
 * Make s 48 kHz mono, free of DC and rumble, trimmed, faded and at VOICE_LUFS.
 * The gain is one for the whole clip; single peaks that would pass
 * VOICE_PEAK_DBTP are eased by a smooth gain around them (5 ms each way).
 * EX_DATA where nothing in it sounds; name is for that message.
 */
int voice_clip_clean(struct sound *s, const char *name,
	struct voice_level *level, struct err *e);

/* Loudness of a clip of any length in LUFS: BS.1770-4 gating, and for what is
 * shorter than its 400 ms block, the same measure of the clip repeated. A clip
 * of two channels is measured as one of one channel that is played in both, so
 * that either is as loud in the film. */
int voice_clip_loudness(const struct sound *s, double *lufs, double *peak,
	struct err *e);

#endif
