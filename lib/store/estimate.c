#include "store/estimate.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "record/schema.h"
#include "store/endpoint.h"
#include "store/object.h"
#include "store/price.h"
#include "store/voice_parts.h"

#define TOKEN_BYTES 4        /* of English text, about */
#define WORD_BYTES 6         /* with its space */
#define WORDS_A_SECOND 2.5   /* spoken */
#define TOKENS_A_WORD 3      /* of a script, markup and thinking included */
#define TOKENS_A_SCRIPT 500
#define PROMPT_WORDS 800     /* of ours, round brief and source */
#define SPOKEN_A_SECOND 14   /* characters; text/pace.h */
#define AUDIO_TOKENS 32      /* a second */

int
asset_stage(enum asset_what what)
{
	switch (what) {
	case ASSET_SCRIPT:
		return PROVIDER_SCRIPT;
	case ASSET_AUDIO:
		return PROVIDER_SPEECH;
	case ASSET_IMAGE:
	case ASSET_COVER:
		return PROVIDER_IMAGE;
	default:
		return 0;
	}
}

struct endpoint *
endpoint_known(const char *spec, int stage, struct err *e)
{
	struct err why = ERR_INIT;
	struct endpoint *ep = stage ? endpoint_get(spec,
	    (enum provider_stage)stage, &why) : NULL;

	e->code = 0;
	if (!ep && why.code && why.code != EX_CONF)
		*e = why;
	return ep;
}

int
estimate_is_network(const struct asset_state *a)
{
	struct err e = ERR_INIT;
	struct endpoint *ep;

	if (!a->paid)
		return 0;
	ep = endpoint_known(a->provider, asset_stage(a->what), &e);
	return !ep || ep->type->kind == PROVIDER_NETWORK;
}

/* The price as price_find gives it, the endpoint in *ep. */
static int
price_of(const char *spec, int stage, struct endpoint **ep,
    struct price *price, struct err *e)
{
	struct err why = ERR_INIT;

	*ep = endpoint_known(spec, stage, &why);
	if (why.code) {
		if (e)
			*e = why;
		return -1;
	}
	return price_find(*ep, spec, price, e);
}

static long long
tokens(size_t bytes)
{
	return (long long)((bytes + TOKEN_BYTES - 1) / TOKEN_BYTES);
}

/* What a text becomes that a model speaks. */
static long long
spoken_tokens(long long characters, double speed)
{
	double seconds = (double)characters / SPOKEN_A_SECOND /
	    (speed > 0 ? speed : 1);

	return (long long)(seconds * AUDIO_TOKENS + 0.5);
}

/* The pieces that the store does not have, and their characters. */
static size_t
count_parts(const struct asset_state *a, const struct voice_choice *v,
    const struct endpoint *ep, struct call_usage *u)
{
	struct voice_parts p;
	const char *digest;
	size_t i, bytes = 0;

	voice_parts_make(v->spoken, v->lexicon, ep ? ep->cap : 0, a->want, &p);
	for (i = 0; i < p.nr; i++) {
		digest = voice_part_digest(&p, a->want, i);
		if (digest && object_is_kept(digest))
			continue;
		u->calls++;
		u->characters += (long long)utf8_length(p.sent.text.buf +
		    p.v[i].chunk.off, p.v[i].chunk.len);
		bytes += p.v[i].chunk.len;
	}
	voice_parts_release(&p);
	return bytes;
}

static void
use_voice(const struct project *p, const struct asset_state *a,
    const struct endpoint *ep, const struct price *price,
    struct call_usage *u)
{
	struct voice_choice v;
	size_t bytes;

	voice_choose(p, a->scene, &v);
	bytes = count_parts(a, &v, ep, u);
	if (price->set & PRICE_INPUT)
		u->input_tokens = tokens(bytes);
	if (price->set & PRICE_OUTPUT)
		u->output_tokens = spoken_tokens(u->characters, v.speed);
	voice_choice_release(&v);
}

