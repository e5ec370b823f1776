#include "media/picture_meta.h"

#include <libavutil/crc.h>

#include "media/xmp.h"

#define PNG_HEADER 33 /* signature and IHDR */

static void
add_be32(struct strbuf *out, uint32_t n)
{
	strbuf_addch(out, (int)(n >> 24 & 255));
	strbuf_addch(out, (int)(n >> 16 & 255));
	strbuf_addch(out, (int)(n >> 8 & 255));
	strbuf_addch(out, (int)(n & 255));
}

void
picture_meta_png(const struct picture_meta *m, const uint8_t *file,
	size_t len, struct strbuf *out)
{
	/* type, keyword, not compressed, no language, no translation */
	static const char head[] = "iTXtXML:com.adobe.xmp\0\0\0\0";
	const AVCRC *table = av_crc_get_table(AV_CRC_32_IEEE_LE);
	struct strbuf c = STRBUF_INIT;

	strbuf_add(out, file, PNG_HEADER);
	if (m) {
		strbuf_add(&c, head, sizeof(head));
		xmp_packet(m, &c);
		add_be32(out, (uint32_t)c.len - 4);
		strbuf_add(out, c.buf, c.len);
		add_be32(out, ~av_crc(table, ~0u, (const uint8_t *)c.buf,
		    c.len));
		strbuf_release(&c);
	}
	strbuf_add(out, file + PNG_HEADER, len - PNG_HEADER);
}

void
picture_meta_jpeg(const struct picture_meta *m, const uint8_t *file,
	size_t len, struct strbuf *out)
{
	static const char ns[] = "http://ns.adobe.com/xap/1.0/";
	struct strbuf x = STRBUF_INIT;
	size_t at = 2, n;

	if (file[2] == 0xff && file[3] == 0xe0)
		at += 2 + ((size_t)file[4] << 8 | file[5]);
	strbuf_add(out, file, at);
	if (m) {
		xmp_packet(m, &x);
		n = 2 + sizeof(ns) + x.len;
		strbuf_addch(out, 0xff);
		strbuf_addch(out, 0xe1);
		strbuf_addch(out, (int)(n >> 8 & 255));
		strbuf_addch(out, (int)(n & 255));
		strbuf_add(out, ns, sizeof(ns));
		strbuf_add(out, x.buf, x.len);
		strbuf_release(&x);
	}
	strbuf_add(out, file + at, len - at);
}
