/*
 * What each platform takes, and what we give it. The rows are in preset.def,
 * each with its source and the day it was checked.
 */
#ifndef RECORD_PRESET_H
#define RECORD_PRESET_H

#include "base/error.h"

enum film_captions {
	CAPTIONS_NONE = 0,
	CAPTIONS_SIDECAR = 1,
	CAPTIONS_BURNED = 2 /* bits: both is 3 */
};

struct preset {
	const char *name;
	int width, height;     /* pixels */
	int fps, fps_max;
	int seconds_min, seconds_max; /* outside: refused */
	int seconds_warn;      /* longer: a warning; 0: none */
	int file_mb;           /* the platform's limit of a file, 10^6 bytes */
	int crf;               /* the weakest that quality "high" may use */
	int maxrate, bufsize;  /* ceiling of the rate, kbit/s and kbit */
	int keyint_half;       /* key frames at most this many half seconds
				  apart */
	int level;             /* H.264 level times 10, up to 30 frames/s */
	int audio_kbit;        /* AAC, stereo */
	double lufs, peak;     /* programme loudness; true peak in dBTP */
	double safe[4];        /* left, top, right, bottom margins without
				  text, fractions of the frame */
	int captions;          /* bits of enum film_captions */
	const char *caption_style;
	int chapters;          /* 1: chapters in the file and the text */
	double scene_seconds;  /* how long a scene is best spoken */
	int gap_ms, fade_ms;   /* between two voices; the fade within it */
	int head_ms, tail_ms;  /* before the first voice, after the last */
	const char *checked;   /* the day, YYYY-MM-DD */
	const char *source;
};

/* NULL with EX_CONF naming those there are. Static storage. */
const struct preset *preset_find(const char *name, struct err *e);
/* The i-th row, NULL after the last. */
const struct preset *preset_at(unsigned i);

/* "1280x720": both even, 16 to 7680. -1 where s is none of that. */
int frame_size_parse(const char *s, int *w, int *h);

#endif
