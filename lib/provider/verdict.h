/*
 * What is known after one try of a call, and what it means for people; for
 * call.c.
 */
#ifndef PROVIDER_VERDICT_H
#define PROVIDER_VERDICT_H

#include "base/error.h"
#include "provider/call.h"
#include "provider/http.h"

enum next {
	NEXT_DONE,
	NEXT_FAIL,   /* final */
	NEXT_WAIT,   /* nothing was done: ask again */
	NEXT_UNSURE  /* it may have been done */
};

/* What is known after one try. */
struct verdict {
	enum next next;
	double wait;     /* as the server says; -1: it does not */
	double patience; /* seconds to wait in all */
	int told;        /* the message names the cure */
};

/* It answered. Sets c->pp->end where something was learned of the provider,
 * and *e unless it is NEXT_DONE. v->patience is only made shorter. */
void verdict_answer(struct call *c, const struct http_reply *r,
	struct verdict *v, struct err *e);
/* It did not: *e is from http_run, and is completed. */
void verdict_silence(struct call *c, const struct http_reply *r,
	struct verdict *v, struct err *e);
/* The same at another address, to which the server pointed: nothing was learned
 * of the provider. */
void verdict_elsewhere(const struct call *c, const struct http_reply *r,
	struct verdict *v, struct err *e);

#endif
