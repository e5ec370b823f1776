/*
 * The inner loop of laying an overlay over a frame, by what the processor can
 * do. All give the same bytes.
 */
#ifndef MEDIA_OVERLAY_ROWS_H
#define MEDIA_OVERLAY_ROWS_H

#include <stdint.h>

enum overlay_code { OVERLAY_BEST, OVERLAY_PLAIN, OVERLAY_SSE2, OVERLAY_AVX2 };

struct overlay_rows {
	const char *name;
	/* dst[i] = (value[i] + dst[i] * rest[i]) / 255, rounded, for i < n;
	 * value[i] + 255 * rest[i] is at most 65280, so that 16 bits do. */
	void (*blend)(uint8_t *dst, const uint16_t *value,
		const uint8_t *rest, int n);
};

/* That code, or the best of those below it that the processor has. */
const struct overlay_rows *overlay_rows_choose(enum overlay_code code);

#endif
