/*
 * A small picture with transparency, made ready to be laid over 4:2:0 frames:
 * BT.709, limited range, chroma sited left (as media/yuv.h). Integers only,
 * so that the same bytes come out everywhere.
 */
#ifndef MEDIA_OVERLAY_H
#define MEDIA_OVERLAY_H

#include <stdint.h>

struct overlay;

/* argb: w * h pixels as Cairo has them (32 bit, native order, alpha highest,
 * colours multiplied by it), `row` pixels from row to row; its left upper
 * corner comes to x, y of a frame of frame_w x frame_h (even numbers). What
 * lies outside the frame is left off. */
struct overlay *overlay_new(const uint32_t *argb, int w, int h, int row,
	int x, int y, int frame_w, int frame_h);
void overlay_free(struct overlay *o); /* o may be NULL */

/* Lay over a frame of that size. */
void overlay_blend(const struct overlay *o, uint8_t *const plane[3],
	const int stride[3]);

#endif
