/*
 * Child processes: bytes in, bytes out, nothing else inherited.
 */
#ifndef BASE_SPAWN_H
#define BASE_SPAWN_H

#include <stddef.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "base/strvec.h"

struct spawn {
	const char *const *argv;  /* argv[0] is looked up in PATH */
	const struct strvec *env; /* NAME=value to add; may be NULL */
	const char *dir;          /* folder to run in; NULL: this one */
	const void *in;           /* bytes for its stdin */
	size_t in_len;
	int out_fd;               /* its stdout goes here; -1: to out */
	struct strbuf *out;       /* appended to; NULL: its stdout is ours */
	size_t out_limit;         /* more bytes than this is an error */
	struct strbuf *errout;    /* its stderr, first 4 KiB; NULL: ours */
	int keep_secrets;         /* 1: leave provider keys in its env. */
	const char *const *drop;  /* names of variables that it does not get,
				     NULL at the end; may be NULL */
};

#define SPAWN_INIT { NULL, NULL, NULL, NULL, 0, -1, NULL, 0, NULL, 0, NULL }

/* Run to the end. Returns the exit status (128 + n for a signal), or -1 when
 * it could not be started or its output was over the limit (it is killed).
 * Variables that hold keys (secret_is_variable) are taken out of the child's
 * environment unless keep_secrets. */
int spawn_run(const struct spawn *s, struct err *e);

#endif
