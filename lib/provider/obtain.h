/*
 * Get an asset from its provider the way that provider is to be asked: a free
 * one makes it; a paid one goes through the paid-call protocol of store/paid.h,
 * and a project's exec: command only when the user trusts it.
 */
#ifndef PROVIDER_OBTAIN_H
#define PROVIDER_OBTAIN_H

#include "provider/provider.h"
#include "record/project.h"

struct obtain {
	const struct project *project; /* NULL: a filter in a pipe */
	const char *digest; /* of the request; NULL in a filter: the reply of a
			       paid provider is then not kept */
	const char *spec;   /* "exec:cmd", "home:model" */
	const char *what;   /* for people: "scene 3 audio" */
	int stored;         /* set: answered from the store, without a call */
};

/* Each fills *r on success; the caller releases it. */
int speech_obtain(const struct speech_provider *p, struct obtain *o,
	const struct speech_request *q, struct speech_result *r,
	struct err *e);
int image_obtain(const struct image_provider *p, struct obtain *o,
	const struct image_request *q, struct image_result *r, struct err *e);
int script_obtain(const struct script_provider *p, struct obtain *o,
	const struct script_request *q, struct script_result *r,
	struct err *e);

#endif
