/*
 * A call that stopped: whose it is and which files it changes.
 */
#ifndef CALL_H
#define CALL_H

#include <limits.h>
#include <linux/seccomp.h>
#include <sys/types.h>

#include "filter.h"

struct call {
	const struct call_kind *kind;
	pid_t pid;             /* the process, not the thread */
	int own;               /* of a program that we test */
	int inside;            /* a path is below one of the folders */
	int writable;          /* of an fd: it was opened for writing */
	long long count;       /* bytes to write; 0 where it writes none */
	char path[2][PATH_MAX];/* absolute; "" where there is none */
};

/* Where programs that we test are, and the folders whose files count. */
void call_programs(const char *dir);
int call_folder(const char *dir);

void call_read(const struct seccomp_notif *n, struct call *c);

/* Write the first half of what a write is to write. Returns the bytes that
 * were written, -1 with errno where it cannot be cut. */
long call_write_half(const struct seccomp_notif *n, const struct call *c);

#endif
