#include "media/picture_probe.h"

#include <limits.h>
#include <stdint.h>
#include <string.h>

#include "media/picture.h"
#include "media/tiff_tag.h"

/* Too big a number becomes one that the limits refuse. */
static int
clip(uint32_t n)
{
	return n > INT_MAX ? INT_MAX : (int)n;
}

static void
read_turn(struct picture_probe *p, const uint8_t *at, size_t len)
{
	struct bytes b = { at, len };
	uint32_t t = tiff_tag(b, TAG_ORIENTATION);

	if (t >= 1 && t <= 8)
		p->turn = (int)t;
}

static void
probe_png(struct picture_probe *p, struct bytes b)
{
	size_t at = 8, n;

	while (b.len - at >= 12) {
		n = be32(b.p + at);
		if (n > b.len - at - 12)
			return;
		if (at == 8 && (n != 13 || memcmp(b.p + 12, "IHDR", 4)))
			return;
		if (at == 8) {
			p->w = clip(be32(b.p + 16));
			p->h = clip(be32(b.p + 20));
		} else if (!memcmp(b.p + at + 4, "eXIf", 4)) {
			read_turn(p, b.p + at + 8, n);
		}
		p->complete = !memcmp(b.p + at + 4, "IEND", 4);
		at += n + 12;
		p->len = at;
		if (p->complete)
			return;
	}
}

/* From within entropy-coded data to the next marker that ends it. */
static size_t
skip_scan(struct bytes b, size_t at)
{
	const uint8_t *q;

	for (;;) {
		q = at < b.len ? memchr(b.p + at, 0xff, b.len - at) : NULL;
		if (!q)
			return b.len;
		at = (size_t)(q - b.p);
		if (at + 1 >= b.len)
			return b.len;
		if (q[1] == 0xff)
			at++;
		else if (q[1] == 0 || (q[1] >= 0xd0 && q[1] <= 0xd7))
			at += 2;
		else
			return at;
	}
}

static int
is_frame(unsigned marker)
{
	return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 &&
	    marker != 0xc8 && marker != 0xcc;
}

static void
probe_jpeg(struct picture_probe *p, struct bytes b)
{
	static const char exif[] = "Exif\0"; /* and the NUL of the string */
	size_t at = 2, n;
	unsigned marker;

	while (b.len - at >= 2 && b.p[at] == 0xff) {
		marker = b.p[at + 1];
		p->len = at + 2;
		if (marker == 0xff) {
			at++;
			continue;
		}
		p->complete = marker == 0xd9;
		if (p->complete || b.len - at < 4)
			return;
		n = be16(b.p + at + 2);
		if (n < 2 || n > b.len - at - 2)
			return;
		if (is_frame(marker) && n >= 8 && !p->w) {
			p->h = (int)be16(b.p + at + 5);
			p->w = (int)be16(b.p + at + 7);
		} else if (marker == 0xe1 && n > 8 &&
		    !memcmp(b.p + at + 4, exif, 6)) {
			read_turn(p, b.p + at + 10, n - 8);
		}
		at += n + 2;
		if (marker == 0xda)
			at = skip_scan(b, at);
	}
}

static void
webp_chunk(struct picture_probe *p, const uint8_t *c, size_t n)
{
	const uint8_t *d = c + 8;
	uint32_t v;

	if (!memcmp(c, "VP8X", 4) && n >= 10) {
		p->w = (int)le24(d + 4) + 1;
		p->h = (int)le24(d + 7) + 1;
	} else if (!memcmp(c, "VP8L", 4) && n >= 5 && !p->w) {
		v = le32(d + 1);
		p->w = (int)(v & 0x3fff) + 1;
		p->h = (int)(v >> 14 & 0x3fff) + 1;
	} else if (!memcmp(c, "VP8 ", 4) && n >= 10 && !p->w) {
		p->w = (int)(le16(d + 6) & 0x3fff);
		p->h = (int)(le16(d + 8) & 0x3fff);
	} else if (!memcmp(c, "EXIF", 4)) {
		/* some writers keep JPEG's prefix */
		if (n > 6 && !memcmp(d, "Exif\0", 6))
			read_turn(p, d + 6, n - 6);
		else
			read_turn(p, d, n);
	}
}

/* -1: an animation, which the decoder does not read. */
static int
probe_webp(struct picture_probe *p, struct bytes b)
{
	size_t at = 12, n, end = le32(b.p + 4);

	end = end > SIZE_MAX - 8 ? SIZE_MAX : end + 8;
	p->complete = end <= b.len;
	p->len = end < b.len ? end : b.len;
	while (at < p->len && p->len - at >= 8) {
		n = le32(b.p + at + 4);
		if (n > p->len - at - 8) {
			p->complete = 0;
			return 0;
		}
		if (!memcmp(b.p + at, "ANMF", 4))
			return -1;
		webp_chunk(p, b.p + at, n);
		at += 8 + n;
		at += n & 1;
	}
	return 0;
}

