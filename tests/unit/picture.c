#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/rng.h"
#include "base/spawn.h"
#include "media/movie.h"
#include "media/picture.h"
#include "../tests/unit/tap.h"

static void
be32(struct strbuf *b, uint32_t n)
{
	int s;

	for (s = 24; s >= 0; s -= 8)
		strbuf_addch(b, (int)(n >> s & 255));
}

static void
le16(struct strbuf *b, unsigned n)
{
	strbuf_addch(b, (int)(n & 255));
	strbuf_addch(b, (int)(n >> 8 & 255));
}

static uint32_t
crc32_of(const char *p, size_t n)
{
	uint32_t c = ~0u;
	size_t i;
	int k;

	for (i = 0; i < n; i++) {
		c ^= (uint8_t)p[i];
		for (k = 0; k < 8; k++)
			c = c >> 1 ^ (c & 1 ? 0xEDB88320u : 0);
	}
	return ~c;
}

static void
chunk(struct strbuf *b, const char *type, const struct strbuf *data)
{
	size_t at = b->len + 4;

	be32(b, (uint32_t)data->len);
	strbuf_add(b, type, 4);
	strbuf_add(b, data->buf, data->len);
	be32(b, crc32_of(b->buf + at, b->len - at));
}

/* data in a zlib stream without compression */
static void
stored(struct strbuf *b, const struct strbuf *data)
{
	uint32_t a = 1, s = 0;
	size_t i;

	strbuf_addstr(b, "\x78\x01\x01");
	le16(b, (unsigned)data->len);
	le16(b, ~(unsigned)data->len);
	strbuf_add(b, data->buf, data->len);
	for (i = 0; i < data->len; i++) {
		a = (a + (uint8_t)data->buf[i]) % 65521;
		s = (s + a) % 65521;
	}
	be32(b, s << 16 | a);
}

/* Put a chunk into a PNG after IHDR. */
static void
insert(struct strbuf *png, const char *type, const struct strbuf *data)
{
	struct strbuf n = STRBUF_INIT;

	strbuf_add(&n, png->buf, 33);
	chunk(&n, type, data);
	strbuf_add(&n, png->buf + 33, png->len - 33);
	strbuf_release(png);
	*png = n;
}

static void
exif(struct strbuf *b, unsigned turn)
{
	static const char head[] = "MM\0*\0\0\0\x8\0\x1\x1\x12\0\x3\0\0\0\x1\0";

	strbuf_add(b, head, sizeof(head) - 1);
	strbuf_addch(b, (int)turn);
	strbuf_add(b, "\0\0\0\0\0\0", 6);
}

static void
paint(struct picture *p, int w, int h)
{
	struct rng r;
	size_t i;

	picture_init(p, w, h);
	rng_seed(&r, 1, 2);
	for (i = 0; i < (size_t)w * (size_t)h * 3; i++)
		p->rgb[i] = (uint8_t)rng_below(&r, 256);
}

static void
flat(struct picture *p, int w, int h, const uint8_t c[3])
{
	size_t i;

	picture_init(p, w, h);
	for (i = 0; i < (size_t)w * (size_t)h; i++)
		memcpy(p->rgb + 3 * i, c, 3);
}

static int
near_colour(const uint8_t *p, int r, int g, int b, int within)
{
	return abs(p[0] - r) <= within && abs(p[1] - g) <= within &&
	    abs(p[2] - b) <= within;
}

