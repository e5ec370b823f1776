/*
 * The gate before every call: how many go out at once, and whether any may.
 *
 * At most "limit" calls of a provider are under way at a time, over all
 * programs and projects of this user, by kernel locks on slot files. The first
 * call of a run goes alone: the others wait until it is known that key, quota
 * and address are good, so that a fault of these is met once and not by all of
 * them. Such a fault stops the run: no further call is made in it.
 *
 * A run is one make, or one program started by hand: STUDIO_RUN names it, its
 * files are in $XDG_RUNTIME_DIR/studio/runs/ID.
 */
#ifndef STORE_GATE_H
#define STORE_GATE_H

#include "base/error.h"

enum gate_end {
	GATE_ANSWERED, /* key and address are good, whatever the answer says */
	GATE_UNSURE,   /* nothing was learned */
	GATE_STOPPED   /* key, quota, address: nobody need try again */
};

struct gate {
	char *name; /* of the provider, as a file name; NULL while outside */
	int slot;   /* -1: there is no limit */
	int first;  /* lock of the first call; -1: another was first */
	char *answered; /* the first's file, to be there once it was answered */
};

#define GATE_INIT { NULL, -1, -1, NULL }

/* Wait for a place. provider is an alias, or "exec:COMMAND"; limit 0: no limit,
 * and nobody goes first. -1 with the fault that stopped this run. */
int gate_enter(struct gate *g, const char *provider, int limit,
	struct err *e);
/* The call is over; why is the fault of GATE_STOPPED. Fine when outside. */
void gate_leave(struct gate *g, enum gate_end end, const struct err *why);

/* Stop the run for every provider: the disk is full. */
void gate_stop_all(const struct err *why);
/* Is this run stopped for a provider? Then *e says why. */
int gate_is_stopped(const char *provider, struct err *e);

/* The run's name, made and put into the environment where there is none. */
const char *gate_run(void);
/* Dollars that this run has spent, and note more. */
double gate_spent(void);
void gate_spend(double dollars);

#endif
