/*
 * What is known of each type of provider without asking it: provider.def as a
 * table.
 */
#ifndef STORE_PROVIDER_TYPE_H
#define STORE_PROVIDER_TYPE_H

#include <stddef.h>

#include "base/strbuf.h"

enum provider_kind {
	PROVIDER_FREE,   /* inside, reproducible, costs nothing */
	PROVIDER_EXEC,   /* a command of the user's */
	PROVIDER_NETWORK /* a server */
};

enum provider_stage {
	PROVIDER_SCRIPT = 1,
	PROVIDER_SPEECH = 2,
	PROVIDER_IMAGE = 4
};

struct provider_type {
	const char *name;
	int stages;           /* of enum provider_stage, or-ed */
	enum provider_kind kind;
	const char *base_url; /* PROVIDER_NETWORK: where it is by default */
	const char *key_var;  /* environment variable; NULL: needs no key */
	const char *auth;     /* header of the key, up to it; may be NULL */
	const char *header;   /* one more header; may be NULL */
	int needs_model;      /* one must be named */
	int limit;            /* calls at once; 0: no limit */
	size_t cap;           /* characters spoken in one call; 0: no limit */
	const char *models, *voices; /* how it lists them: see provider.def */
};

/* All of them, *nr types, in the order of the table. */
const struct provider_type *provider_types(size_t *nr);

/* By name of n bytes; NULL where there is none. */
const struct provider_type *provider_type_find(const char *name, size_t n);

/* Append the names of the types that do this stage, "a, b, c". */
void provider_type_names(enum provider_stage stage, struct strbuf *out);

/* Does anyone have to be paid for this provider ("exec:x", "home:m")? The
 * embedded ones and the user's own files are free. */
int provider_is_paid(const char *spec);

#endif
