/* What the child does with a picture, without the child, where it is small. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "media/picture_decode.h"
#include "media/picture_probe.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define SIDE 256

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct picture_shared *s;
	struct picture_probe p;
	struct err e = ERR_INIT;
	size_t alpha = size & 1; /* as good as chance */

	if (picture_probe(&p, "fuzz", data, size, &e) < 0 || !p.complete ||
	    p.w > SIDE || p.h > SIDE)
		return 0;
	s = xcalloc(1, sizeof(*s) + (size_t)p.w * (size_t)p.h * (3 + alpha));
	s->alpha = (int)alpha;
	if (picture_decode_here(&p, data, s) < 0 && !s->why[0])
		abort();
	free(s);
	return 0;
}
