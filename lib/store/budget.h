/*
 * What a run may spend: the user's ceiling, and the project's budget.
 *
 * The ceiling of a run is maxCost in the user's settings.yaml, else
 * BUDGET_MAX_COST; the environment's MAX_COST wins over both. Each is a number
 * of dollars, or "unlimited". The budget is budget: in project.yaml, in dollars
 * over the project's whole life, which its ledger adds up.
 */
#ifndef STORE_BUDGET_H
#define STORE_BUDGET_H

#include "base/strvec.h"
#include "store/state.h"

#define BUDGET_MAX_COST 1.00 /* dollars */

struct cost_sum {
	double dollars;       /* of the calls whose price is known */
	size_t calls, unknown;
	const char *first_unknown; /* provider; borrowed from the survey */
	enum asset_what unknown_what; /* what it is to make */
	struct strvec *asked; /* digests, sorted: one that is in it is not
				 counted, another put into it; may be NULL */
};

/* Dollars, INFINITY without a limit. EX_DATA for a wrong setting, EX_BADUSE for
 * a wrong MAX_COST. */
int budget_ceiling(double *max, struct err *e);
/* Is this a value for maxCost? */
int budget_is_ceiling(const char *s);

#define COST_SUM_INIT { 0, 0, 0, NULL, ASSET_SCRIPT, NULL }

/* Add the calls that making one asset takes. */
int budget_add(const struct project *p, const struct asset_state *a,
	struct cost_sum *out, struct err *e);

#define BUDGET_ALL (~0)
#define BUDGET_OF(what) (1 << (what)) /* or-ed, of enum asset_what */

/* The calls that making everything stale takes: those of the store, and what
 * is free, are not among them. */
int budget_plan(const struct project *p, const struct survey *v, int whats,
	struct cost_sum *out, struct err *e);

/*
 * May these calls be made, after spent_in_run dollars? EX_NOQUOTA where they
 * go over the ceiling or the budget, or where a price is not known, with the
 * figures and the command that allows it; EX_CONF where the provider itself
 * is not known. Nothing to be paid is always allowed.
 */
int budget_check(const struct project *p, const struct cost_sum *planned,
	double spent_in_run, struct err *e);

#endif
