#include "store/budget.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "record/schema_value.h"
#include "store/endpoint.h"
#include "store/estimate.h"
#include "store/ledger.h"
#include "store/price.h"
#include "store/user.h"

#define SLACK 1e-9 /* of sums of doubles */
#define COMMAND_MOST 600 /* bytes of a command in a message */

/* -1 where s is neither a number of dollars nor "unlimited". */
static int
read_ceiling(const char *s, double *max)
{
	struct node n = { .kind = NODE_SCALAR, .str = (char *)s,
		.len = strlen(s) };

	if (!strcmp(s, "unlimited")) {
		*max = INFINITY;
		return 0;
	}
	return node_is_num(&n, max) && *max >= 0 ? 0 : -1;
}

int
budget_is_ceiling(const char *s)
{
	double max;

	return read_ceiling(s, &max) == 0;
}

static int
setting(double *max, struct err *e)
{
	struct node *doc = user_settings(e);
	const struct node *n;
	struct place at = { NULL, NULL, NULL, 0 };
	char *path;
	int ret = 0;

	if (!doc)
		return -1;
	n = node_get(doc, "maxCost");
	*max = BUDGET_MAX_COST;
	if (n && n->kind != NODE_NULL && (n->kind != NODE_SCALAR ||
	    read_ceiling(n->str, max) < 0)) {
		path = user_settings_path();
		at.file = path;
		ret = value_wrong(&at, n, "maxCost",
		    "dollars such as 2.50, or unlimited", e);
		free(path);
	}
	node_free(doc);
	return ret;
}

int
budget_ceiling(double *max, struct err *e)
{
	const char *s = getenv("MAX_COST");

	if (!s || !*s)
		return setting(max, e);
	if (read_ceiling(s, max) == 0)
		return 0;
	return err_set(e, EX_BADUSE, "MAX_COST: '%.40s' is no ceiling; give "
	    "dollars such as 2.50, or unlimited", s);
}

/* Was it asked for by another? Else it is from now on. */
static int
asked_before(struct strvec *asked, const char *digest)
{
	size_t from = 0, to = asked->nr, mid;
	char *last;
	int order;

	while (from < to) {
		mid = from + (to - from) / 2;
		order = strcmp(digest, asked->v[mid]);
		if (order == 0)
			return 1;
		if (order < 0)
			to = mid;
		else
			from = mid + 1;
	}
	strvec_push(asked, digest);
	last = asked->v[asked->nr - 1];
	memmove(asked->v + from + 1, asked->v + from,
	    (asked->nr - 1 - from) * sizeof(*asked->v));
	asked->v[from] = last;
	return 0;
}

int
budget_add(const struct project *p, const struct asset_state *a,
    struct cost_sum *out, struct err *e)
{
	struct call_usage u;
	struct cost cost;

	if (estimate_asset(p, a, &u, e) < 0 ||
	    estimate_cost(a, &u, &cost, e) < 0)
		return -1;
	if (u.calls && out->asked && a->want &&
	    asked_before(out->asked, a->want->digest))
		return 0;
	out->calls += (size_t)u.calls;
	out->dollars += cost.dollars;
	if (cost.known)
		return 0;
	if (!out->unknown) {
		out->first_unknown = a->provider;
		out->unknown_what = a->what;
	}
	out->unknown += (size_t)u.calls;
	return 0;
}

int
budget_plan(const struct project *p, const struct survey *v, int whats,
    struct cost_sum *out, struct err *e)
{
	size_t i;

	memset(out, 0, sizeof(*out));
	for (i = 0; i < v->nr; i++)
		if ((BUDGET_OF(v->a[i].what) & whats) &&
		    budget_add(p, &v->a[i], out, e) < 0)
			return -1;
	return 0;
}

static int
refuse_unknown(const struct cost_sum *c, struct err *e)
{
	static const char *const parts[] = {
		[ASSET_SCRIPT] = "input: 2, output: 10",
		[ASSET_SPLIT] = "call: 0",
		[ASSET_AUDIO] = "characters: 15",
		[ASSET_IMAGE] = "picture: 0.04",
		[ASSET_COVER] = "picture: 0.04",
		[ASSET_VIDEO] = "call: 0"
	};
	struct strbuf row = STRBUF_INIT;

	/* what does not exist has no price either */
	if (!endpoint_get(c->first_unknown, (enum provider_stage)
	    asset_stage(c->unknown_what), e))
		return -1;
	price_add_command(c->first_unknown, parts[c->unknown_what], &row);
	if (row.len > COMMAND_MOST)
		strbuf_reset(&row);
	err_set(e, EX_NOQUOTA, "the price of %.100s is not known, so %zu of "
	    "%zu calls cannot be held against the ceiling; %s%s%s "
	    "MAX_COST=unlimited make", c->first_unknown, c->unknown, c->calls,
	    row.len ? "look it up and add it with: " : "to allow them:",
	    row.buf, row.len ? "; or:" : "");
	strbuf_release(&row);
	return -1;
}

static int
check_budget(const struct project *p, const struct cost_sum *c, struct err *e)
{
	double budget = node_num(p->doc, "budget", -1);
	struct ledger_sum sum;
	struct ledger l;

	if (budget < 0)
		return 0;
	if (ledger_read(p, &l, e) < 0)
		return -1;
	if (ledger_total(&l, &sum, e) < 0) {
		ledger_release(&l);
		return -1;
	}
	ledger_release(&l);
	if (sum.dollars + c->dollars <= budget + SLACK)
		return 0;
	return err_set(e, EX_NOQUOTA, "project.yaml: budget: $%.4f is planned "
	    "(%zu calls) and $%.4f was spent before, but the budget is $%.2f; "
	    "to allow it, set budget: %.2f in project.yaml", c->dollars,
	    c->calls, sum.dollars, budget,
	    price_round_up(sum.dollars + c->dollars));
}

int
budget_check(const struct project *p, const struct cost_sum *planned,
    double spent_in_run, struct err *e)
{
	double max, all = planned->dollars + spent_in_run;
	char spent[60] = "";

	if (budget_ceiling(&max, e) < 0)
		return -1;
	if (!planned->calls)
		return 0;
	if (!isinf(max) && planned->unknown)
		return refuse_unknown(planned, e);
	if (spent_in_run > 0)
		snprintf(spent, sizeof(spent),
		    ", $%.4f was spent before in this run", spent_in_run);
	if (all > max + SLACK)
		return err_set(e, EX_NOQUOTA, "%zu call%s would cost about "
		    "$%.4f%s, but maxCost, the ceiling of a run, is $%.2f; to "
		    "allow it: make MAX_COST=%.2f", planned->calls,
		    planned->calls == 1 ? "" : "s", planned->dollars, spent,
		    max, price_round_up(all));
	return check_budget(p, planned, e);
}
