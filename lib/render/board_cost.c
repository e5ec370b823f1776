#include "render/board_part.h"
#include "store/ledger.h"

void
board_cost_asset(struct board_cost *sum, const struct project *p,
    const struct asset_state *a)
{
	struct call_usage u;
	struct cost cost;
	struct err ignored = ERR_INIT;

	if (!a->paid || a->in_store)
		return;
	if (estimate_asset(p, a, &u, &ignored) < 0 ||
	    estimate_cost(a, &u, &cost, &ignored) < 0) {
		sum->calls++;
		sum->unknown++;
		return;
	}
	sum->calls += (size_t)u.calls;
	sum->unknown += cost.known ? 0 : (size_t)u.calls;
	sum->dollars += cost.dollars;
}

void
board_cost_spent(struct board_cost *sum, const struct project *p)
{
	struct ledger l;
	struct ledger_sum total;
	struct err ignored = ERR_INIT;

	if (ledger_read(p, &l, &ignored) < 0)
		return;
	if (ledger_total(&l, &total, &ignored) == 0) {
		sum->calls = total.calls;
		sum->unknown = total.unknown;
		sum->dollars = total.dollars;
	}
	ledger_release(&l);
}
