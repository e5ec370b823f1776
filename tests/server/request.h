/*
 * One HTTP/1.x request, as received and as understood.
 */
#ifndef SERVER_REQUEST_H
#define SERVER_REQUEST_H

#include "base/strbuf.h"
#include "wire.h"

#define REQUEST_HEAD_MAX (256 << 10)
#define REQUEST_BODY_MAX (64 << 20)

struct request {
	struct strbuf head;   /* with the empty line */
	struct strbuf body;   /* decoded when it came in chunks */
	char *method, *target; /* "?" where they cannot be read */
	int keep;             /* does the client want to go on? */
	int chunked, expect;
	uint64_t length;
};

#define REQUEST_INIT { STRBUF_INIT, STRBUF_INIT, NULL, NULL, 0, 0, 0, 0 }

/* Each returns 0, or the status of the reply to a request that is refused
 * (400, 413, 431, 501, 505), or REQUEST_GONE where the client went before the
 * end; what came till then is in head or body. Nothing at all came where the
 * head is empty. */
#define REQUEST_GONE (-1)
int request_head(struct request *r, struct wire *w);
int request_body(struct request *r, struct wire *w);
void request_release(struct request *r);

/* Value of the first header of that name, *len long and without blanks at its
 * ends; NULL where there is none. It points into head. */
const char *request_header(const struct request *r, const char *name,
	size_t *len);

#endif
