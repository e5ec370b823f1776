/*
 * A call to a provider over the network: its address and key, what to do when
 * it is not answered, and what its refusals mean.
 *
 * What may be repeated and what not: nothing arrived, 429, 503 and 529 are
 * asked again after a growing, jittered wait, at least as long as the server
 * says, for patience seconds after the first of them. 408, 409, 500, 502, 504
 * and a connection that broke after the request was sent leave it open whether
 * the work was done and is to be paid: they are asked again where the server
 * knows the Idempotency-Key, where it costs nothing, or once where it costs
 * little. Every other answer is final.
 */
#ifndef PROVIDER_CALL_H
#define PROVIDER_CALL_H

#include <stddef.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "base/strvec.h"
#include "provider/http.h"
#include "record/node.h"
#include "store/endpoint.h"
#include "store/paid.h"

#define CALL_UNSURE_DOLLARS 0.05 /* what a second try may cost at most */
#define CALL_REPLY_BYTES (384u << 20)

struct call {
	struct endpoint *ep;
	const char *model;        /* for messages; may be NULL */
	const char *setting;      /* that names it: "scriptModel"; static;
				     NULL in a filter: its options do */
	const char *digest;       /* for Idempotency-Key; NULL: none */
	double dollars;           /* what it costs; < 0: unknown */
	struct paid_progress *pp;
	int status;               /* of the last answer; 0: there was none */
};

struct call_request {
	const char *method;       /* "POST", "GET" */
	const char *path;         /* below the base URL, "/audio/speech" */
	const char *type;         /* Content-Type of the body */
	const void *body;
	size_t len;
	size_t limit;             /* bytes of the reply */
};

/* Ask. 0: it answered with a 2xx, r has it; the caller releases r->body (also
 * on failure). Else -1 and what to do about it. A GET costs nothing. */
int call_run(struct call *c, const struct call_request *q,
	struct http_reply *r, struct err *e);

/* The usual case: POST doc (taken over) as JSON; out, empty before, gets the
 * reply's body and type (may be NULL) its Content-Type. */
int call_json(struct call *c, const struct call_request *q, struct node *doc,
	char type[128], struct strbuf *out, struct err *e);

/* Forget the note of a job that is lost for good, so that the next program asks
 * anew: fails with EX_LATER, which says so. */
int call_lost(struct call *c, struct err *e);

/* Get the file at a URL that the server gave; a path counts from the server.
 * No key goes with it, three redirects at most, and nothing but https to a
 * public address is fetched, or the server's own address. */
int call_fetch(struct call *c, const char *url, struct strbuf *out,
	struct err *e);

#endif
