#include "provider/verdict.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hold.h"
#include "base/url.h"
#include "provider/reply_error.h"

#define NEAR_PATIENCE 2.0 /* for a server on this machine that is not there */
#define FAR_PATIENCE 20.0 /* for one elsewhere */

/* The end of a message about an address that is not there. */
static int
unreachable(const struct call *c, struct err *e)
{
	char was[ERR_MAX];

	snprintf(was, sizeof(was), "%s", e->msg);
	return err_set(e, EX_LATER, "%s: %.600s; %s, or correct the address: "
	    "studio config --user providers.%s.baseUrl URL", c->ep->alias, was,
	    c->ep->local ? "start the server" : "look at the network",
	    c->ep->alias);
}

/* The end of a message about a server that must not be talked to. */
static void
barred(const struct call *c, struct err *e)
{
	char was[ERR_MAX];

	snprintf(was, sizeof(was), "%s", e->msg);
	if (e->code != EX_CONF)
		err_prefix(e, "%s", c->ep->alias);
	else
		err_set(e, EX_CONF, "%s: %.600s; correct the address: studio "
		    "config --user providers.%s.baseUrl URL (caFile: names a "
		    "certificate of your own)", c->ep->alias, was,
		    c->ep->alias);
}

void
verdict_silence(struct call *c, const struct http_reply *r, struct verdict *v,
    struct err *e)
{
	if (r->outcome == HTTP_BARRED) {
		v->next = NEXT_FAIL;
		c->pp->end = GATE_STOPPED;
		barred(c, e);
		return;
	}
	if (r->outcome == HTTP_UNKNOWN || r->outcome == HTTP_TOO_MUCH) {
		v->next = NEXT_UNSURE;
		if (r->outcome == HTTP_TOO_MUCH)
			v->patience = 0;
		err_prefix(e, "%s", c->ep->alias);
		return;
	}
	if (hold_pending()) { /* not the server's fault */
		v->next = NEXT_FAIL;
		err_prefix(e, "%s", c->ep->alias);
		return;
	}
	v->next = NEXT_WAIT;
	v->patience = fmin(v->patience, c->ep->local ? NEAR_PATIENCE
	    : FAR_PATIENCE);
	v->told = 1;
	unreachable(c, e);
}

void
verdict_elsewhere(const struct call *c, const struct http_reply *r,
    struct verdict *v, struct err *e)
{
	v->next = r->outcome == HTTP_BARRED ? NEXT_FAIL : NEXT_WAIT;
	v->patience = fmin(v->patience, FAR_PATIENCE);
	if (r->outcome == HTTP_BARRED)
		e->code = EX_REFUSED;
	err_prefix(e, "%s: its result", c->ep->alias);
}

static int
key_fault(const struct call *c, const struct http_reply *r,
    const struct reply_error *said, struct err *e)
{
	char *source = endpoint_key_source(c->ep);

	if (said->is_quota || r->status == 402)
		err_set(e, EX_NOQUOTA, "%s: %s; the account or its limit has "
		    "to be raised, then run it again", c->ep->alias,
		    said->text);
	else if (!c->ep->key)
		err_set(e, EX_NOQUOTA, "%s: wants a key (%d: %s); give it one: "
		    "studio config --user providers.%s.keyCommand 'COMMAND "
		    "THAT PRINTS IT'", c->ep->alias, r->status, said->text,
		    c->ep->alias);
	else
		err_set(e, EX_NOQUOTA, "%s: the key (%s) is not accepted (%d: "
		    "%s); correct it", c->ep->alias, source ? source : "?",
		    r->status, said->text);
	free(source);
	return -1;
}

static int
model_fault(const struct call *c, const struct http_reply *r,
    const struct reply_error *said, struct err *e)
{
	const char *base = c->ep->type->base_url, *path;

	base = base ? strstr(base, "://") : NULL;
	path = base ? strchr(base + 3, '/') : NULL;
	if (!said->is_model && strcasestr(said->text, "voice"))
		return err_set(e, EX_CONF, "%s: %d: %s; name another: %s VOICE "
		    "(studio providers %s lists them)", c->ep->alias,
		    r->status, said->text, c->setting
		    ? "studio config defaultTtsVoice" : "--voice",
		    c->ep->alias);
	if (!said->is_model)
		return err_set(e, EX_CONF, "%s: %d: %s; is the address right? "
		    "studio config --user providers.%s.baseUrl URL%s%s%s",
		    c->ep->alias, r->status, said->text, c->ep->alias,
		    path ? " (with its " : "", path ? path : "",
		    path ? ")" : "");
	return err_set(e, EX_CONF, "%s: model %s: %s; name another: %s%s "
	    "%s:MODEL (studio providers %s lists them)", c->ep->alias,
	    c->model ? c->model : "(none)", said->text,
	    c->setting ? "studio config " : "",
	    c->setting ? c->setting : "--provider", c->ep->alias,
	    c->ep->alias);
}

static void
refused(struct call *c, const struct http_reply *r, struct verdict *v,
    const struct reply_error *said, struct err *e)
{
	char where[200];

	v->next = NEXT_FAIL;
	c->pp->end = GATE_STOPPED;
	if (r->status < 400) {
		url_show(r->location, where, sizeof(where));
		err_set(e, EX_CONF, "%s: %d: it redirects to %s, which is not "
		    "followed with a key; correct its baseUrl:", c->ep->alias,
		    r->status, where);
	} else if (r->status == 401 || r->status == 402 || r->status == 403 ||
	    said->is_quota || said->is_key) {
		key_fault(c, r, said, e);
	} else if (r->status == 404 || r->status == 410 || said->is_model) {
		model_fault(c, r, said, e);
	} else {
		c->pp->end = GATE_ANSWERED;
		err_set(e, EX_REFUSED, "%s: %d: %s", c->ep->alias, r->status,
		    said->text);
	}
}

void
verdict_answer(struct call *c, const struct http_reply *r, struct verdict *v,
    struct err *e)
{
	struct reply_error said;

	if (r->status >= 200 && r->status < 300) {
		v->next = NEXT_DONE;
		c->pp->end = GATE_ANSWERED;
		return;
	}
	reply_error_read(&r->body, &said);
	v->wait = fmax(r->retry_after, said.wait);
	switch (r->status) {
	case 429: case 503: case 529:
		v->next = NEXT_WAIT;
		break;
	case 408: case 409: case 500: case 502: case 504:
		v->next = NEXT_UNSURE;
		break;
	default:
		refused(c, r, v, &said, e);
		return;
	}
	if (said.is_quota) {
		refused(c, r, v, &said, e);
		return;
	}
	err_set(e, EX_LATER, "%s: %d: %s", c->ep->alias, r->status, said.text);
	if (r->should_retry != 0)
		return;
	/* what it did is not known, whether or not it is to be asked again */
	if (v->next == NEXT_UNSURE)
		v->patience = 0;
	else
		v->next = NEXT_FAIL;
}
