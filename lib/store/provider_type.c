#include "store/provider_type.h"

#include <string.h>

#define YES 1
#define NO 0
#define PROVIDER(name, script, speech, image, kind, ...)                       \
	{ #name, script * PROVIDER_SCRIPT | speech * PROVIDER_SPEECH |         \
	    image * PROVIDER_IMAGE, PROVIDER_##kind, __VA_ARGS__ },

static const struct provider_type types[] = {
#include "store/provider.def"
};

#define TYPES (sizeof(types) / sizeof(*types))

const struct provider_type *
provider_types(size_t *nr)
{
	*nr = TYPES;
	return types;
}

const struct provider_type *
provider_type_find(const char *name, size_t n)
{
	size_t i;

	for (i = 0; i < TYPES; i++)
		if (!strncmp(types[i].name, name, n) && !types[i].name[n])
			return &types[i];
	return NULL;
}

void
provider_type_names(enum provider_stage stage, struct strbuf *out)
{
	const char *comma = "";
	size_t i;

	for (i = 0; i < TYPES; i++)
		if (types[i].stages & (int)stage) {
			strbuf_addf(out, "%s%s", comma, types[i].name);
			comma = ", ";
		}
}

int
provider_is_paid(const char *spec)
{
	size_t n = strcspn(spec, ":");
	const struct provider_type *t = provider_type_find(spec, n);

	if ((n == 4 && !strncmp(spec, "file", n)) ||
	    (n == 5 && !strncmp(spec, "local", n)))
		return 0;
	return !t || t->kind != PROVIDER_FREE;
}
