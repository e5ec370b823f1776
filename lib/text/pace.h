/*
 * How long a text takes to speak, before it is spoken.
 *
 * For the voices inside, the figures are measured (see pace.c). For any other
 * voice they are planning values with the pauses included: 14 characters a
 * second in English and so on, chosen from published syllable rates
 * (Pellegrino, Coupe and Marsico, Language 87, 2011).
 */
#ifndef TEXT_PACE_H
#define TEXT_PACE_H

#include <stddef.h>

struct pace {
	double rate;  /* characters a second, spaces included */
	double comma; /* seconds of pause at a comma, colon or dash */
	double stop;  /* seconds of pause between two sentences */
	const char *language;
};

/* For a BCP 47 language and a voice provider ("flite", "espeak:de", NULL or
 * any other name); speed 1 is normal, 0 counts as 1. language is borrowed. */
struct pace pace_for(const char *language, const char *provider, double speed);

/* Seconds that this text takes, without silence at either end. */
double pace_seconds(const struct pace *p, const char *text, size_t len);

#endif
