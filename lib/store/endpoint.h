/*
 * Where a provider is reached: the user's providers: entry by its alias, laid
 * over what provider.def knows of its type. Nothing here comes from a project.
 *
 *	providers:
 *	  home: {type: openai, baseUrl: http://localhost:11434/v1, limit: 2}
 *	  work: {type: openai, keyCommand: pass show work/openai}
 *
 * Each network type is an alias too: "openai" is OpenAI itself with the key of
 * OPENAI_API_KEY, and OPENAI_BASE_URL moves it. The other types have variables
 * of the same form (A1111_BASE_URL ...).
 */
#ifndef STORE_ENDPOINT_H
#define STORE_ENDPOINT_H

#include <stddef.h>

#include "base/error.h"
#include "base/strvec.h"
#include "record/node.h"
#include "store/provider_type.h"

#define ENDPOINT_LIMIT_MAX 256

struct endpoint {
	char *alias;
	const struct provider_type *type;
	char *base_url;     /* no slash at its end; "" for FREE and EXEC */
	int local;          /* base_url is an address of this machine */
	int limit;          /* calls at once, by all programs of this user; 0:
			       as many as come */
	size_t cap;         /* characters spoken in one call; 0: no limit */
	double timeout;     /* seconds until the answer begins */
	double patience;    /* seconds to go on after a first failure */
	int idempotent;     /* the server knows Idempotency-Key */
	const char *format; /* of sound, to ask for; NULL: the provider's own */
	const char *ca_file; /* certificates to trust; NULL: the system's */
	struct node *doc;   /* the user's entry; an empty map without one */
	char *key;          /* once endpoint_key was asked; else NULL */
};

/*
 * The endpoint of "ALIAS" or "ALIAS:MODEL", read once and then borrowed from
 * here as long as the program runs. EX_CONF with the command that makes the
 * alias where there is none, naming the types of this stage; EX_DATA for a
 * wrong entry.
 */
struct endpoint *endpoint_get(const char *spec, enum provider_stage stage,
	struct err *e);

/*
 * The key, borrowed; NULL with e->code 0 where none is needed. From the
 * entry's key (only in a settings.yaml of mode 0600), keyEnv, keyFile (mode
 * 0600, outside any git repository and project) or keyCommand, else from the
 * type's variable when the address is the type's own. It is registered in
 * base/secret.h before anything else sees it. EX_NOQUOTA where it is needed and
 * missing, with the ways to give it.
 */
const char *endpoint_key(struct endpoint *ep, struct err *e);

/* Could this be asked at all: is the alias known, a model named where one must
 * be, a key to be found? Nothing is read, run or asked. Else EX_CONF or
 * EX_NOQUOTA with what to do. What is inside, and commands, always could. */
int endpoint_ready(const char *spec, enum provider_stage stage,
	struct err *e);

/* Does it surely need one? Of a server on this machine, and of one at another
 * address than the type's own, nobody knows before it says so. */
int endpoint_needs_key(const struct endpoint *ep);

/* Where the key would come from, for people: "OPENAI_API_KEY", "keyFile
 * ~/x"; NULL where there is none. Nothing is read or run. To be freed. */
char *endpoint_key_source(const struct endpoint *ep);

/* The aliases in the user's settings, in their order. */
int endpoint_aliases(struct strvec *out, struct err *e);

/* Name to base/secret.h each variable that the settings name as a key. Before
 * a child is started. */
void endpoint_hide_variables(void);

#endif
