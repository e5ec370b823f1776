/*
 * What the server leaves behind of each request, in its folder:
 *
 *	port    its port; whole as soon as it is there
 *	N.head  request line and headers of request N, as received
 *	N.body  its body, decoded where it came in chunks
 *	began   a line for each request as soon as its head is read:
 *	        N METHOD TARGET
 *	log     a line when it is dealt with, before the reply's last byte is
 *	        sent, so that who has the reply also finds the line:
 *	        N METHOD TARGET STATUS RULE FLIGHT START END KEY GROUP CONN
 *
 * STATUS is the code sent, raw or none (a reply without a code, no reply), or
 * gone: the client went before the reply was complete, or while it still sent
 * its request. RULE is the rule's number (0: none answered); FLIGHT how many
 * of its group were in flight when this came to it, itself included; START
 * and END are ms of CLOCK_MONOTONIC: head read, reply complete. KEY is the
 * value of its Idempotency-Key, GROUP the rule's group, or -. CONN is the
 * number of its connection. Blanks and what is not ASCII are \xHH in a line.
 */
#ifndef SERVER_JOURNAL_H
#define SERVER_JOURNAL_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "request.h"

struct journal {
	int dir, began, log; /* descriptors */
};

struct journal_line {
	unsigned long number, conn;
	char status[8];
	int rule, flight;
	int64_t start;
	const char *group; /* may be NULL */
};

/* The folder is made where it is not there. */
int journal_open(struct journal *j, const char *dir, struct err *e);
void journal_close(struct journal *j);
int journal_port(const struct journal *j, unsigned port, struct err *e);

/* Writes N.head and the line in began. These warn and go on where the disk
 * fails: the test that reads them will. */
void journal_begin(const struct journal *j, unsigned long number,
	const struct request *r);
void journal_body(const struct journal *j, unsigned long number,
	const struct request *r);
void journal_end(const struct journal *j, const struct journal_line *l,
	const struct request *r);

#endif
