#include "text/pace.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "media/segment.h"
#include "record/spec.h"
#include "text/word.h"

/*
 * Measured on Debian 12 with flite 2.2 and espeak-ng 1.51, 2026-11-22. espeak:
 * six plain English sentences of 48 to 108 characters (one of 29 to 118 in the
 * other languages), silence at the ends cut; 66 s of prose then came out
 * 1 % shorter than reckoned. flite: 94 s of prose in 19 clips by slt, its
 * default voice, as tts trims them; the plain sentences gave slt 19.4, awb
 * 18.5, kal16 18.7, rms 16.1. Pauses: sentences with commas and with stops.
 */
#define FLITE_RATE (18.5 / 1.18)  /* the measure, at tts's own pace */
#define FLITE_COMMA (0.16 * 1.18)
#define FLITE_STOP (0.20 * 1.18)
#define ESPEAK_PACE (160 / 175.0) /* measured at 175, its own default */
#define ESPEAK_COMMA (0.22 / ESPEAK_PACE)
#define ESPEAK_STOP (0.43 / ESPEAK_PACE)

static const struct rate {
	const char *language;
	double plan;   /* pauses included */
	double espeak; /* pauses not included */
} rates[] = {
	{ "en", 14, 19.7 }, { "de", 14, 19.0 }, { "fr", 15, 25.1 },
	{ "es", 15, 19.6 }, { "it", 15, 19.5 }, { "pt", 15, 19.1 },
	{ "nl", 14, 18.1 }, { "ru", 13, 19.4 }, { "pl", 14, 14.6 },
	{ "hi", 12, 15.9 }, { "ar", 12, 10.4 }, { "zh", 4.3, 2.7 },
	{ "cmn", 4.3, 2.7 }, { "ja", 5, 8.0 }, { "ko", 5, 7.7 },
};

struct pace
pace_for(const char *language, const char *provider, double speed)
{
	struct pace p = { 14, 0, 0, language };
	const struct rate *r = &rates[0];
	size_t i;

	for (i = 0; i < sizeof(rates) / sizeof(*rates); i++)
		if (language_is(language, rates[i].language))
			r = &rates[i];
	p.rate = r->plan;
	if (spec_is(provider, "flite")) {
		p.rate = FLITE_RATE;
		p.comma = FLITE_COMMA;
		p.stop = FLITE_STOP;
	} else if (spec_is(provider, "espeak")) {
		p.rate = r->espeak * ESPEAK_PACE;
		p.comma = ESPEAK_COMMA;
		p.stop = ESPEAK_STOP;
	}
	if (speed <= 0)
		speed = 1;
	p.rate *= speed;
	p.comma /= speed;
	p.stop /= speed;
	return p;
}

/* A digit is read as a word or so: it takes as long as this many letters. */
#define DIGIT_LETTERS 4.0

double
pace_seconds(const struct pace *p, const char *text, size_t len)
{
	size_t off, n;
	double letters = 0, pauses = 0;
	uint32_t cp, last = 0;
	unsigned c;

	for (off = 0; off < len; off += n) {
		n = utf8_decode(text + off, len - off, &cp);
		if (!n) {
			n = 1;
			continue;
		}
		c = segment_class(cp);
		if (c & SEGMENT_BLANK) {
			letters += !(segment_class(last) & SEGMENT_BLANK);
			if (last == ',' || last == ';' || last == ':' ||
			    last == 0x2014 || last == 0x2013)
				pauses += p->comma;
			else if (last == '.' || last == '!' || last == '?')
				pauses += p->stop;
		} else if (c & SEGMENT_DIGIT) {
			letters += DIGIT_LETTERS;
		} else if (cp == 0x3001 || cp == 0xff0c || cp == 0x60c) {
			pauses += p->comma;
		} else if (cp == 0x3002 || cp == 0x964) {
			pauses += off + n < len ? p->stop : 0;
		} else {
			letters += 1;
		}
		last = cp;
	}
	return letters / p->rate + pauses;
}
