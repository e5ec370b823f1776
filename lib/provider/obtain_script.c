#include "provider/obtain.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "provider/asking.h"
#include "provider/script_finish.h"
#include "provider/script_prompt.h"
#include "provider/script_reply.h"
#include "store/budget.h"
#include "store/estimate.h"
#include "store/gate.h"
#include "store/object.h"

#define RESERVE (1u << 20)    /* bytes of a reply */
#define BYTES_A_TOKEN 4       /* about; of English */
#define TOKENS_A_WORD 4       /* of the answer, JSON and prompts included */
#define TOKENS_LEAST 4000     /* room to think */
#define TOKENS_MOST 32000

struct writing {
	const struct script_provider *p;
	struct asking a;
	const struct script_request *q;
	struct script_chat chat;
	struct script_answer answer; /* the last one */
	struct script script;        /* read from it */
	struct strbuf warnings;
};

static int
ask(void *ctx, struct call *c, struct strbuf *reply, struct err *e)
{
	struct writing *w = ctx;

	return w->p->ask(w->q, &w->chat, c, reply, e);
}

/* A script as it is, from a command. */
static int
read_markdown(struct writing *w, const char *name, struct err *e)
{
	const struct strbuf *b = &w->answer.text;
	size_t bad = utf8_check(b->buf, b->len);

	if (bad != b->len)
		return err_set(e, EX_DATA, "%s: byte %zu of its output is not "
		    "UTF-8 text; correct the command", name, bad);
	script_parse(b->buf, b->len, &w->script);
	return 0;
}

static int
verify(void *ctx, const struct strbuf *reply, struct call_usage *used,
    struct err *e)
{
	struct writing *w = ctx;
	struct script_answer *a = &w->answer;
	char name[128];

	strbuf_release(&a->text);
	memset(a, 0, sizeof(*a));
	strbuf_init(&a->text);
	script_release(&w->script);
	asking_name(&w->a, name, sizeof(name));
	if (w->p->read(reply, a, e) < 0) {
		*used = a->used;
		return err_prefix(e, "%s", name);
	}
	*used = a->used;
	if (a->is_markdown)
		return read_markdown(w, name, e);
	return script_reply_read(name, &a->text, a->cut, &w->script, e);
}

static double
wanted(const struct script_request *q)
{
	return q->seconds > 0 ? q->seconds : (double)q->words / 2.5;
}

static void
expect(struct writing *w)
{
	double words = wanted(w->q) * 2.5;
	double tokens = words * TOKENS_A_WORD;

	w->a.expect.calls = 1;
	w->a.expect.input_tokens = (long long)(strlen(w->chat.system) +
	    strlen(w->chat.user)) / BYTES_A_TOKEN;
	w->a.expect.output_tokens = (long long)tokens;
	w->chat.tokens = (long long)fmin(TOKENS_MOST, TOKENS_LEAST +
	    2 * tokens);
}

/* Off by more than OBTAIN_OFF? */
static double
off(const struct script_request *q, double got)
{
	double want = wanted(q);

	return want > 0 ? fabs(got - want) / want : 0;
}

/* No plan counts another answer, so it is held against the ceiling here. */
static int
may_spend(const struct writing *w, struct err *e)
{
	const struct obtain *o = w->a.o;
	struct cost_sum sum = { .calls = 1, .first_unknown = o->spec,
		.unknown_what = ASSET_SCRIPT };
	struct cost cost;

	if (!o->project || object_is_kept(w->a.digest))
		return 0;
	if (cost_today(o->spec, PROVIDER_SCRIPT, &w->a.expect, &cost, e) < 0)
		return -1;
	sum.dollars = cost.dollars;
	sum.unknown = (size_t)!cost.known;
	return budget_check(o->project, &sum, gate_spent(), e);
}

/* Send it back once, and keep the one that is nearer. Another answer that
 * cannot be had is no loss: the first one is good. */
