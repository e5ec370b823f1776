#include "provider/asking.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/hold.h"
#include "base/mem.h"
#include "provider/http.h"
#include "record/spec.h"
#include "store/estimate.h"
#include "store/user.h"

#define NAME_SHOWN 100 /* bytes of a command in a message */

void
asking_name(const struct asking *a, char *out, size_t size)
{
	snprintf(out, size, "%.*s", NAME_SHOWN, a->o->spec);
}

int
asking_start(struct asking *a, struct err *e)
{
	a->ep = endpoint_get(a->o->spec, a->stage, e);
	if (!a->ep)
		return -1;
	if (a->o->project && a->ep->type->kind == PROVIDER_EXEC &&
	    trust_check(a->o->spec + strlen("exec:"), e) < 0)
		return -1;
	return 0;
}

void
asking_own(struct asking *a, const char *pair[][2])
{
	size_t i;

	if (a->o->want || a->ep->type->kind != PROVIDER_NETWORK)
		return;
	a->own = request_new(a->kind, 1);
	request_add(a->own, "provider", a->o->spec);
	request_add(a->own, "filter", "1");
	for (i = 0; pair[i][0]; i++)
		request_add(a->own, pair[i][0], pair[i][1] ? pair[i][1] : "");
	request_seal(a->own);
	a->o->want = a->own;
}

void
asking_end(struct asking *a)
{
	if (!a->own)
		return;
	a->o->want = NULL;
	request_free(a->own);
	a->own = NULL;
}

/* Dollars; < 0 where nobody knows. */
static double
dollars(const struct asking *a, const struct call_usage *u)
{
	struct cost c;

	if (cost_today(a->o->spec, a->stage, u, &c, NULL) < 0 || !c.known)
		return -1;
	return c.dollars;
}

static double
cost(void *ctx, const struct call_usage *used)
{
	return dollars(ctx, used);
}

static int
send(void *ctx, struct paid_progress *pp, struct strbuf *reply, struct err *e)
{
	struct asking *a = ctx;
	struct call c = { a->ep, spec_model(a->o->spec),
		a->o->project ? a->setting : NULL, a->digest,
		dollars(a, &a->expect), pp, 0 };

	return a->ask(a->ctx, &c, reply, e);
}

/* What a server does not count is what was asked for. */
static int
verify(void *ctx, const struct strbuf *reply, struct call_usage *used,
    struct err *e)
{
	struct asking *a = ctx;
	int ret = a->verify(a->ctx, reply, used, e);

	a->seen = 1;
	if (!used->characters)
		used->characters = a->expect.characters;
	if (!used->pictures)
		used->pictures = a->expect.pictures;
	if (!used->input_tokens && !used->output_tokens) {
		used->input_tokens = a->expect.input_tokens;
		used->output_tokens = a->expect.output_tokens;
	}
	used->calls = 1;
	return ret;
}

/* A note that lives only as long as this program. */
static int
keep_here(struct paid_progress *pp, const char *note, struct err *e)
{
	char *copy = note ? xstrdup(note) : NULL;

	(void)e;
	free(pp->keeper);
	pp->keeper = copy;
	pp->note = copy;
	return 0;
}

/* A filter in a pipe: nothing is kept. */
static int
ask_once(struct asking *a, const char *gate, int limit, struct strbuf *reply,
    struct err *e)
{
	struct paid_progress pp = { .end = GATE_UNSURE, .keep = keep_here };
	struct call_usage used = CALL_USAGE_INIT;
	struct gate g = GATE_INIT;
	int ret;

	if (gate_enter(&g, gate, limit, e) < 0)
		return -1;
	ret = send(a, &pp, reply, e);
	gate_leave(&g, pp.end, ret < 0 ? e : NULL);
	hold_release();
	free(pp.keeper);
	return ret < 0 ? -1 : verify(a, reply, &used, e);
}

int
asking_run(struct asking *a, struct strbuf *reply, struct err *e)
{
	const char *gate = a->ep->type->kind == PROVIDER_EXEC ? a->o->spec
	    : a->ep->alias;
	struct call_usage used = CALL_USAGE_INIT;
	struct paid_call c = { 0 };
	int stored = 0, ret;

	if (a->ep->type->kind == PROVIDER_NETWORK)
		http_start();
	if (!a->digest)
		return ask_once(a, gate, a->ep->limit, reply, e);
	c.project = a->o->project;
	c.digest = a->digest;
	c.kind = a->kind;
	c.provider = a->o->spec;
	c.what = a->o->what;
	c.scene = a->o->scene;
	c.gate = gate;
	c.limit = a->ep->limit;
	c.expect = a->reserve;
	c.estimate = dollars(a, &a->expect);
	c.again = a->o->again;
	c.ctx = a;
	c.send = send;
	c.verify = verify;
	c.cost = cost;
	a->seen = 0;
	ret = paid_get(&c, reply, &stored, e);
	a->o->stored &= stored;
	/* what was in the store was looked at when it came */
	if (ret == 0 && !a->seen)
		ret = verify(a, reply, &used, e);
	return ret;
}

void
asking_check_model(const struct asking *a, const char *said,
    struct strbuf *warnings)
{
	const char *want = spec_model(a->o->spec), *base;
	size_t n;

	if (!want || !*want || !*said)
		return;
	base = strrchr(want, '/');
	base = base ? base + 1 : want;
	n = strlen(base) < strlen(said) ? strlen(base) : strlen(said);
	if (!strncasecmp(want, said, strlen(want)) || strcasestr(said, base) ||
	    !strncasecmp(base, said, n))
		return;
	strbuf_addf(warnings, "%s: asked for model %s, and %s answered\n",
	    a->ep->alias, want, said);
}
