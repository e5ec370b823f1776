/*
 * A rule's reply: its steps, done on a connection.
 */
#ifndef SERVER_REPLY_H
#define SERVER_REPLY_H

#include "request.h"
#include "script.h"
#include "wire.h"

enum reply_end {
	REPLY_KEEP,  /* the connection may serve another request */
	REPLY_CLOSE, /* end it, orderly */
	REPLY_RESET,
	REPLY_HANG, /* be silent until the client goes */
	REPLY_GONE  /* the client went before the end */
};

struct reply {
	const struct rule *rule;
	const struct request *request;
	unsigned port;
	unsigned long number;   /* of the request */
	uint64_t count;         /* requests the rule answered, with this one */
	char status[8];         /* out: the code sent, "raw" or "none" */
};

/* Do the steps. The last bytes stay in the buffer of w: the caller notes what
 * it wants to, then flushes and ends the connection as told. */
enum reply_end reply_send(struct reply *r, struct wire *w);

/* The reply to a request that no rule answers, or that is refused: status and
 * what is wrong, as JSON. Left in the buffer, too. */
enum reply_end reply_refuse(const struct request *r, int status,
	const char *what, struct wire *w);

#endif