static void
repair(struct writing *w, double got)
{
	struct strbuf again = STRBUF_INIT, reply = STRBUF_INIT;
	struct script first = w->script;
	char *answer = strbuf_detach(&w->answer.text, NULL);
	struct request *part = NULL;
	struct err e = ERR_INIT;

	memset(&w->script, 0, sizeof(w->script));
	script_prompt_repair(w->q, got, wanted(w->q), &again);
	w->chat.answer = answer;
	w->chat.again = again.buf;
	if (w->a.o->want) {
		part = request_piece(w->a.o->want, "repair", answer,
		    strlen(answer));
		w->a.digest = part->digest;
	}
	w->a.expect.input_tokens += (long long)strlen(answer) / BYTES_A_TOKEN;
	if (may_spend(w, &e) < 0 || asking_run(&w->a, &reply, &e) < 0)
		strbuf_addf(&w->warnings, "the length was not mended: %s\n",
		    e.msg);
	if (!w->script.nr || off(w->q, script_seconds(w->q, &w->script)) >=
	    off(w->q, got)) {
		script_release(&w->script);
		w->script = first;
	} else {
		script_release(&first);
	}
	request_free(part);
	strbuf_release(&again);
	strbuf_release(&reply);
	free(answer);
}

static void
finish(struct writing *w, struct script_result *r)
{
	const char *model = *w->answer.model ? w->answer.model : w->q->model;

	r->source_type = "trainedAlgorithmicMedia";
	if (w->answer.is_markdown || !model || !*model)
		snprintf(r->version, sizeof(r->version), "%s",
		    w->a.ep->type->name);
	else
		snprintf(r->version, sizeof(r->version), "%s %.90s",
		    w->a.ep->type->name, model);
	asking_check_model(&w->a, w->answer.model, &r->warnings);
	strbuf_add(&r->warnings, w->warnings.buf, w->warnings.len);
	script_finish(w->q, &w->script, r);
	if (w->answer.is_markdown) {
		/* as it came: a command's own words */
		strbuf_reset(&r->markdown);
		strbuf_add(&r->markdown, w->answer.text.buf,
		    w->answer.text.len);
	}
}

static int
run(struct writing *w, struct script_result *r, struct err *e)
{
	struct strbuf reply = STRBUF_INIT;
	double got;
	int ret = asking_run(&w->a, &reply, e);

	if (ret == 0) {
		got = script_seconds(w->q, &w->script);
		if (!w->answer.is_markdown && off(w->q, got) > OBTAIN_OFF)
			repair(w, got);
		finish(w, r);
	}
	strbuf_release(&reply);
	return ret;
}

int
script_obtain(const struct script_provider *p, struct obtain *o,
    const struct script_request *q, struct script_result *r, struct err *e)
{
	struct writing w = { .p = p, .q = q };
	struct strbuf system = STRBUF_INIT, user = STRBUF_INIT;
	struct node *schema;
	int ret;

	if (p->write)
		return p->write(q, r, e);
	script_result_init(r);
	strbuf_init(&w.warnings);
	strbuf_init(&w.answer.text);
	w.a = (struct asking){ .o = o, .stage = PROVIDER_SCRIPT,
		.kind = "script", .setting = "scriptModel",
		.reserve = RESERVE, .ctx = &w, .ask = ask, .verify = verify };
	if (asking_start(&w.a, e) < 0)
		return -1;
	script_prompt_system(q, &system);
	script_prompt_user(q, &user);
	schema = script_prompt_schema();
	w.chat.system = system.buf;
	w.chat.user = user.buf;
	w.chat.schema = schema;
	expect(&w);
	asking_own(&w.a, (const char *[][2]){ { "system", system.buf },
	    { "user", user.buf }, { NULL } });
	w.a.digest = o->want ? o->want->digest : NULL;
	o->stored = 1;
	ret = run(&w, r, e);
	asking_end(&w.a);
	node_free(schema);
	script_release(&w.script);
	strbuf_release(&w.answer.text);
	strbuf_release(&w.warnings);
	strbuf_release(&system);
	strbuf_release(&user);
	return ret;
}
