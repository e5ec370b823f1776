#include "provider/call.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/base64.h"
#include "base/hold.h"
#include "base/mem.h"
#include "base/rng.h"
#include "base/secret.h"
#include "base/url.h"
#include "provider/verdict.h"
#include "record/json.h"

#define FIRST_WAIT 1.0   /* seconds; doubled each time */
#define LONGEST_WAIT 30.0
#define REDIRECTS 3

/* May a request whose outcome is unknown be sent once more? */
static int
may_repeat(const struct call *c, const struct call_request *q)
{
	int keyed = c->ep->idempotent && c->digest; /* prepare sent it */

	if (!strcmp(q->method, "GET") || keyed || c->dollars == 0)
		return 1;
	return c->dollars > 0 && c->dollars <= CALL_UNSURE_DOLLARS &&
	    c->pp->unknown <= 1;
}

/* Seconds before try n (from 1), with up to a quarter more or less, so that
 * many programs do not come back at once. */
static double
backoff(int n, double said)
{
	static struct rng r;
	static int seeded;
	double d = fmin(LONGEST_WAIT, FIRST_WAIT * exp2(n - 1));

	if (!seeded) {
		rng_seed(&r, (uint64_t)getpid(), (uint64_t)time(NULL));
		seeded = 1;
	}
	d *= rng_range(&r, 0.75, 1.25);
	return said > d ? said * rng_range(&r, 1.0, 1.1) : d;
}

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Of one request. */
struct tries {
	int nr;
	double since; /* when it first failed; 0: not yet */
};

/* Decide, and wait where it is asked again: 1 ask again, 0 done, -1 over.
 * Patience is for the waits and for what fails between them. */
static int
go_on(struct call *c, const struct call_request *q, const struct verdict *v,
    struct tries *t, struct err *e)
{
	double at = now(), d;

	if (v->next == NEXT_DONE)
		return 0;
	if (v->next == NEXT_UNSURE)
		c->pp->unknown += strcmp(q->method, "GET") != 0;
	if (v->next == NEXT_UNSURE && !may_repeat(c, q)) {
		err_append(e, "; it may have been made and paid for, so it is "
		    "not asked again by itself: run it again to do so");
		return -1;
	}
	if (v->next == NEXT_FAIL)
		return -1;
	d = backoff(++t->nr, v->wait);
	if (t->since == 0)
		t->since = at;
	if (at - t->since + d > v->patience) {
		if (v->next == NEXT_WAIT)
			c->pp->end = GATE_STOPPED;
		if (v->wait > v->patience)
			err_append(e, "; it asks to wait longer than patience: "
			    "allows; run it again later");
		else if (!v->told)
			err_append(e, "; run it again later");
		return -1;
	}
	return hold_sleep(d) < 0 ? -1 : 1;
}

/* "user:password" as HTTP's basic authentication wants it (RFC 7617); kept as
 * long as the program runs. */
static const char *
basic(const char *key)
{
	static struct strbuf b = STRBUF_INIT;

	strbuf_reset(&b);
	base64_encode(key, strlen(key), &b);
	secret_add(b.buf);
	return b.buf;
}

static int
prepare(struct call *c, const struct call_request *q, struct http_request *h,
    char **url, struct err *e)
{
	const char *auth = c->ep->type->auth;

	memset(h, 0, sizeof(*h));
	if (auth) {
		h->key = endpoint_key(c->ep, e);
		if (!h->key && e->code) {
			c->pp->end = GATE_STOPPED;
			return -1;
		}
		h->auth = auth;
		if (h->key && strstr(auth, "Basic "))
			h->key = basic(h->key);
	}
	*url = xasprintf("%s%s", c->ep->base_url, q->path);
	h->method = q->method;
	h->url = *url;
	h->body = q->body;
	h->len = q->len;
	h->limit = q->limit ? q->limit : CALL_REPLY_BYTES;
	h->timeout = c->ep->timeout;
	h->ca_file = c->ep->ca_file;
	if (q->type)
		strvec_pushf(&h->header, "Content-Type: %s", q->type);
	if (c->ep->type->header)
		strvec_push(&h->header, c->ep->type->header);
	if (c->digest && c->ep->idempotent && !strcmp(q->method, "POST"))
		strvec_pushf(&h->header, "Idempotency-Key: %s", c->digest);
	return 0;
}

int
call_run(struct call *c, const struct call_request *q, struct http_reply *r,
    struct err *e)
{
	struct http_request h;
	struct verdict v;
	struct tries t = { 0, 0 };
	char *url = NULL;
	int more;

	if (prepare(c, q, &h, &url, e) < 0)
		return -1;
	do {
		v = (struct verdict){ NEXT_FAIL, -1, c->ep->patience, 0 };
		/* a look at a job that goes on is none */
		c->pp->attempts += !c->pp->note;
		if (http_run(&h, r, e) < 0)
			verdict_silence(c, r, &v, e);
		else
			verdict_answer(c, r, &v, e);
		c->status = r->status;
		snprintf(c->pp->request_id, sizeof(c->pp->request_id), "%s",
		    r->request_id);
		more = go_on(c, q, &v, &t, e);
	} while (more > 0);
	strvec_release(&h.header);
	free(url);
	return more;
}