static void
test_round_trip(void)
{
	static const int sizes[][2] = { {1, 1}, {3, 2}, {1, 700}, {641, 3} };
	struct picture_meta m = { "algorithmicMedia", "A <b> & \"c\"",
		"\x01" "bad \xff text", "test" };
	struct picture a, b;
	struct strbuf one = STRBUF_INIT, two = STRBUF_INIT;
	struct err e = ERR_INIT;
	size_t i;
	int w, h;

	for (i = 0; i < 4; i++) {
		paint(&a, sizes[i][0], sizes[i][1]);
		strbuf_reset(&one);
		strbuf_reset(&two);
		picture_png(&a, &m, &one, &e);
		picture_png(&a, &m, &two, &e);
		ok(one.len == two.len && !memcmp(one.buf, two.buf, one.len),
		    "PNG %dx%d: the same bytes twice", a.w, a.h);
		ok(picture_size("x", one.buf, one.len, &w, &h, &e) == 0 &&
		    w == a.w && h == a.h, "its size is read");
		ok(picture_decode(&b, "x", one.buf, one.len, &e) == 0 &&
		    b.w == a.w && b.h == a.h && !memcmp(a.rgb, b.rgb,
		    (size_t)a.w * (size_t)a.h * 3), "the same pixels: %s",
		    e.msg);
		picture_release(&a);
		picture_release(&b);
	}
	strbuf_release(&one);
	strbuf_release(&two);
}

static void
test_colour(void)
{
	static const uint8_t red[] = { 255, 0, 0 }, blue[] = { 20, 40, 200 };
	struct picture_meta m = { "algorithmicMedia", NULL, NULL, NULL };
	static const int q[] = { 95, 75 };
	struct picture a, b;
	struct strbuf f = STRBUF_INIT;
	struct err e = ERR_INIT;
	int i;

	for (i = 0; i < 2; i++) {
		flat(&a, 33, 17, red);
		strbuf_reset(&f);
		picture_jpeg(&a, q[i], &m, &f, &e);
		ok(picture_decode(&b, "red.jpg", f.buf, f.len, &e) == 0 &&
		    near_colour(b.rgb + 3 * 100, 255, 0, 0, 3),
		    "red stays red in a JPEG of quality %d (%s)", q[i], e.msg);
		picture_release(&a);
		picture_release(&b);
	}
	flat(&a, 40, 40, blue);
	strbuf_reset(&f);
	picture_jpeg(&a, 90, NULL, &f, &e);
	picture_decode(&b, "blue.jpg", f.buf, f.len, &e);
	ok(near_colour(b.rgb + 900, 20, 40, 200, 4), "blue: %d %d %d",
	    b.rgb[900], b.rgb[901], b.rgb[902]);
	picture_release(&a);
	picture_release(&b);
	strbuf_release(&f);
}

/* Where each of the 3x2 pixels stands for EXIF's eight values. */
static void
test_turns(void)
{
	static const char *const want[] = { "abcdef", "cbafed", "fedcba",
		"defabc", "adbecf", "daebfc", "fcebda", "cfbead" };
	struct picture a, b;
	struct strbuf f = STRBUF_INIT, x = STRBUF_INIT;
	struct err e = ERR_INIT;
	char got[7] = "";
	unsigned t;
	int i, w, h;

	for (t = 1; t <= 8; t++) {
		picture_init(&a, 3, 2);
		for (i = 0; i < 6; i++)
			a.rgb[3 * i] = (uint8_t)('a' + i);
		strbuf_reset(&f);
		strbuf_reset(&x);
		picture_png(&a, NULL, &f, &e);
		exif(&x, t);
		insert(&f, "eXIf", &x);
		picture_size("x", f.buf, f.len, &w, &h, &e);
		ok(picture_decode(&b, "x", f.buf, f.len, &e) == 0 &&
		    b.w == (t < 5 ? 3 : 2) && w == b.w && h == b.h,
		    "orientation %u: size %s", t, e.msg);
		for (i = 0; i < 6; i++)
			got[i] = (char)b.rgb[3 * i];
		is(got, want[t - 1], "and its pixels");
		picture_release(&a);
		picture_release(&b);
	}
	strbuf_release(&f);
	strbuf_release(&x);
}

