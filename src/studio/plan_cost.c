/*
 * What a plan costs: for plan.
 */
#include <stdio.h>
#include <string.h>

#include "record/json.h"
#include "store/budget.h"
#include "store/estimate.h"
#include "store/gate.h"
#include "studio/studio.h"

static void
estimate(const struct plan *p, const struct asset_state *a,
    struct call_usage *u, struct cost *cost)
{
	struct err e = ERR_INIT;

	if (estimate_asset(&p->project, a, u, &e) < 0 ||
	    estimate_cost(a, u, cost, &e) < 0)
		die_err(&e);
}

void
plan_cost(const struct plan *p, struct plan_cost *out)
{
	const struct asset_state *a;
	struct cost_sum planned;
	struct call_usage u;
	struct cost cost;
	size_t i;

	memset(out, 0, sizeof(*out));
	for (i = 0; i < p->survey.nr; i++) {
		a = &p->survey.a[i];
		estimate(p, a, &u, &cost);
		usage_add(&out->usage, &u);
		out->dollars += cost.dollars;
		out->unknown += cost.known ? 0 : (size_t)u.calls;
		out->stored += (size_t)(a->paid && a->in_store &&
		    state_needs_making(a));
	}
	if (budget_plan(&p->project, &p->survey, BUDGET_ALL, &planned,
	    &out->over) < 0 ||
	    (budget_check(&p->project, &planned, gate_spent(),
	    &out->over) < 0 && out->over.code != EX_NOQUOTA &&
	    out->over.code != EX_CONF))
		die_err(&out->over);
	if (!out->over.code)
		plan_ready(p, BUDGET_ALL, &out->over);
}

void
asset_cost(const struct plan *p, const struct asset_state *a, char *out,
    size_t size)
{
	struct call_usage u;
	struct cost cost;
	size_t n;

	estimate(p, a, &u, &cost);
	if (!state_needs_making(a))
		snprintf(out, size, "-");
	else if (a->paid && a->in_store)
		snprintf(out, size, "stored");
	else if (a->shared)
		snprintf(out, size, "same call");
	else if (!cost.known)
		snprintf(out, size, "price unknown");
	else if (!u.calls || cost.free)
		snprintf(out, size, "free");
	else
		dollar_words(cost.dollars, out, size);
	n = strlen(out);
	if (u.calls > 1)
		snprintf(out + n, size - n, ", %lld calls", u.calls);
}

void
usage_tree(struct node *map, const struct call_usage *u)
{
	node_set_whole(map, "characters", u->characters);
	node_set_whole(map, "inputTokens", u->input_tokens);
	node_set_whole(map, "outputTokens", u->output_tokens);
	node_set_whole(map, "pictures", u->pictures);
}

struct node *
asset_cost_tree(const struct plan *p, const struct asset_state *a)
{
	struct node *n = node_new(NODE_MAP);
	struct call_usage u;
	struct cost cost;

	estimate(p, a, &u, &cost);
	node_set_whole(n, "calls", u.calls);
	node_set_whole(n, "callsMax", estimate_calls_max(a, &u));
	usage_tree(n, &u);
	if (cost.known)
		node_set_num(n, "cost", cost.dollars);
	else
		node_set(n, "cost", node_new(NODE_NULL));
	return n;
}
