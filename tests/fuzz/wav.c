/* What is mended is sound by itself, and once mended it stays as it is. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "media/wav.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint32_t
get(const struct strbuf *b, size_t at)
{
	const unsigned char *p = (const unsigned char *)b->buf + at;

	return p[0] | p[1] << 8 | p[2] << 16 | (uint32_t)p[3] << 24;
}

/* Walk the chunks: each ends within, data is there and not empty. */
static void
check(const struct strbuf *b)
{
	size_t at = 12, n;
	int data = 0;

	if (b->len % 2 || get(b, 4) != b->len - 8)
		abort();
	while (at < b->len) {
		if (b->len - at < 8)
			abort();
		n = get(b, at + 4);
		if (n > b->len - at - 8)
			abort();
		if (!data && !memcmp(b->buf + at, "data", 4)) {
			data = 1;
			if (!n)
				abort();
		}
		at += 8 + n + n % 2;
	}
	if (!data || at != b->len)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct strbuf b = STRBUF_INIT;
	int k;

	strbuf_add(&b, data, size);
	k = wav_mend(&b);
	if (k <= 0 && (b.len != size || memcmp(b.buf, data, size) != 0))
		abort();
	if (k == 1) {
		if (b.len > size + 1 || wav_mend(&b) != 0)
			abort();
	}
	if (k >= 0 && memcmp(b.buf, "RF64", 4) != 0)
		check(&b);
	strbuf_reset(&b);
	strbuf_add(&b, data, size);
	if (wav_wrap(&b, 24000, 1) == 0 &&
	    (wav_mend(&b) != 0 || b.len != 44 + size - size % 2))
		abort();
	strbuf_release(&b);
	return 0;
}
