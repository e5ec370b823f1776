/*
 * Jobs done by several processes of this program at once: for waiting on
 * servers, not for computing. What a job prints is handed back whole.
 */
#ifndef STORE_WORKERS_H
#define STORE_WORKERS_H

#include <stddef.h>

#include "base/error.h"
#include "base/strbuf.h"

#define WORKERS_MAX 64

struct work {
	size_t jobs;    /* 0 .. jobs-1, begun in this order */
	int processes;  /* at once; at least 1 */
	void *ctx;
	/* In a child: do a job, append what it has to say to out. */
	void (*run)(void *ctx, size_t job, struct strbuf *out);
	/* In a child, after its last job. */
	void (*end)(void *ctx);
	/* In the parent, for each job in the order of their numbers. */
	void (*done)(void *ctx, size_t job, const struct strbuf *out);
};

/* Do all of them. A child that dies takes only its own job with it: that one is
 * not reported by done. Returns -1 where no child could be started. */
int work_run(const struct work *w, struct err *e);

#endif
