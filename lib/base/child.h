/*
 * Work in a process of its own, for libraries that keep state from one job to
 * the next, print, or end the program where they should return.
 */
#ifndef BASE_CHILD_H
#define BASE_CHILD_H

#include <stddef.h>

#include "base/error.h"
#include "base/strbuf.h"

struct child_job {
	const char *name;  /* begins messages */
	unsigned seconds;  /* it may take */
	size_t limit;      /* bytes it may answer */
	void (*work)(int fd, void *ctx); /* in the child: write to fd */
	void *ctx;
};

/*
 * Fork, work with stderr closed, append to out what it wrote. Returns 0; 1 when
 * it did not end by itself with 0 (out has what came); -1 when it could not be
 * started or read.
 */
int child_run(const struct child_job *job, struct strbuf *out, struct err *e);

#endif
