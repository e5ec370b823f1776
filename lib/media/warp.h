/*
 * Two sounds of the same text, laid side by side: dynamic time warping (Sakoe
 * and Chiba, Dynamic Programming Algorithm Optimization for Spoken Word
 * Recognition, IEEE Trans. ASSP 26(1), 1978), first coarsely within a wide
 * band, then finely along what that found (Salvador and Chan, FastDTW, 2007).
 */
#ifndef MEDIA_WARP_H
#define MEDIA_WARP_H

#include <stddef.h>

#include "base/error.h"
#include "media/mfcc.h"

#define WARP_SECONDS_MAX 5400.0 /* of either sound: about 160 MB of work */

/*
 * For each frame j of `from` the first frame of `to` that goes with it:
 * at[j], rising; at has from->frames entries. *cost is the mean distance along
 * the path, about 1 for the same text and more for others. EX_DATA where one
 * is empty, too long, or more than WARP_RATIO as long as the other.
 */
#define WARP_RATIO 3.0
int warp_make(const struct mfcc *from, const struct mfcc *to, size_t *at,
	double *cost, struct err *e);

#endif
