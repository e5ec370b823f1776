#include "provider/image.h"

#include <stdlib.h>
#include <string.h>

#include "provider/media_kind.h"
#include "store/endpoint.h"

/* One pointer for each row of the table that draws. */
#define YES(name) extern const struct image_provider name##_image;
#define NO(name)
#define PROVIDER(name, script, speech, image, ...) image(name)
#include "store/provider.def"
#undef YES
#define YES(name) &name##_image,
static const struct image_provider *const providers[] = {
#include "store/provider.def"
};
#undef PROVIDER

#define PROVIDER_NR (sizeof(providers) / sizeof(*providers))

void
image_result_init(struct image_result *r)
{
	memset(r, 0, sizeof(*r));
	strbuf_init(&r->bytes);
	strbuf_init(&r->warnings);
}

void
image_result_release(struct image_result *r)
{
	picture_release(&r->picture);
	strbuf_release(&r->bytes);
	strbuf_release(&r->warnings);
	node_free(r->clip);
	free(r->revised);
	free(r->credit);
	free(r->credit_url);
	image_result_init(r);
}

int
image_reply_read(const struct image_provider *p, const struct strbuf *reply,
    struct image_reply *r, struct err *e)
{
	strbuf_init(&r->bytes);
	r->source_type = p->source_type;
	if (p->read && !media_kind(reply->buf, reply->len))
		return p->read(reply, r, e);
	strbuf_add(&r->bytes, reply->buf, reply->len);
	return 0;
}

void
image_reply_release(struct image_reply *r)
{
	strbuf_release(&r->bytes);
	free(r->revised);
	free(r->credit);
	free(r->credit_url);
	memset(r, 0, sizeof(*r));
	strbuf_init(&r->bytes);
}

int
image_result_file(const struct image_result *r, struct strbuf *out,
	const char **ext, struct err *e)
{
	struct picture_meta m = { r->source_type, NULL, NULL, "AI Studio" };

	if (r->bytes.len) {
		strbuf_add(out, r->bytes.buf, r->bytes.len);
		*ext = r->extension;
		return 0;
	}
	*ext = "png";
	return picture_png(&r->picture, &m, out, e);
}

const struct image_provider *
image_provider_find(const char *spec, struct err *e)
{
	const struct endpoint *ep = endpoint_get(spec, PROVIDER_IMAGE, e);
	size_t i;

	for (i = 0; ep && i < PROVIDER_NR; i++)
		if (!strcmp(ep->type->name, providers[i]->name))
			return providers[i];
	return NULL;
}
