#include "store/stored_media.h"

#include <string.h>

#include "base/hash.h"
#include "record/json.h"
#include "store/kept.h"
#include "store/object.h"

#define LEAST 64 /* bytes of base64; shorter is no picture and no sound */

static int
is_it(const void *p, size_t n, const char *sha256)
{
	char sum[SHA256_HEX];

	sha256_hex(p, n, sum);
	return !strcmp(sum, sha256);
}

/* Any text below n that stands for the file? The depth is that of JSON. */
static int
search(const struct node *n, const char *buf, const char *sha256,
    struct strbuf *out)
{
	size_t i;

	if (n->kind == NODE_SCALAR) {
		size_t len = json_is_lean(n) ? n->end - n->start : n->len;

		strbuf_reset(out);
		return n->quoted && len >= LEAST &&
		    json_base64(buf, n, out, NULL) == 0 &&
		    is_it(out->buf, out->len, sha256);
	}
	for (i = 0; i < n->nr; i++)
		if (search(n->kid[i], buf, sha256, out))
			return 1;
	return 0;
}

static int
find(const struct strbuf *reply, const char *sha256, struct strbuf *out)
{
	struct strbuf found = STRBUF_INIT;
	struct node *doc;
	size_t file = 0;
	int yes;

	doc = kept_unpack(reply, &file);
	yes = is_it(reply->buf + file, reply->len - file, sha256);
	if (yes)
		strbuf_add(out, reply->buf + file, reply->len - file);
	if (!doc && !yes) {
		doc = json_parse_lean("reply", reply->buf, reply->len,
		    JSON_LEAN_BYTES, NULL);
		yes = doc && search(doc, reply->buf, sha256, &found);
		if (yes)
			strbuf_add(out, found.buf, found.len);
	}
	node_free(doc);
	strbuf_release(&found);
	return yes;
}

int
stored_media(const char *request, const char *sha256, struct strbuf *out,
    struct err *e)
{
	struct strbuf reply = STRBUF_INIT;
	int ret;

	ret = object_read(request, &reply, e);
	if (ret == 1)
		ret = find(&reply, sha256, out);
	strbuf_release(&reply);
	return ret;
}
