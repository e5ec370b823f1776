/*
 * Planar Y'CbCr 4:2:0, 8 bit: BT.709 matrix, limited range, chroma sited left
 * (on the left luma column, between two rows), as ITU-R BT.709 and H.264
 * Annex E have it. sRGB values are taken as BT.709 display values: only the
 * matrix is applied.
 */
#ifndef MEDIA_YUV_H
#define MEDIA_YUV_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "media/picture.h"

/* Readable bytes left and right of every row of an image made by yuv_new. */
#define YUV_PAD 32

struct yuv {
	int w, h;           /* of the luma plane; chroma is half, rounded up */
	uint8_t *plane[3];  /* Y, Cb, Cr */
	int stride[3];      /* bytes; at least the width rounded up to 16 */
	void *memory;       /* what yuv_free frees; NULL: not ours */
};

struct yuv *yuv_new(int w, int h);
/* The same in memory of the caller's, of yuv_bytes. */
size_t yuv_bytes(int w, int h);
void yuv_set(struct yuv *v, int w, int h, void *memory);
/* Fill the pad with the edge, for the sampler. */
void yuv_pad(struct yuv *v);
void yuv_free(struct yuv *v); /* v may be NULL */

/* Convert, with rectangular dither of one step, the same for the same pixels;
 * the pad is filled with the edge. */
struct yuv *yuv_from_picture(const struct picture *p);

/* out = a with weight 32768 - weight, b with weight; all the same size. out
 * may be a or b. */
void yuv_blend(const struct yuv *a, const struct yuv *b, int weight,
	struct yuv *out);

#endif
