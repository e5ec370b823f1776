/*
 * Paid calls: never paid twice, never lost. The order of things: lock on the
 * digest, look in the store, reserve the space, write the intent, call, journal
 * the reply, verify it, put it into the store, write the ledger.
 *
 * The store is the user's, not the project's: $XDG_DATA_HOME/studio/store, or
 * storeDir: in the user's settings. A reply lies in objects/ab/DIGEST with
 * DIGEST.json beside it, which is written last and says that it is whole.
 */
#ifndef STORE_PAID_H
#define STORE_PAID_H

#include <stddef.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "record/project.h"

struct paid_call {
	const struct project *project; /* NULL: a filter in a pipe, no ledger */
	const char *digest;   /* of the request */
	const char *kind;     /* "audio", "image", "script" */
	const char *provider; /* "exec:cmd", "home:model" */
	const char *what;     /* for people: "scene 3 audio" */
	size_t expect;        /* bytes to reserve */
	void *ctx;
	/* The call: its whole reply goes to *reply. */
	int (*send)(void *ctx, struct strbuf *reply, struct err *e);
	/* Is this reply what was asked for? A reply that is not is kept as
	 * rejected/DIGEST (it was paid for) and the error returned. */
	int (*verify)(void *ctx, const struct strbuf *reply, struct err *e);
};

/* *reply gets the bytes; *stored (may be NULL) 1 when no call was made. */
int paid_get(const struct paid_call *c, struct strbuf *reply, int *stored,
	struct err *e);

/* Is there a whole reply for this digest? */
int paid_is_stored(const char *digest);

/* Put media that came another way (a clone) into the store as the reply to
 * digest, unless it is there. */
int paid_keep(const char *digest, const char *path, struct err *e);

#endif