static void
test_turned_jpeg(void)
{
	struct picture a, b;
	struct strbuf f = STRBUF_INIT, x = STRBUF_INIT, g = STRBUF_INIT;
	struct err e = ERR_INIT;
	size_t i;

	picture_init(&a, 32, 16);
	for (i = 0; i < 32 * 8 * 3; i++)
		a.rgb[i] = 255; /* white above black */
	picture_jpeg(&a, 95, NULL, &f, &e);
	exif(&x, 6);
	strbuf_add(&g, f.buf, 2);
	strbuf_addstr(&g, "\xff\xe1");
	strbuf_addch(&g, (int)((x.len + 8) >> 8));
	strbuf_addch(&g, (int)(x.len + 8));
	strbuf_add(&g, "Exif\0", 6);
	strbuf_add(&g, x.buf, x.len);
	strbuf_add(&g, f.buf + 2, f.len - 2);
	ok(picture_decode(&b, "x", g.buf, g.len, &e) == 0 && b.w == 16 &&
	    b.h == 32, "a JPEG on its side is turned: %s", e.msg);
	ok(b.rgb[0] < 9 && b.rgb[15 * 3] > 246, "clockwise");
	/* every cut of it is refused and none harms */
	for (i = 0; i < g.len; i += 7)
		if (!picture_decode(&b, "cut", g.buf, i, &e))
			break;
	ok(i >= g.len, "cut short at any byte it is refused: %s", e.msg);
	picture_release(&a);
	picture_release(&b);
	strbuf_release(&f);
	strbuf_release(&x);
	strbuf_release(&g);
}

static void
tag(struct strbuf *head, struct strbuf *body, const char *name,
	const char *type, const int32_t *v, int n)
{
	int i;

	strbuf_add(head, name, 4);
	be32(head, (uint32_t)(128 + 4 + 9 * 12 + body->len));
	be32(head, 8 + 4 * (uint32_t)n);
	strbuf_add(body, type, 4);
	be32(body, 0);
	for (i = 0; i < n; i++)
		be32(body, (uint32_t)v[i]);
}

/* A matrix profile with Display P3's primaries (adapted to D50) and sRGB's
 * curve as parameters, ICC.1:2010. */
static void
p3_profile(struct strbuf *out)
{
	static const int32_t wtpt[] = { 0xf6d6, 0x10000, 0xd32d };
	static const int32_t r[] = { 0x83df, 0x3dbf, -0x45 };
	static const int32_t g[] = { 0x4abf, 0xb137, 0xab9 };
	static const int32_t b[] = { 0x2838, 0x110b, 0xc8b9 };
	/* 'para' type 3: g a b c d */
	static const int32_t curve[] = { 3 << 16, 0x26666, 0xf2a7, 0xd59,
		0x13d0, 0xa5b };
	struct strbuf head = STRBUF_INIT, body = STRBUF_INIT;
	int i;

	tag(&head, &body, "wtpt", "XYZ ", wtpt, 3);
	tag(&head, &body, "rXYZ", "XYZ ", r, 3);
	tag(&head, &body, "gXYZ", "XYZ ", g, 3);
	tag(&head, &body, "bXYZ", "XYZ ", b, 3);
	tag(&head, &body, "rTRC", "para", curve, 6);
	tag(&head, &body, "gTRC", "para", curve, 6);
	tag(&head, &body, "bTRC", "para", curve, 6);
	tag(&head, &body, "desc", "mluc", wtpt, 0);
	tag(&head, &body, "cprt", "mluc", wtpt, 0);
	be32(out, (uint32_t)(128 + 4 + head.len + body.len));
	be32(out, 0);
	be32(out, 0x04000000);
	strbuf_addstr(out, "mntrRGB XYZ ");
	for (i = 0; i < 3; i++)
		be32(out, 0);
	strbuf_addstr(out, "acsp");
	for (i = 0; i < 7; i++)
		be32(out, 0);
	for (i = 0; i < 3; i++)
		be32(out, (uint32_t)wtpt[i]);
	while (out->len < 128)
		strbuf_addch(out, 0);
	be32(out, 9);
	strbuf_add(out, head.buf, head.len);
	strbuf_add(out, body.buf, body.len);
	strbuf_release(&head);
	strbuf_release(&body);
}

