/*
 * Two frames put together by weights: one for all, or one a place along an
 * edge that runs across the frame. Whole numbers: the same bytes from the
 * plain code and from SSE4.1, which is chosen at run time.
 */
#ifndef MEDIA_BLEND_H
#define MEDIA_BLEND_H

#include "media/yuv.h"

enum blend_code { BLEND_BEST, BLEND_PLAIN };

/* Out of 32767: it gives the same bytes as 32768 would. */
#define BLEND_ALL 32767

/* The side to which an edge travels. */
enum blend_side { BLEND_LEFT, BLEND_RIGHT, BLEND_UP, BLEND_DOWN };

/* b lies behind the edge, a before it: the edge of BLEND_LEFT has b on its
 * right. */
struct blend_edge {
	enum blend_side side;
	double at;    /* pixels from the left or the top, may be outside */
	double width; /* of the passage from one to the other, centred on at;
			 1 is a sharp edge at a sub-pixel place */
};

/*
 * out = a where b's weight is 0, b where it is BLEND_ALL; all the same size,
 * with room for whole groups of 16 bytes in a row. out may be a or b.
 */
void blend_even(const struct yuv *a, const struct yuv *b, int weight,
	struct yuv *out, enum blend_code code);
void blend_across(const struct yuv *a, const struct yuv *b,
	const struct blend_edge *edge, struct yuv *out, enum blend_code code);

#endif
