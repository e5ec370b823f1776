#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "provider/image_file.h"
#include "../tests/unit/tap.h"

static struct err e;

static int
take(const char *p, size_t n, struct image_result *r)
{
	struct strbuf b = STRBUF_INIT;
	int k;

	memset(&e, 0, sizeof(e));
	image_result_init(r);
	strbuf_add(&b, p, n);
	k = image_file_read("openai:m", &b, r, &e);
	ok(b.len == 0 && b.alloc == 0, "the bytes are taken over");
	return k;
}

static void
refused(const char *p, size_t n, const char *want)
{
	struct image_result r;
	int bad = take(p, n, &r) < 0;

	if (!ok(bad && e.code == EX_DATA && strstr(e.msg, want),
	    "refused: %s", want))
		printf("# %s\n", e.msg);
	ok(!r.bytes.len && !r.picture.rgb, "nothing is left in the result");
	image_result_release(&r);
}

#define REFUSED(in, want) refused(in, sizeof(in) - 1, want)

static void
test_refused(void)
{
	char long_text[200];

	REFUSED("", "something else of 0 bytes");
	REFUSED("Error: no \"GPU\"\n\033[31mred", "but text: \"Error: no "
	    "\"GPU\" \\x1B[31mred\"; correct");
	REFUSED("<html>\xc3\xa9</html> \n", "\"<html>\xc3\xa9</html>\";");
	REFUSED(" \n", "something else of 2 bytes");
	REFUSED("a\0b", "something else of 3 bytes");
	REFUSED("a\xff", "something else of 2 bytes");
	REFUSED("RIFF\1\0\0\0WAVEfmt ", "wav sound of 16 bytes");
	REFUSED("GIF89a\1\0\1\0\0\0\0", "something else");
	REFUSED("\x89PNG\r\n\x1a\n", "openai:m: ");
	REFUSED("\xff\xd8\xff\xe0", "openai:m: ");
	REFUSED("RIFF\4\0\0\0WEBP", "openai:m: ");
	memset(long_text, 'x', sizeof(long_text));
	memcpy(long_text + 79, "\xc3\xa9", 2);
	refused(long_text, sizeof(long_text), "xxx\"; correct");
	ok(strlen(e.msg) < 250, "long text is cut");
	memcpy(long_text + 70, "\xff", 1);
	refused(long_text, sizeof(long_text), "something else of 200 bytes");
}

static void
test_read(void)
{
	struct picture p;
	struct strbuf png = STRBUF_INIT;
	struct image_result r;
	char *copy;

	picture_init(&p, 24, 16);
	ok(picture_png(&p, NULL, &png, &e) == 0, "a picture");
	if (!ok(take(png.buf, png.len, &r) == 0, "is read"))
		printf("# %s\n", e.msg);
	ok(r.picture.w == 24 && r.picture.h == 16 &&
	    r.bytes.len == png.len &&
	    !memcmp(r.bytes.buf, png.buf, png.len), "bytes are kept as came");
	is(r.extension, "png", "its kind");
	is(r.source_type, "trainedAlgorithmicMedia", "how it was made");
	image_result_release(&r);
	copy = xmemdup(png.buf, png.len);
	refused(copy, png.len / 2, "openai:m: ");
	free(copy);
	strbuf_reset(&png);
	ok(picture_jpeg(&p, 80, NULL, &png, &e) == 0 &&
	    take(png.buf, png.len, &r) == 0, "a JPEG too");
	is(r.extension, "jpg", "its kind");
	image_result_release(&r);
	picture_release(&p);
	strbuf_release(&png);
}

int
main(void)
{
	test_refused();
	test_read();
	return done_testing();
}