static void
test_profile(void)
{
	static const uint8_t c[] = { 200, 100, 50 };
	struct picture a, b;
	struct strbuf f = STRBUF_INIT, x = STRBUF_INIT, icc = STRBUF_INIT;
	struct err e = ERR_INIT;

	flat(&a, 8, 8, c);
	picture_png(&a, NULL, &f, &e);
	p3_profile(&icc);
	strbuf_add(&x, "P3\0", 4); /* name, NUL, method 0 */
	stored(&x, &icc);
	insert(&f, "iCCP", &x);
	ok(picture_decode(&b, "p3.png", f.buf, f.len, &e) == 0,
	    "Display P3: %s", e.msg);
	/* 200 100 50 of P3 in sRGB, by the matrices of both: 215 93 31 */
	ok(near_colour(b.rgb, 215, 93, 31, 2), "is converted: %d %d %d",
	    b.rgb[0], b.rgb[1], b.rgb[2]);
	picture_release(&a);
	picture_release(&b);
	strbuf_release(&f);
	strbuf_release(&x);
	strbuf_release(&icc);
}

static void
png_head(struct strbuf *b, uint32_t w, uint32_t h, int kind)
{
	struct strbuf d = STRBUF_INIT;

	strbuf_add(b, "\x89PNG\r\n\x1a\n", 8);
	be32(&d, w);
	be32(&d, h);
	strbuf_addch(&d, 8);
	strbuf_addch(&d, kind);
	strbuf_add(&d, "\0\0\0", 3);
	chunk(b, "IHDR", &d);
	strbuf_release(&d);
}

static void
test_palette(void)
{
	struct strbuf f = STRBUF_INIT, x = STRBUF_INIT, d = STRBUF_INIT;
	struct picture p = PICTURE_INIT;
	struct err e = ERR_INIT;

	png_head(&f, 2, 1, 3);
	strbuf_add(&x, "\1\2\3\4\5\6", 6);
	chunk(&f, "PLTE", &x);
	strbuf_reset(&x);
	strbuf_add(&x, "\0\1\0", 3);
	stored(&d, &x);
	chunk(&f, "IDAT", &d);
	strbuf_reset(&x);
	chunk(&f, "IEND", &x);
	ok(picture_decode(&p, "palette.png", f.buf, f.len, &e) == 0 &&
	    near_colour(p.rgb, 4, 5, 6, 0) &&
	    near_colour(p.rgb + 3, 1, 2, 3, 0), "a palette: %s", e.msg);
	picture_release(&p);
	strbuf_release(&f);
	strbuf_release(&x);
	strbuf_release(&d);
}

static void
test_alpha(void)
{
	struct strbuf f = STRBUF_INIT, x = STRBUF_INIT, d = STRBUF_INIT;
	struct picture p = PICTURE_INIT;
	struct err e = ERR_INIT;

	png_head(&f, 2, 1, 6);
	strbuf_add(&x, "\0\xff\0\0\x80\0\0\0\0", 9);
	stored(&d, &x);
	chunk(&f, "IDAT", &d);
	strbuf_reset(&x);
	chunk(&f, "IEND", &x);
	ok(picture_decode(&p, "alpha.png", f.buf, f.len, &e) == 0 &&
	    near_colour(p.rgb, 255, 127, 127, 0) &&
	    near_colour(p.rgb + 3, 255, 255, 255, 0),
	    "transparency lies over white: %s", e.msg);
	picture_release(&p);
	strbuf_reset(&f);
	png_head(&f, 2, 4, 6); /* four rows promised, one there */
	chunk(&f, "IDAT", &d);
	chunk(&f, "IEND", &x);
	ok(picture_decode(&p, "rows.png", f.buf, f.len, &e) < 0 ||
	    near_colour(p.rgb + 3 * 7, 255, 255, 255, 0),
	    "rows that are not there show nothing: %s", e.msg);
	picture_release(&p);
	strbuf_release(&f);
	strbuf_release(&x);
	strbuf_release(&d);
}

