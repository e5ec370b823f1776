/* What is read is written, read again, and the same; nothing is left behind
 * where it is refused. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct strbuf raw = STRBUF_INIT, text = STRBUF_INIT,
	    back = STRBUF_INIT;
	struct err e = ERR_INIT;

	if (base64_decode((const char *)data, size, &raw, &e) < 0) {
		if (raw.len || e.code != EX_DATA)
			abort();
	} else {
		if (raw.len > size / 4 * 3 + 2)
			abort();
		base64_encode(raw.buf, raw.len, &text);
		if (base64_decode(text.buf, text.len, &back, &e) < 0 ||
		    back.len != raw.len ||
		    memcmp(back.buf, raw.buf, raw.len) != 0)
			abort();
	}
	strbuf_release(&raw);
	strbuf_release(&text);
	strbuf_release(&back);
	return 0;
}
