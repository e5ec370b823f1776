/*
 * Sound in memory: float samples, and the clean-up that every voice clip gets.
 */
#ifndef MEDIA_SOUND_H
#define MEDIA_SOUND_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/strbuf.h"

#define SOUND_RATE 48000 /* Hz; everything below the film is at this rate */
#define SOUND_SECONDS_MAX (12.0 * 3600)

struct sound {
	int rate;       /* Hz */
	int channels;   /* 1 or 2, interleaved */
	size_t frames;  /* samples per channel */
	float *sample;  /* frames * channels, full scale 1.0 */
};

#define SOUND_INIT { 0, 0, 0, NULL }

void sound_init(struct sound *s, int rate, int channels, size_t frames);
void sound_release(struct sound *s);
double sound_seconds(const struct sound *s);

/* Decode a whole sound file in memory (WAV, MP3, FLAC, Ogg, M4A ...). Lengths
 * in a WAV header are not believed beyond the bytes that are there. Refused
 * with EX_DATA: nothing audible inside the header, NaN samples, a rate outside
 * 8..192 kHz, more than 8 channels, over SOUND_SECONDS_MAX. */
int sound_decode(struct sound *s, const char *name, const void *buf,
	size_t len, struct err *e);
/* The same from a file, without holding its bytes in memory. */
int sound_load(struct sound *s, const char *path, struct err *e);

/* Append a 16-bit PCM WAV (RIFF, little-endian), with triangular dither from a
 * fixed seed; same samples, same bytes. */
void sound_wav(const struct sound *s, struct strbuf *out);

/* Convert to rate and channels (libswresample; mono to stereo copies). */
int sound_resample(struct sound *s, int rate, int channels, struct err *e);

/* Integrated loudness in LUFS (ITU-R BS.1770-4 by libebur128; -HUGE_VAL for
 * silence) and true peak as a factor (4x oversampled, 1.0 is full scale). */
int sound_loudness(const struct sound *s, double *lufs, double *peak,
	struct err *e);

/* True when nothing is over -60 dBFS. */
int sound_is_silent(const struct sound *s);

#endif