/* A deflate stream of zeros, 258 to each 13 bits. */
static void
bomb(struct strbuf *b, size_t codes)
{
	uint32_t acc = 3, bits = 3; /* last block, fixed codes */
	size_t i;

	strbuf_addstr(b, "\x78\x01");
	acc |= 0x0cu << bits; /* literal 0 is 00110000, from its first bit */
	bits += 8;
	for (i = 0; i < codes; i++) {
		acc |= 0xa3u << bits; /* 285 is 11000101; distance 1 is 00000 */
		bits += 13;
		for (; bits >= 8; bits -= 8, acc >>= 8)
			strbuf_addch(b, (int)(acc & 255));
	}
	strbuf_add(b, "\0\0\0\0\0\0\0", 7);
}

static void
refused(const struct strbuf *f, const char *what)
{
	struct picture p = PICTURE_INIT;
	struct err e = ERR_INIT;

	ok(picture_decode(&p, "hostile", f->buf, f->len, &e) < 0 &&
	    e.code == EX_DATA && strstr(e.msg, "hostile: ") && !p.rgb,
	    "%s: %s", what, e.msg);
	picture_release(&p);
}

static void
test_hostile(void)
{
	struct strbuf f = STRBUF_INIT, x = STRBUF_INIT, none = STRBUF_INIT;
	struct rng r;
	int i;

	refused(&none, "empty");
	png_head(&f, 65535, 65535, 2);
	refused(&f, "65,535 pixels a side");
	strbuf_reset(&f);
	png_head(&f, 1, 1, 2);
	strbuf_add(&x, "bomb\0", 6);
	bomb(&x, 3000000);
	chunk(&f, "iCCP", &x);
	chunk(&f, "IEND", &none);
	refused(&f, "a profile that unpacks to 774 MB");
	strbuf_reset(&f);
	strbuf_reset(&x);
	strbuf_addstr(&f, "RIFF");
	rng_seed(&r, 7, 7);
	for (i = 0; i < 3000; i++)
		strbuf_addch(&f, (int)rng_below(&r, 256));
	refused(&f, "junk");
	memcpy(f.buf, "GIF89a", 6);
	refused(&f, "junk that says GIF");
	memcpy(f.buf, "II*\0\x8\0\0", 8);
	refused(&f, "junk that says TIFF");
	memcpy(f.buf, "\xff\xd8\xff\xe1\xff\xff" "Exif\0", 12);
	refused(&f, "junk that says JPEG");
	memcpy(f.buf, "\0\0\0\x1c" "ftypavif", 12);
	refused(&f, "AVIF by its name");
	strbuf_release(&f);
	strbuf_release(&x);
}

/* Every one of many broken JPEGs is decoded or refused; none ends us. */
static void
test_flips(void)
{
	struct picture a, b;
	struct strbuf f = STRBUF_INIT, g = STRBUF_INIT;
	struct err e = ERR_INIT;
	struct rng r;
	int i, bad = 0;

	paint(&a, 40, 30);
	picture_jpeg(&a, 80, NULL, &f, &e);
	rng_seed(&r, 3, 4);
	for (i = 0; i < 60; i++) {
		strbuf_reset(&g);
		strbuf_add(&g, f.buf, f.len);
		g.buf[rng_below(&r, (unsigned)g.len)] ^=
		    (char)(1 + rng_below(&r, 255));
		if (picture_decode(&b, "flip", g.buf, g.len, &e) < 0)
			bad += e.code == EX_DATA;
		else
			picture_release(&b);
	}
	ok(bad > 0, "60 flipped bytes: %d refused", bad);
	strbuf_add(&f, "PK\3\4 and <script>", 17);
	ok(picture_decode(&b, "tail", f.buf, f.len, &e) == 0,
	    "what follows the picture is not looked at");
	picture_release(&a);
	picture_release(&b);
	strbuf_release(&f);
	strbuf_release(&g);
}

