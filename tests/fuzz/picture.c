/* A picture's size is found or refused; what is found is within the limits. */
#include <stdint.h>
#include <stdlib.h>

#include "media/picture.h"
#include "media/picture_probe.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct picture_probe p;
	struct err e;
	int w, h;

	if (picture_size("fuzz", data, size, &w, &h, &e) < 0)
		return 0;
	if (w < 1 || h < 1 || w > PICTURE_SIDE_MAX || h > PICTURE_SIDE_MAX)
		abort();
	if (picture_probe(&p, "fuzz", data, size, &e) < 0 || p.len > size ||
	    p.turn < 1 || p.turn > 8)
		abort();
	return 0;
}
