/*
 * What making an asset is expected to use and to cost, said without any call.
 */
#ifndef STORE_ESTIMATE_H
#define STORE_ESTIMATE_H

#include "store/state.h"
#include "store/usage.h"

/*
 * The use of the call that makes a: all 0 where none is made (it needs no
 * making, is free, or the store or the call of another answers it). How it is
 * counted:
 *
 *	voice     code points of what is spoken, before the lexicon; a call for
 *	          each piece that the endpoint takes. Where the price counts
 *	          tokens, also these: a token in 4 bytes of text in, 32 a second
 *	          out ("Gemini represents each second of audio as 32 tokens",
 *	          ai.google.dev/gemini-api/docs/tokens), 14 characters a second
 *	picture   one, and a token in 4 bytes of prompt and style
 *	script    a token in 4 bytes of brief, source and 800 words of prompt
 *	          in, 3 for each word of the target (or of the source) and 500
 *	          out
 *
 * An alias that the user's settings do not name is counted as one call. -1
 * where the settings or a price list are wrong.
 */
int estimate_asset(const struct project *p, const struct asset_state *a,
	struct call_usage *u, struct err *e);

/* The most calls that this may take: a script that is far from its target
 * length is sent back once. */
long long estimate_calls_max(const struct asset_state *a,
	const struct call_usage *u);

struct cost {
	double dollars;
	int known; /* 0: the price is not known, dollars is 0 */
	int free;  /* whatever is used */
};

/* What this use of a's provider costs at today's price. */
int estimate_cost(const struct asset_state *a, const struct call_usage *u,
	struct cost *out, struct err *e);

/* The stage that makes a; 0 where no provider does. */
int asset_stage(enum asset_what what);

/* The endpoint of a provider, NULL with e->code 0 where the user's settings do
 * not have the alias (a project may name one that only others have). */
struct endpoint *endpoint_known(const char *spec, int stage, struct err *e);

/* Is a made by a server? Those that nobody knows are, for all we know. */
int estimate_is_network(const struct asset_state *a);

/* What this use of a provider costs at today's price. Of speech that is priced
 * by tokens by a server that counts none, as OpenAI's, they are reckoned from
 * the characters, as estimate_asset does. */
int cost_today(const char *spec, int stage, const struct call_usage *u,
	struct cost *out, struct err *e);

#endif