static void
test_scale(void)
{
	static const uint8_t c[] = { 7, 130, 251 };
	struct picture a, b;
	struct err e = ERR_INIT;
	size_t i;
	int x, off = 0, rises = 1;

	flat(&a, 31, 17, c);
	picture_scale(&a, &b, 100, 5, &e);
	for (i = 0; i < 500; i++)
		off += memcmp(b.rgb + 3 * i, c, 3) != 0;
	ok(b.w == 100 && b.h == 5 && !off, "flat stays flat");
	picture_release(&a);
	picture_release(&b);
	paint(&a, 90, 70);
	picture_scale(&a, &b, 90, 70, &e);
	ok(!memcmp(a.rgb, b.rgb, 90 * 70 * 3), "the same size: the same");
	picture_release(&a);
	picture_release(&b);
	picture_init(&a, 256, 4);
	for (i = 0; i < 1024; i++)
		a.rgb[3 * i] = (uint8_t)(i & 1 ? 255 : 0);
	picture_scale(&a, &b, 64, 2, &e);
	for (x = 4; x < 60; x++)
		off += abs(b.rgb[3 * x] - 127) > 8;
	ok(!off, "a pattern too fine to show becomes grey");
	picture_release(&a);
	picture_release(&b);
	picture_init(&a, 4, 1);
	for (i = 0; i < 4; i++)
		a.rgb[3 * i] = (uint8_t)(60 + 40 * i);
	picture_scale(&a, &b, 64, 3, &e);
	for (x = 9; x < 55; x++)
		rises &= b.rgb[3 * x] >= b.rgb[3 * x - 3];
	ok(rises, "a ramp stays a ramp when it grows");
	ok(picture_scale(&a, &b, 0, 5, &e) < 0, "%s", e.msg);
	picture_release(&a);
	picture_release(&b);
}

static void
test_source_type(void)
{
	const char *argv[] = { "exiftool", "-n", "-s3",
		"-XMP-iptcExt:DigitalSourceType", "-XMP-dc:Title", "a.png",
		NULL };
	struct picture_meta m = { "algorithmicMedia", "Tides & \"moons\"",
		"x", "AI Studio" };
	struct strbuf f = STRBUF_INIT, out = STRBUF_INIT;
	struct spawn s = SPAWN_INIT;
	struct picture a;
	struct err e = ERR_INIT;
	int i;

	paint(&a, 20, 20);
	picture_png(&a, &m, &f, &e);
	file_write("a.png", f.buf, f.len, &e);
	strbuf_reset(&f);
	picture_jpeg(&a, 80, &m, &f, &e);
	file_write("a.jpg", f.buf, f.len, &e);
	s.argv = argv;
	s.out = &out;
	s.out_limit = 4096;
	for (i = 0; i < 2; i++) {
		argv[5] = i ? "a.jpg" : "a.png";
		strbuf_reset(&out);
		if (spawn_run(&s, &e) == 127)
			ok(1, "exiftool reads %s # SKIP no exiftool", argv[5]);
		else
			is(out.buf, "http://cv.iptc.org/newscodes/"
			    "digitalsourcetype/algorithmicMedia\n"
			    "Tides & \"moons\"\n", argv[5]);
	}
	picture_release(&a);
	strbuf_release(&f);
	strbuf_release(&out);
}

int
main(void)
{
	char dir[] = "/tmp/studio-picture-XXXXXX";
	struct err e = ERR_INIT;

	if (!mkdtemp(dir) || chdir(dir) < 0)
		return 1;
	test_round_trip();
	test_colour();
	test_turns();
	test_turned_jpeg();
	test_profile();
	test_palette();
	test_alpha();
	test_hostile();
	/* once more in children of a process of one thread */
	movie_broker_open();
	test_palette();
	test_alpha();
	test_hostile();
	movie_broker_close();
	test_flips();
	test_scale();
	test_source_type();
	ok(chdir("/") == 0 && file_remove_tree(dir, &e) == 0, "cleans up");
	return done_testing();
}
