/*
 * Intents: what is being asked and may already be paid for. One file a digest
 * in the store, there from before a call until its reply is journalled. One
 * that is left behind tells the next program that the outcome is unknown, or by
 * which job a call that was accepted goes on.
 */
#ifndef STORE_INTENT_H
#define STORE_INTENT_H

#include "base/error.h"

struct intent {
	const char *digest, *kind, *provider, *what; /* borrowed */
	double estimate; /* dollars; < 0: nobody knows */
	char *note;  /* a job's id or address; NULL while there is none */
	int unknown; /* calls before this one whose outcome is unknown */
};

/* Fill note and unknown from what an earlier program left: one call more of
 * unknown outcome, unless a note says how it goes on. Nothing left: NULL and
 * 0. note is to be freed. */
void intent_recall(struct intent *in);
int intent_write(const struct intent *in, struct err *e);
/* Fine when it is not there. */
void intent_remove(const char *digest);

#endif
