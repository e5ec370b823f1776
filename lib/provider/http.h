/*
 * One HTTP request and what became of it. This file alone sees libcurl.
 *
 * Nothing is followed, repeated or believed here: a redirect is an answer, a
 * certificate that is not good ends it, and every length has a limit. call.h
 * decides what to do next.
 */
#ifndef PROVIDER_HTTP_H
#define PROVIDER_HTTP_H

#include <stddef.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "base/strvec.h"

#define HTTP_HEAD_BYTES (256u << 10) /* of all headers of an answer */
#define HTTP_CONNECT_SECONDS 10.0    /* until connected, TLS included */
#define HTTP_STALL_SECONDS 30.0      /* under HTTP_STALL_BYTES a second */
#define HTTP_STALL_BYTES 16.0
#define HTTP_GRACE_SECONDS 10.0      /* to end an answer after a signal */

struct http_request {
	const char *method;   /* "GET", "POST" */
	const char *url;
	struct strvec header; /* "Name: value"; never the key */
	const char *auth;     /* what the key follows: "Authorization: Bearer
				 "; NULL: no key */
	const char *key;
	const void *body;     /* POST */
	size_t len;
	size_t limit;         /* bytes of the answer's body, unpacked and on
				 the wire */
	double timeout;       /* seconds until the answer begins */
	const char *ca_file;  /* NULL: the system's */
	int foreign;          /* a URL that a server gave: https to a public
				 address only */
};

enum http_outcome {
	HTTP_ANSWERED, /* a status and its whole body came */
	HTTP_UNSENT,   /* the request did not get there: it costs nothing */
	HTTP_UNKNOWN,  /* it got there, but no whole answer came back */
	HTTP_TOO_MUCH, /* the answer is over a limit, and will be again */
	HTTP_BARRED    /* must not be tried: certificate, address */
};

struct http_reply {
	enum http_outcome outcome;
	int status;
	struct strbuf body;
	char type[128];       /* Content-Type; "" when there is none */
	char request_id[128]; /* x-request-id or request-id, for the ledger */
	char location[8192];  /* of a redirect; "" where it is longer */
	double retry_after;   /* seconds to wait by Retry-After, in seconds or
				 as a date (RFC 9110) or retry-after-ms; -1: not
				 said */
	int should_retry;     /* x-should-retry: 1 or 0; -1: not said */
};

#define HTTP_REPLY_INIT { HTTP_UNSENT, 0, STRBUF_INIT, "", "", "", -1, -1 }

/* Make ready, which takes some ms; for who is to have a place at the gate only
 * while it asks. http_run does it where it was not done. */
void http_start(void);

/* Returns 0 when it answered, whatever the status; else -1 and r->outcome says
 * what is known, *e what happened. SIGINT, SIGTERM and SIGHUP are held from
 * here on (base/hold.h); one that comes before the answer begins ends it. The
 * caller releases r->body. Keys in the body are hidden (base/secret.h). */
int http_run(const struct http_request *q, struct http_reply *r,
	struct err *e);

#endif
