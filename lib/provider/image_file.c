#include "provider/image_file.h"

#include <string.h>

#include "base/utf8.h"
#include "provider/image_clip.h"
#include "provider/media_kind.h"

#define SHOWN 80 /* bytes of a text that came instead of a picture */

/* How many of the first bytes can be shown as text; 0 when it is none. */
static size_t
text_head(const struct strbuf *b)
{
	size_t n = b->len < SHOWN ? b->len : SHOWN, i, good;

	good = utf8_check(b->buf, n);
	/* a character may be cut at the end of what is shown */
	if (good < n && (n == b->len || n - good > 3))
		return 0;
	for (i = 0; i < good; i++)
		if ((unsigned char)b->buf[i] < 0x20 &&
		    !strchr("\t\n\r\f\x1b", b->buf[i]))
			return 0;
	while (good && strchr(" \t\r\n", b->buf[good - 1]))
		good--;
	return good;
}

static int
no_picture(const char *name, const struct strbuf *b, const char *kind,
    struct err *e)
{
	char shown[SHOWN * 4 + 1];
	size_t n = kind ? 0 : text_head(b);

	utf8_printable(shown, sizeof(shown), b->buf, n);
	if (n)
		return err_set(e, EX_DATA, "%s: gave no picture (PNG, JPEG, "
		    "WebP) but text: \"%s\"; correct the command, the model or "
		    "the address", name, shown);
	return err_set(e, EX_DATA, "%s: gave no picture (PNG, JPEG, WebP) but "
	    "%s%s of %zu bytes; correct the command, the model or the address",
	    name, kind ? kind : "something else", kind ? " sound" : "",
	    b->len);
}

int
image_file_read(const char *name, struct strbuf *bytes,
    struct image_result *r, struct err *e)
{
	const char *kind = media_kind(bytes->buf, bytes->len);
	int ret = 0;

	if (media_kind_is_picture(kind))
		ret = picture_decode(&r->picture, name, bytes->buf, bytes->len,
		    e);
	else
		ret = image_clip_read(name, bytes, r, e);
	if (ret > 0)
		kind = r->extension;
	else if (ret == 0 && !media_kind_is_picture(kind))
		ret = no_picture(name, bytes, kind, e);
	if (ret < 0) {
		strbuf_release(bytes);
		return ret;
	}
	strbuf_release(&r->bytes);
	r->bytes = *bytes;
	strbuf_init(bytes);
	r->extension = kind;
	r->source_type = "trainedAlgorithmicMedia";
	return 0;
}
