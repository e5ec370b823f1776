#include "record/spec.h"

#include <string.h>

int
spec_is(const char *spec, const char *name)
{
	size_t n = strlen(name);

	return spec && !strncmp(spec, name, n) && (!spec[n] || spec[n] == ':');
}

const char *
spec_model(const char *spec)
{
	const char *colon = strchr(spec, ':');

	return colon ? colon + 1 : NULL;
}
