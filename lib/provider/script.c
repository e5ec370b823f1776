/* The script providers there are. */
#include "provider/provider.h"

#include <stdlib.h>
#include <string.h>

#include "provider/exec.h"
#include "provider/extract.h"
#include "record/spec.h"

static const struct script_provider *const providers[] = { &extract_provider,
	&exec_script };

const struct script_provider *
script_provider_find(const char *spec, struct err *e)
{
	size_t n = strcspn(spec, ":"), i;

	for (i = 0; i < sizeof(providers) / sizeof(*providers); i++)
		if (spec_is(spec, providers[i]->name))
			return providers[i];
	err_set(e, EX_CONF, "scriptModel: there is no provider '%.*s'; use "
	    "extract or exec:COMMAND", (int)(n < 40 ? n : 40), spec);
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
