/*
 * Voices that are of no record: free to speak, kept in build/ by what they say,
 * so that they are spoken once.
 */
#ifndef RENDER_KEPT_VOICE_H
#define RENDER_KEPT_VOICE_H

#include "base/error.h"
#include "base/hash.h"
#include "provider/provider.h"
#include "record/project.h"

struct kept_voice {
	char *path;             /* of a WAV file */
	char sha256[SHA256_HEX];
	double seconds;
	struct word_time *word; /* NULL where there are none */
	size_t word_nr;
};

/* What the scene says, spoken by its own voice where that is free, else by the
 * free voice of its language: found or made in dir. Nobody is asked anything.
 * EX_CONF where no free voice speaks the language, EX_DATA for a text that
 * cannot be spoken. */
int voice_keep(const struct project *p, const struct scene *s,
	const char *dir, struct kept_voice *out, struct err *e);
void kept_voice_release(struct kept_voice *v);

#endif
