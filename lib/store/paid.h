/*
 * Paid calls: never paid twice, never lost. The order of things: lock on the
 * digest, look in the store (object.h), wait at the gate (gate.h), reserve the
 * space, write the intent (intent.h), call, journal the reply, verify it, put
 * it into the store, write the ledger.
 *
 * Where a program dies, the next one goes on: a journalled reply is used, a job
 * that was noted is asked for, and a call of which nothing is known is made
 * again and the ledger says so.
 */
#ifndef STORE_PAID_H
#define STORE_PAID_H

#include <stddef.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "record/project.h"
#include "store/gate.h"
#include "store/usage.h"

/* What a call tells while it is under way, and what is told to it. */
struct paid_progress {
	const char *note;    /* of an unfinished call before: a job's id or
				address; NULL: ask anew */
	int attempts;        /* times that it was sent */
	int unknown;         /* of these, calls whose outcome is not known and
				that may have been paid for */
	enum gate_end end;   /* what was learned of the provider */
	char request_id[128]; /* the provider's; "" where it gives none */
	/* Keep a note before waiting for a job, so that a program after this
	 * one asks for it instead of paying again; NULL forgets it. */
	int (*keep)(struct paid_progress *pp, const char *note,
		struct err *e);
	void *keeper;
};

struct paid_call {
	const struct project *project; /* NULL: a filter in a pipe, no ledger */
	const char *digest;   /* of the request */
	const char *kind;     /* "audio", "image", "script" */
	const char *provider; /* "exec:cmd", "home:model" */
	const char *what;     /* for people: "scene 3 audio" */
	const char *scene;    /* its folder; NULL where it is of none */
	const char *gate;     /* name at the gate: the alias, or as provider */
	int limit;            /* calls at once; 0: none */
	size_t expect;        /* bytes to reserve */
	double estimate;      /* dollars that are expected; < 0: nobody knows */
	int again;            /* the user wants another: whatever is stored is
				 replaced */
	void *ctx;
	/* The call: its whole reply goes to *reply. */
	int (*send)(void *ctx, struct paid_progress *pp, struct strbuf *reply,
		struct err *e);
	/* Is this reply what was asked for? A reply that is not is kept as
	 * rejected/DIGEST (it was paid for) and the error returned. *used gets
	 * what it took; it was set to 0. */
	int (*verify)(void *ctx, const struct strbuf *reply,
		struct call_usage *used, struct err *e);
	/* What that costs in dollars; < 0: not known. NULL: as if not known. */
	double (*cost)(void *ctx, const struct call_usage *used);
};

/* *reply gets the bytes; *stored (may be NULL) 1 when no call was made. */
int paid_get(const struct paid_call *c, struct strbuf *reply, int *stored,
	struct err *e);

#endif
