/*
 * Get an asset from its provider the way that provider is to be asked: a free
 * one makes it; a paid one goes through the paid-call protocol of store/paid.h,
 * and a project's exec: command only when the user trusts it.
 */
#ifndef PROVIDER_OBTAIN_H
#define PROVIDER_OBTAIN_H

#include "provider/provider.h"
#include "record/project.h"
#include "store/request.h"

struct obtain {
	const struct project *project; /* NULL: a filter in a pipe */
	const struct request *want; /* NULL in a filter: the reply of a server
				       is kept under a request made from what
				       the filter was given; a command's is
				       not kept */
	int again;          /* ask, whatever the store has */
	const char *spec;   /* "exec:cmd", "home:model" */
	const char *what;   /* for people: "scene 3 audio" */
	const char *scene;  /* its folder; NULL where it is of none */
	int stored;         /* set: answered from the store, without a call */
};

/* Each fills *r on success; the caller releases it. A text longer than the
 * provider speaks at once is spoken in pieces, a call each, and joined. */
int speech_obtain(const struct speech_provider *p, struct obtain *o,
	const struct speech_request *q, struct speech_result *r,
	struct err *e);
int image_obtain(const struct image_provider *p, struct obtain *o,
	const struct image_request *q, struct image_result *r, struct err *e);
/* A script that is off its target by more than OBTAIN_OFF is sent back once. */
#define OBTAIN_OFF 0.15
int script_obtain(const struct script_provider *p, struct obtain *o,
	const struct script_request *q, struct script_result *r,
	struct err *e);

#endif