int
call_json(struct call *c, const struct call_request *q, struct node *doc,
    char type[128], struct strbuf *out, struct err *e)
{
	struct http_reply r = HTTP_REPLY_INIT;
	struct strbuf body = STRBUF_INIT;
	struct call_request mine = *q;
	int ret;

	json_print_line(doc, &body);
	mine.method = "POST";
	mine.type = "application/json";
	mine.body = body.buf;
	mine.len = body.len;
	ret = call_run(c, &mine, &r, e);
	if (ret == 0) {
		/* a picture may be long: it is handed on, not copied */
		strbuf_release(out);
		*out = r.body;
		strbuf_init(&r.body);
	}
	if (ret == 0 && type)
		memcpy(type, r.type, sizeof(r.type));
	strbuf_release(&r.body);
	strbuf_release(&body);
	node_free(doc);
	return ret;
}

int
call_lost(struct call *c, struct err *e)
{
	char *note = xstrdup(c->pp->note ? c->pp->note : "");

	c->pp->unknown++;
	c->pp->keep(c->pp, NULL, NULL);
	/* of this job, not of the provider: others may be asked for */
	c->pp->end = GATE_ANSWERED;
	err_set(e, EX_LATER, "%s: the result of job %.200s is lost (it failed, "
	    "or the server no longer knows it); run it again to ask anew",
	    c->ep->alias, note);
	free(note);
	return -1;
}

/* Where a URL leads that was found at another one (NULL: given by the server
 * itself): its own address, or anywhere public. To be freed; NULL: it is not
 * fetched. */
static char *
resolve(const struct call *c, const char *from, const char *url, int *foreign,
    struct err *e)
{
	const char *base = from ? from : c->ep->base_url;
	char *full;

	if (*url == '/' && url[1] != '/')
		full = xasprintf("%.*s%s", (int)url_origin_length(base), base,
		    url);
	else
		full = xstrdup(url);
	/* a \ ends the host for some who read a URL, and not for others */
	*foreign = !url_same_origin(full, c->ep->base_url) ||
	    strchr(full, '\\');
	if (!*foreign || !strncmp(full, "https://", 8))
		return full;
	free(full);
	err_set(e, EX_REFUSED, "%s: its result is at an address that is not "
	    "https; nothing was fetched", c->ep->alias);
	return NULL;
}

/* One address with its repeats; 1: it redirects, r->location says where. */
static int
fetch_one(struct call *c, const char *url, int foreign, struct http_reply *r,
    struct err *e)
{
	static const struct call_request get = { .method = "GET" };
	struct http_request h = { .method = "GET", .url = url,
		.limit = CALL_REPLY_BYTES, .timeout = c->ep->timeout,
		.ca_file = c->ep->ca_file, .foreign = foreign };
	struct verdict v;
	struct tries t = { 0, 0 };
	int more;

	do {
		v = (struct verdict){ NEXT_FAIL, -1, c->ep->patience, 0 };
		if (http_run(&h, r, e) < 0 && foreign)
			verdict_elsewhere(c, r, &v, e);
		else if (r->outcome != HTTP_ANSWERED)
			verdict_silence(c, r, &v, e);
		else if (r->status / 100 == 3 && r->location[0])
			return 1;
		else
			verdict_answer(c, r, &v, e);
		more = go_on(c, &get, &v, &t, e);
	} while (more > 0);
	if (more < 0 && (r->status == 404 || r->status == 410 ||
	    r->status == 403))
		return c->pp->note ? call_lost(c, e) : err_set(e, EX_REFUSED,
		    "%s: its result is not there (%d)", c->ep->alias,
		    r->status);
	return more;
}

/* A result that will never be fetched: the next program must not come back to
 * its address. It may have been paid for. */
static void
give_up(struct call *c)
{
	if (!c->pp->note)
		return;
	c->pp->unknown++;
	c->pp->keep(c->pp, NULL, NULL);
}

int
call_fetch(struct call *c, const char *url, struct strbuf *out, struct err *e)
{
	struct http_reply r = HTTP_REPLY_INIT;
	char *at = NULL, *next = xstrdup(url), *full;
	int hops, foreign, ret = 1;
	enum gate_end end = c->pp->end;

	for (hops = 0; ret == 1 && hops <= REDIRECTS; hops++) {
		full = resolve(c, at, next, &foreign, e);
		ret = full ? fetch_one(c, full, foreign, &r, e) : -1;
		free(at);
		at = full;
		free(next);
		next = xstrdup(r.location);
	}
	free(next);
	free(at);
	if (ret == 1)
		ret = err_set(e, EX_REFUSED, "%s: its result redirects more "
		    "than %d times", c->ep->alias, REDIRECTS);
	if (ret == 0)
		strbuf_add(out, r.body.buf, r.body.len);
	else if (e->code == EX_REFUSED)
		give_up(c);
	/* one file that cannot be had says nothing of the provider */
	c->pp->end = end;
	strbuf_release(&r.body);
	return ret;
}
