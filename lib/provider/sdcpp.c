/*
 * stable-diffusion.cpp's own server: pictures as jobs.
 *
 *	POST /sdcpp/v1/img_gen -> 202 {"id", "poll_url"}
 *	GET  /sdcpp/v1/jobs/ID -> {"status": queued, generating, completed,
 *	                           failed, cancelled, "result": {b64_json}}
 *
 * after the project's published source. The job's address is kept before the
 * first look at it, so that a program after this one asks for the job instead
 * of for another picture. 404 and 410 say that the server no longer knows it.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/hold.h"
#include "base/mem.h"
#include "base/url.h"
#include "provider/image_prompt.h"
#include "provider/image_size.h"
#include "provider/reply_error.h"
#include "provider/wire.h"
#include "record/json.h"

#define FIRST_WAIT 0.25 /* seconds between two looks; grows to the last */
#define LAST_WAIT 5.0

/* Its samplers want multiples of 64. */
static const struct image_rule rule = { 64, 0, 1024 * 1024, 2048 };

static struct node *
body(const struct image_request *q, const struct call *c, struct err *e)
{
	struct node *doc = node_new(NODE_MAP);
	struct strbuf prompt = STRBUF_INIT;
	struct image_size frame = { q->width, q->height }, size;

	image_prompt(q, &prompt);
	size = image_size_step(&rule, frame);
	node_set_str(doc, "prompt", prompt.buf);
	if (!node_get(q->options, "width"))
		node_set_whole(doc, "width", size.w);
	if (!node_get(q->options, "height"))
		node_set_whole(doc, "height", size.h);
	if (!node_get(q->options, "seed"))
		node_set_whole(doc, "seed", wire_seed(c->digest, q->take));
	strbuf_release(&prompt);
	if (wire_options(doc, q->options, "imageOptions", e) == 0)
		return doc;
	node_free(doc);
	return NULL;
}

/* Hand the job in and keep its id. */
static int
submit(const struct image_request *q, struct call *c, struct err *e)
{
	static const struct call_request post = {
		.path = "/sdcpp/v1/img_gen"
	};
	struct strbuf reply = STRBUF_INIT;
	struct node *doc = body(q, c, e);
	const char *id;
	int ret;

	if (!doc)
		return -1;
	ret = call_json(c, &post, doc, NULL, &reply, e);
	doc = ret == 0 ? wire_parse(c->ep->alias, &reply, e) : NULL;
	id = node_str(doc, "id", NULL);
	if (doc && (!id || !*id))
		err_set(e, EX_DATA, "%s: took the job and gave no id",
		    c->ep->alias);
	ret = id && *id ? c->pp->keep(c->pp, id, e) : -1;
	node_free(doc);
	strbuf_release(&reply);
	return ret;
}

/* It will not be done. What the server says of it comes first. */
static int
failed(struct call *c, const struct node *doc, const struct strbuf *body,
    struct err *e)
{
	struct reply_error said;

	call_lost(c, e);
	if (!node_get(doc, "error") ||
	    node_get(doc, "error")->kind == NODE_NULL)
		return -1;
	reply_error_read(body, &said);
	return err_prefix(e, "%s", said.text);
}

/* What an answer says of the job: 1 done, 0 not yet, -1. */
static int
progress(struct call *c, const struct strbuf *body, struct err *e)
{
	struct node *doc = json_parse_lean(c->ep->alias, body->buf, body->len,
	    CALL_REPLY_BYTES, NULL);
	const char *status = node_str(doc, "status", "");
	int ret = 0;

	if (!strcmp(status, "completed")) {
		ret = 1;
	} else if (!strcmp(status, "failed") ||
	    !strcmp(status, "cancelled")) {
		ret = failed(c, doc, body, e);
	} else if (!*status) {
		node_free(doc);
		doc = wire_parse(c->ep->alias, body, e);
		ret = !doc ? -1 : err_set(e, EX_DATA, "%s: does not say how "
		    "the job stands", c->ep->alias);
	}
	node_free(doc);
	return ret;
}

/* One look at the job: 1 done, 0 not yet, -1. */
static int
look(struct call *c, struct strbuf *reply, struct err *e)
{
	struct call_request get = { .method = "GET" };
	struct http_reply r = HTTP_REPLY_INIT;
	struct strbuf path = STRBUF_INIT;
	int ret;

	strbuf_addstr(&path, "/sdcpp/v1/jobs/");
	url_escape(c->pp->note, &path);
	get.path = path.buf;
	ret = call_run(c, &get, &r, e);
	if (ret == 0)
		ret = progress(c, &r.body, e);
	else if (c->status == 404 || c->status == 410)
		call_lost(c, e);
	if (ret == 1)
		strbuf_add(reply, r.body.buf, r.body.len);
	strbuf_release(&path);
	strbuf_release(&r.body);
	return ret;
}

static int
ask(const struct image_request *q, struct call *c, struct strbuf *reply,
    struct err *e)
{
	double wait = FIRST_WAIT, waited = 0;
	int ret;

	if (!c->pp->note && submit(q, c, e) < 0)
		return -1;
	while ((ret = look(c, reply, e)) == 0) {
		if (waited > c->ep->timeout)
			return err_set(e, EX_LATER, "%s: job %.60s is not done "
			    "after %.0f s; run it again to go on waiting",
			    c->ep->alias, c->pp->note, waited);
		if (hold_sleep(wait) < 0)
			return err_set(e, EX_LATER, "interrupted");
		waited += wait;
		wait = wait * 1.5 < LAST_WAIT ? wait * 1.5 : LAST_WAIT;
	}
	return ret < 0 ? -1 : 0;
}

static int
read_reply(const struct strbuf *reply, struct image_reply *r,
    struct err *e)
{
	const struct node *result, *list;
	struct node *doc;
	int ret;

	doc = wire_parse("sdcpp", reply, e);
	if (!doc)
		return -1;
	result = node_get(doc, "result");
	list = node_get(result, "images");
	if (list && list->kind == NODE_LIST && list->nr)
		result = list->kid[0];
	ret = json_base64(reply->buf, node_get(result, "b64_json"), &r->bytes,
	    e);
	r->seed = (uint64_t)wire_whole(result, "seed", WIRE_SEED);
	node_free(doc);
	return ret;
}

const struct image_provider sdcpp_image = {
	.name = "sdcpp", .ask = ask, .read = read_reply
};
