/*
 * The store as a tar file, to be carried to another machine or kept.
 *
 *	studio-store/version         "1\n", first
 *	studio-store/SHELF/D.json    what is known of a reply: its sha256 and
 *	                             bytes, kind, provider, at, cost
 *	studio-store/SHELF/D         the reply, right behind it
 *	studio-store/made/PROJECT    made.h's list
 *
 * SHELF is objects, journal, rejected or intents (which have the .json alone);
 * D is a request's digest. In this order, each sorted by D: the same store
 * gives the same bytes.
 */
#ifndef STORE_STOCK_TAR_H
#define STORE_STOCK_TAR_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/strvec.h"

struct stock_moved {
	size_t taken;   /* replies that are now here, or in the file */
	size_t there;   /* these very bytes were here */
	size_t kept;    /* another reply to the same request was, and stays */
	size_t mended;  /* one that was rotten here was replaced */
	size_t intents;
	uint64_t bytes; /* of those taken */
	struct strvec faults; /* export: replies left out, a line each */
};

/* To the descriptor; file is for messages. A reply that is not what its record
 * says is left out and named in faults. */
int stock_export(int fd, const char *file, struct stock_moved *m,
	struct err *e);

/*
 * Every reply is read to its end and compared with its sha256 before it is
 * put in place, each atomically and in its own lock: what came before a fault
 * stays, whole, and importing again goes on. What is here is never replaced by
 * another reply, unless it is rotten.
 */
int stock_import(int fd, const char *file, struct stock_moved *m,
	struct err *e);

void stock_moved_release(struct stock_moved *m);

#endif
