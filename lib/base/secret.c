#include "base/secret.h"

#include <stdlib.h>
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

/* Stars from p to the end of a key that has begun there and was cut off with
 * the text. */
static size_t
hide_cut(char *p, size_t n)
{
	size_t i, k, longest = 0;

	for (i = 0; i < keys.nr; i++) {
		k = strlen(keys.v[i]) - 1;
		for (k = k < n ? k : n; k >= SECRET_MIN && k > longest; k--)
			if (!memcmp(p + n - k, keys.v[i], k))
				longest = k;
	}
	memset(p + n - longest, '*', longest);
	return longest > 0;
}

/* The first place of a key from "from" on; the longest where several begin
 * there. next has each key's, so that nothing is looked through twice. */
static char *
first_place(char **next, char *from, const char *end, size_t *len)
{
	char *at = NULL;
	size_t i, k;

	*len = 0;
	for (i = 0; i < keys.nr; i++) {
		k = strlen(keys.v[i]);
		if (next[i] && next[i] < from)
			next[i] = memmem(from, (size_t)(end - from), keys.v[i],
			    k);
		if (next[i] && (!at || next[i] < at ||
		    (next[i] == at && k > *len))) {
			at = next[i];
			*len = k;
		}
	}
	return at;
}

size_t
secret_hide(char *p, size_t n)
{
	char *few[16], **next = few, *at, *from, *start = p, *to = p;
	size_t i, k, found = 0;

	if (!keys.nr || n < SECRET_MIN)
		return 0;
	if (keys.nr > sizeof(few) / sizeof(*few))
		next = malloc(keys.nr * sizeof(*next));
	if (!next) { /* better nothing at all than a key */
		memset(p, '*', n);
		return 1;
	}
	for (i = 0; i < keys.nr; i++)
		next[i] = memmem(p, n, keys.v[i], strlen(keys.v[i]));
	/* keys may overlap: one place ends where no other begins within it */
	for (from = p; (at = first_place(next, from, p + n, &k));
	    from = at + 1) {
		if (at >= to) {
			memset(start, '*', (size_t)(to - start));
			start = at;
			found++;
		}
		to = at + k > to ? at + k : to;
	}
	memset(start, '*', (size_t)(to - start));
	if (next != few)
		free(next);
	return found + hide_cut(p, n);
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
