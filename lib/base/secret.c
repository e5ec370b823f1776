#include "base/secret.h"

#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

static struct strvec keys, variables;

static void
leave_no_core(void)
{
	struct rlimit none = { 0, 0 };

	setrlimit(RLIMIT_CORE, &none);
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

void
secret_add(const char *key)
{
	if (strlen(key) < SECRET_MIN || strvec_has(&keys, key))
		return;
	leave_no_core();
	strvec_push(&keys, key);
}

size_t
secret_hide(char *p, size_t n)
{
	size_t i, k, found = 0;
	char *end = p + n, *at;

	for (i = 0; i < keys.nr; i++) {
		k = strlen(keys.v[i]);
		for (at = p; (at = memmem(at, (size_t)(end - at), keys.v[i],
		    k)); at += k) {
			memset(at, '*', k);
			found++;
		}
	}
	return found;
}

void
secret_add_variable(const char *name)
{
	if (!strvec_has(&variables, name))
		strvec_push(&variables, name);
}

int
secret_is_variable(const char *var)
{
	static const char *const ends[] = { "_API_KEY", "_TOKEN", "_SECRET" };
	size_t n = strcspn(var, "="), k, i;

	for (i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		k = strlen(ends[i]);
		if (n >= k && !strncmp(var + n - k, ends[i], k))
			return 1;
	}
	for (i = 0; i < variables.nr; i++)
		if (!strncmp(variables.v[i], var, n) && !variables.v[i][n])
			return 1;
	return 0;
}
