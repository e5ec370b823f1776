/*
 * What a voice sounds like, frame by frame: mel-frequency cepstra (Davis and
 * Mermelstein, Comparison of Parametric Representations for Monosyllabic Word
 * Recognition, IEEE Trans. ASSP 28(4), 1980), made comparable between two
 * voices that say the same.
 */
#ifndef MEDIA_MFCC_H
#define MEDIA_MFCC_H

#include <stddef.h>

#include "media/sound.h"

#define MFCC_RATE 16000  /* Hz of the sound */
#define MFCC_HOP 0.010   /* seconds from frame to frame */
#define MFCC_WINDOW 0.025
#define MFCC_CEPSTRA 12  /* c1 .. c12 */
#define MFCC_DIM 26      /* these, the level, and how both change */

struct mfcc {
	size_t frames;
	float *v;             /* frames * MFCC_DIM */
	unsigned char *quiet; /* of each frame: nothing is said in it */
};

#define MFCC_INIT { 0, NULL, NULL }

/*
 * Frame i is about the time i * MFCC_HOP. Each cepstrum has mean 0 and
 * variance 1 over what is not quiet, and is 0 where it is quiet, so that one
 * pause is like another; the level is 0 for a pause and 1 for speech.
 */
void mfcc_make(struct mfcc *m, const struct sound *mono);
void mfcc_release(struct mfcc *m);

/* The same backwards: as it would be made of the sound played backwards. */
void mfcc_reverse(const struct mfcc *m, struct mfcc *out);

/* Every n frames averaged to one. */
void mfcc_coarse(const struct mfcc *m, size_t n, struct mfcc *out);

#endif
