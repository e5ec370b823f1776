/*
 * One connection of the server: requests, the rule for each, its reply.
 */
#ifndef SERVER_SERVE_H
#define SERVER_SERVE_H

#include <pthread.h>

#include "journal.h"
#include "script.h"
#include "wire.h"

/* What the connections share. */
struct serve {
	struct script script;
	struct journal journal;
	unsigned port;

	pthread_mutex_t lock; /* for what follows, and what rules count */
	unsigned long last_request;
	int *flight; /* by the number of a group's first rule; 0: no rule */
};

/* Serve the connection of that number to its end; the caller closes it. */
void serve_wire(struct serve *v, struct wire *w, unsigned long conn);

#endif
