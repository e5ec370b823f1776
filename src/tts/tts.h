/*
 * tts: what the filter and the project mode share.
 */
#ifndef TTS_TTS_H
#define TTS_TTS_H

#include "base/options.h"

struct tts_options {
	const char *dir, *provider, *voice, *language, *words, *file;
	const char *check;
	double speed; /* 0 when not given */
	int again, retry, regen, network, stored, quiet;
};

/* Make, or find fresh, the AudioClips of the named scenes (of all when nr is
 * 0), and print their records unless quiet. Returns the exit code: the worst of
 * them. */
int tts_project(const struct usage *u, const struct tts_options *o,
	char **scenes, int nr);

#endif
