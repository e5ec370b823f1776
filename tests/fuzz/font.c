/* Any bytes are a font or none. */
#include <stdint.h>
#include <stddef.h>

#include "base/strbuf.h"
#include "media/font_trial.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct strbuf b = STRBUF_INIT;

	strbuf_add(&b, data, size);
	font_trial_here(&b);
	strbuf_release(&b);
	return 0;
}