static void
probe_bmp(struct picture_probe *p, struct bytes b)
{
	uint32_t head = b.len >= 26 ? le32(b.p + 14) : 0, h;

	p->complete = 1;
	if (head == 12) {
		p->w = (int)le16(b.p + 18);
		p->h = (int)le16(b.p + 20);
	} else if (head >= 40) {
		h = le32(b.p + 22);
		p->w = clip(le32(b.p + 18));
		p->h = clip(h > 0x80000000u ? 0u - h : h); /* top down */
	}
}

static void
probe_tiff(struct picture_probe *p, struct bytes b)
{
	p->w = clip(tiff_tag(b, TAG_WIDTH));
	p->h = clip(tiff_tag(b, TAG_HEIGHT));
	p->complete = 1;
	read_turn(p, b.p, b.len);
}

static void
probe_gif(struct picture_probe *p, struct bytes b)
{
	p->w = (int)le16(b.p + 6);
	p->h = (int)le16(b.p + 8);
	p->complete = 1;
}

/* Kinds that people give and that we do not read, by their first bytes. */
static const char *
foreign(struct bytes b)
{
	if (b.len >= 12 && !memcmp(b.p + 4, "ftyp", 4))
		return !memcmp(b.p + 8, "avif", 4) ? "an AVIF picture"
		    : !memcmp(b.p + 8, "hei", 3) || !memcmp(b.p + 8, "mif", 3)
		    ? "a HEIF picture" : "a video";
	if (b.len >= 12 && !memcmp(b.p, "RIFF", 4) &&
	    !memcmp(b.p + 8, "AVI ", 4))
		return "an AVI video, which has to be converted to MP4";
	if (b.len >= 5 && !memcmp(b.p, "%PDF-", 5))
		return "a PDF document";
	if (b.len >= 4 && !memcmp(b.p, "8BPS", 4))
		return "a Photoshop document";
	if (b.len >= 4 && (!memcmp(b.p, "<svg", 4) ||
	    !memcmp(b.p, "<?xm", 4)))
		return "an SVG or XML document";
	if (b.len >= 9 && !memcmp(b.p, "version h", 9))
		return "a Git LFS pointer; run: git lfs pull;";
	return "no picture";
}

static int
sniff(struct picture_probe *p, struct bytes b)
{
	static const struct {
		const char *magic;
		size_t n, least;
		enum picture_format format;
	} kinds[] = {
		{ "\x89PNG\r\n\x1a\n", 8, 8, FORMAT_PNG },
		{ "\xff\xd8\xff", 3, 4, FORMAT_JPEG },
		{ "GIF87a", 6, 13, FORMAT_GIF },
		{ "GIF89a", 6, 13, FORMAT_GIF },
		{ "BM", 2, 26, FORMAT_BMP },
		{ "II*\0", 4, 8, FORMAT_TIFF },
		{ "MM\0*", 4, 8, FORMAT_TIFF },
	};
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		if (b.len < kinds[i].least ||
		    memcmp(b.p, kinds[i].magic, kinds[i].n))
			continue;
		p->format = kinds[i].format;
		return 0;
	}
	if (b.len >= 12 && !memcmp(b.p, "RIFF", 4) &&
	    !memcmp(b.p + 8, "WEBP", 4)) {
		p->format = FORMAT_WEBP;
		return 0;
	}
	return -1;
}

static int
check_size(const struct picture_probe *p, const char *name, struct err *e)
{
	if (p->w < 1 || p->h < 1)
		return err_set(e, EX_DATA, "%s: its header gives no size; the "
		    "file is broken, get it again", name);
	if (p->w > PICTURE_SIDE_MAX || p->h > PICTURE_SIDE_MAX ||
	    (int64_t)p->w * p->h > PICTURE_AREA_MAX)
		return err_set(e, EX_DATA, "%s: %dx%d pixels is over the limit "
		    "of %d a side and %d in all; make it smaller", name, p->w,
		    p->h, PICTURE_SIDE_MAX, PICTURE_AREA_MAX);
	return 0;
}

int
picture_probe(struct picture_probe *p, const char *name, const void *buf,
	size_t len, struct err *e)
{
	struct bytes b = { buf, len };

	memset(p, 0, sizeof(*p));
	p->turn = 1;
	p->len = len;
	if (len > PICTURE_BYTES_MAX)
		return err_set(e, EX_DATA, "%s: %zu bytes is over the limit of "
		    "%u for a picture; make it smaller", name, len,
		    PICTURE_BYTES_MAX);
	if (!len)
		return err_set(e, EX_DATA, "%s: the file is empty; get it "
		    "again", name);
	if (sniff(p, b) < 0)
		return err_set(e, EX_DATA, "%s: this is %s; give a PNG, JPEG, "
		    "WebP, GIF, BMP or TIFF", name, foreign(b));
	switch (p->format) {
	case FORMAT_PNG:
		probe_png(p, b);
		break;
	case FORMAT_JPEG:
		probe_jpeg(p, b);
		break;
	case FORMAT_WEBP:
		if (probe_webp(p, b) < 0)
			return err_set(e, EX_DATA, "%s: this WebP is animated; "
			    "give one frame of it as PNG", name);
		break;
	case FORMAT_GIF:
		probe_gif(p, b);
		break;
	case FORMAT_BMP:
		probe_bmp(p, b);
		break;
	case FORMAT_TIFF:
		probe_tiff(p, b);
		break;
	}
	return check_size(p, name, e);
}
