/* The script providers there are. */
#include "provider/provider.h"

#include <stdlib.h>
#include <string.h>

#include "store/endpoint.h"

/* One pointer for each row of the table that writes. */
#define YES(name) extern const struct script_provider name##_script;
#define NO(name)
#define PROVIDER(name, script, speech, image, ...) script(name)
#include "store/provider.def"
#undef YES
#define YES(name) &name##_script,
static const struct script_provider *const providers[] = {
#include "store/provider.def"
};
#undef PROVIDER

#define PROVIDER_NR (sizeof(providers) / sizeof(*providers))

const struct script_provider *
script_provider_find(const char *spec, struct err *e)
{
	const struct endpoint *ep = endpoint_get(spec, PROVIDER_SCRIPT, e);
	size_t i;

	for (i = 0; ep && i < PROVIDER_NR; i++)
		if (!strcmp(ep->type->name, providers[i]->name))
			return providers[i];
	return NULL;
}

void
script_result_init(struct script_result *r)
{
	memset(r, 0, sizeof(*r));
	strbuf_init(&r->markdown);
	strbuf_init(&r->warnings);
}

void
script_result_release(struct script_result *r)
{
	strbuf_release(&r->markdown);
	strbuf_release(&r->warnings);
	free(r->title);
	free(r->description);
	free(r->tags);
	script_result_init(r);
}
