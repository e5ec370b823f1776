#include "provider/image.h"

#include <string.h>

#include "provider/card.h"
#include "provider/exec.h"
#include "record/spec.h"

static const struct image_provider *const providers[] = {
	&card_provider,
	&exec_image,
};

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
	image_result_init(r);
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
	struct strbuf names = STRBUF_INIT;
	size_t i;

	for (i = 0; i < PROVIDER_NR; i++)
		if (spec_is(spec, providers[i]->name))
			return providers[i];
	for (i = 0; i < PROVIDER_NR; i++)
		strbuf_addf(&names, "%s%s", i ? ", " : "", providers[i]->name);
	err_set(e, EX_CONF, "no picture provider \"%.*s\"; choose one of %s",
	    (int)strcspn(spec, ":"), spec, names.buf);
	strbuf_release(&names);
	return NULL;
}