static void
use_picture(const struct project *p, const struct asset_state *a,
    const struct price *price, struct call_usage *u)
{
	struct image_choice c;

	image_choose(p, a->scene, &c);
	u->pictures = 1;
	u->calls = 1;
	if (price->set & PRICE_INPUT)
		u->input_tokens = tokens(strlen(c.prompt) + strlen(c.style));
	image_choice_release(&c);
}

static size_t
input_bytes(const struct request *r, const char *key)
{
	size_t i;

	for (i = 0; r && i < r->nr; i++)
		if (!strcmp(r->input[i].key, key))
			return r->input[i].len;
	return 0;
}

/* Words of a target such as "3m" or "300 words"; 0 without one. */
static double
target_words(const char *target)
{
	double seconds;
	char *end;
	long n;

	if (!*target)
		return 0;
	n = strtol(target, &end, 10);
	if (end != target && !strcmp(end, " words"))
		return (double)n;
	if (duration_parse(target, &seconds) < 0)
		return 0;
	return seconds * WORDS_A_SECOND;
}

static void
use_script(const struct project *p, const struct asset_state *a,
    struct call_usage *u)
{
	size_t brief = input_bytes(a->want, "brief");
	size_t source = input_bytes(a->want, "source");
	size_t asked = input_bytes(a->want, "instructions");
	double words = target_words(p->target_length);

	if (words <= 0)
		words = (double)(source ? source : brief) / WORD_BYTES;
	u->input_tokens = tokens(brief + source + asked +
	    PROMPT_WORDS * WORD_BYTES);
	u->output_tokens = (long long)(words * TOKENS_A_WORD) +
	    TOKENS_A_SCRIPT;
	u->calls = 1;
}

int
estimate_asset(const struct project *p, const struct asset_state *a,
    struct call_usage *u, struct err *e)
{
	static const struct call_usage none = CALL_USAGE_INIT;
	int stage = asset_stage(a->what);
	struct endpoint *ep;
	struct price price;

	*u = none;
	if (!stage || !a->provider || !a->paid || a->in_store ||
	    a->shared || !state_needs_making(a))
		return 0;
	if (price_of(a->provider, stage, &ep, &price, e) < 0)
		return -1;
	if (stage == PROVIDER_SCRIPT)
		use_script(p, a, u);
	else if (stage == PROVIDER_SPEECH)
		use_voice(p, a, ep, &price, u);
	else
		use_picture(p, a, &price, u);
	return 0;
}

long long
estimate_calls_max(const struct asset_state *a, const struct call_usage *u)
{
	return a->what == ASSET_SCRIPT ? 2 * u->calls : u->calls;
}

int
cost_today(const char *spec, int stage, const struct call_usage *u,
    struct cost *out, struct err *e)
{
	struct call_usage used = *u;
	struct endpoint *ep;
	struct price price;
	int ret;

	memset(out, 0, sizeof(*out));
	ret = price_of(spec, stage, &ep, &price, e);
	if (ret < 0)
		return -1;
	if (ret && stage == PROVIDER_SPEECH && used.characters > 0 &&
	    !used.output_tokens && !(price.set & PRICE_CHARACTERS) &&
	    (price.set & PRICE_OUTPUT)) {
		used.input_tokens = tokens((size_t)used.characters);
		used.output_tokens = spoken_tokens(used.characters, 1);
	}
	out->free = ret && price.free;
	out->known = ret && price_covers(&price, &used);
	if (out->known)
		out->dollars = price_round(price_cost(&price, &used));
	return 0;
}

int
estimate_cost(const struct asset_state *a, const struct call_usage *u,
    struct cost *out, struct err *e)
{
	if (u->calls)
		return cost_today(a->provider, asset_stage(a->what), u, out,
		    e);
	memset(out, 0, sizeof(*out));
	out->known = 1;
	return 0;
}
