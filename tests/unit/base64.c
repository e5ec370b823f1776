#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/mem.h"
#include "../tests/unit/tap.h"

static struct err e;

static void
reads(const char *in, const char *want)
{
	struct strbuf b = STRBUF_INIT;

	strbuf_addstr(&b, "x");
	e.msg[0] = '\0';
	if (!ok(base64_decode(in, strlen(in), &b, &e) == 0, "reads %s", in))
		printf("# %s\n", e.msg);
	is(b.buf + 1, want, "and appends it");
	strbuf_release(&b);
}

static void
refused_bytes(const char *in, size_t n, const char *want)
{
	char *copy = malloc(n ? n : 1); /* a read past its end is seen */
	struct strbuf b = STRBUF_INIT;
	int bad;

	if (n)
		memcpy(copy, in, n);
	strbuf_addstr(&b, "kept");
	memset(&e, 0, sizeof(e));
	bad = base64_decode(copy, n, &b, &e) < 0;
	if (!ok(bad && e.code == EX_DATA && strstr(e.msg, want),
	    "refused: %s", want))
		printf("# %s\n", bad ? e.msg : b.buf);
	is(b.buf, "kept", "nothing is appended");
	strbuf_release(&b);
	free(copy);
}

#define REFUSED(in, want) refused_bytes(in, sizeof(in) - 1, want)

static void
test_refused(void)
{
	/* libcrypto takes "-" for the end and drops the rest */
	REFUSED("QUJD-REVG", "'-' at offset 4 does not belong");
	REFUSED("QUJD_REVG", "'_' at offset 4");
	REFUSED("QUJD\nREVG\n-\n", "'-' at offset 10");
	REFUSED("QU*D", "'*' at offset 2");
	REFUSED("QUJD\0", "'\\x00' at offset 4");
	REFUSED("QU\xc3\xa4JD", "'\xc3\xa4' at offset 2");
	REFUSED("QU\xff", "'\\xFF' at offset 2");
	REFUSED("{\"error\"", "'{' at offset 0");
	/* padding */
	REFUSED("QQ==QUJD", "'Q' at offset 4 follows the padding");
	REFUSED("QQ=Q", "'Q' at offset 3 follows the padding");
	REFUSED("QQ===", "'=' at offset 4 is padding where none");
	REFUSED("QUI==", "'=' at offset 4 is padding where none");
	REFUSED("QUJD=", "'=' at offset 4 is padding where none");
	REFUSED("=", "'=' at offset 0 is padding");
	REFUSED("Q===", "'=' at offset 1 is padding");
	/* broken off */
	REFUSED("Q", "offset 1 is where the data breaks off");
	REFUSED("QUJDR", "offset 5 is where the data breaks off");
	REFUSED("QUJDR \n", "breaks off");
	/* data: addresses */
	REFUSED("data:image/png,abcd", "'d' at offset 0 starts a data:");
	REFUSED("data:image/png;base64", "starts a data:");
	REFUSED("data:", "starts a data:");
	REFUSED("data:,", "starts a data:");
	REFUSED("data:image/png;base64,data:image/png;base64,QQ==",
	    "':' at offset 26");
	/* escapes */
	REFUSED("QUJD\\", "'\\' at offset 4");
	REFUSED("QUJD\\u", "'\\' at offset 4");
	REFUSED("QUJD\\u002", "'\\' at offset 4");
	REFUSED("QUJD\\u00zz", "'\\' at offset 4");
	REFUSED("QUJD\\u 41", "'\\' at offset 4");
	REFUSED("QUJD\\u1041", "'\\' at offset 4");
	REFUSED("QUJD\\u002d", "'\\' at offset 4");
	REFUSED("QUJD\\\"", "'\\' at offset 4");
}

static void
test_read(void)
{
	reads("", "");
	reads(" \r\n", "");
	reads("Zg==", "f"); /* RFC 4648 section 10 */
	reads("Zm8=", "fo");
	reads("Zm9v", "foo");
	reads("Zm9vYg==", "foob");
	reads("Zm9vYmE=", "fooba");
	reads("Zm9vYmFy", "foobar");
	reads("Zg", "f");
	reads("Zg=", "f");
	reads("Zm8", "fo");
	reads("Zm9vYmE", "fooba");
	reads("  Zm\r\n9v\tYm\vFy\f ", "foobar");
	reads("Z\ng\n=\n=\n", "f");
	reads("data:image/png;base64,Zm9v", "foo");
	reads("\n DATA:image\\/png;charset=x;Base64,\nZm9v", "foo");
	reads("data:;base64,", "");
	reads("Pz8\\/Pz8/", "?\?\?\?\?\?");
	reads("Zm9v\\nYmFy\\r\\n\\t", "foobar");
	reads("Zg\\u003d\\u003D", "f");
	reads("Pj4\\u002bPj4\\u002B", ">>>>>>");
	reads("Pz8\\u002FPz8\\u002f", "?\?\?\?\?\?");
}

static uint32_t seed = 1;

static unsigned
next(void)
{
	seed = seed * 1664525 + 1013904223;
	return seed >> 16;
}

/* There and back, around the sizes of blocks, with white space strewn in. */
static void
test_round(void)
{
	static const size_t sizes[] = { 0, 1, 2, 3, 4, 47, 48, 49, 49151, 49152,
		49153, 49154, 98304, 98305, 200000 };
	struct strbuf text = STRBUF_INIT, wide = STRBUF_INIT,
	    back = STRBUF_INIT;
	char *raw = xmalloc(200000);
	size_t i, k, wrong = 0;

	for (k = 0; k < 200000; k++)
		raw[k] = (char)next();
	for (i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		strbuf_reset(&text);
		strbuf_reset(&wide);
		strbuf_reset(&back);
		base64_encode(raw, sizes[i], &text);
		wrong += text.len != (sizes[i] + 2) / 3 * 4;
		for (k = 0; k < text.len; k++) {
			if (next() % 50 == 0)
				strbuf_addstr(&wide, next() % 2 ? "\r\n"
				    : "\\n");
			strbuf_add(&wide, text.buf + k, 1);
		}
		wrong += base64_decode(text.buf, text.len, &back, &e) < 0 ||
		    back.len != sizes[i] || memcmp(back.buf, raw, back.len);
		strbuf_reset(&back);
		wrong += base64_decode(wide.buf, wide.len, &back, &e) < 0 ||
		    back.len != sizes[i] || memcmp(back.buf, raw, back.len);
	}
	ok(wrong == 0, "all sizes come back");
	strbuf_reset(&text);
	base64_encode("fooba", 5, &text);
	base64_encode("", 0, &text);
	is(text.buf, "Zm9vYmE=", "encoded as RFC 4648 has it");
	strbuf_release(&text);
	strbuf_release(&wide);
	strbuf_release(&back);
	free(raw);
}

/* A wrong byte deep inside is found where it is, in any block. */
static void
test_deep(void)
{
	size_t n = 300000, i;
	char *s = xmalloc(n), want[40];

	memset(s, 'A', n);
	for (i = 65530; i < 65542; i++) {
		s[i] = '-';
		snprintf(want, sizeof(want), "offset %zu ", i);
		refused_bytes(s, n, want);
		s[i] = 'A';
	}
	refused_bytes(s, n - 3, "offset 299997 is where");
	free(s);
}

int
main(void)
{
	test_refused();
	test_read();
	test_round();
	test_deep();
	return done_testing();
}
