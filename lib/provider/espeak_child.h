/*
 * espeak-ng, spoken to in a child process.
 */
#ifndef PROVIDER_ESPEAK_CHILD_H
#define PROVIDER_ESPEAK_CHILD_H

#include <stddef.h>

#include "base/error.h"
#include "base/strvec.h"
#include "media/sound.h"

#define ESPEAK_POSITION (-1)

struct espeak_event {
	int mark;     /* N of <mark name="N"/>, or ESPEAK_POSITION: a word */
	int position; /* in characters of the text as given, from 1 */
	int sample;   /* when, in samples of the sound */
};

struct espeak_said {
	struct sound sound;
	struct espeak_event *event; /* in order */
	size_t event_nr;
	char version[64];
};

/* Speak ssml (UTF-8) at rate words a minute. The same text gives the same
 * samples on every call. EX_CONF for a voice that cannot be loaded. */
int espeak_child_speak(const char *voice, int rate, const char *ssml,
	struct espeak_said *out, struct err *e);
void espeak_said_release(struct espeak_said *s);

/* Append every language of every voice, each once, sorted. */
int espeak_child_languages(struct strvec *out, struct err *e);

#endif
