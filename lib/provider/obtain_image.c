#include "provider/obtain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "provider/asking.h"
#include "provider/image_file.h"
#include "provider/wire.h"
#include "store/kept.h"

#define RESERVE (16u << 20) /* bytes of a reply */

struct drawing {
	const struct image_provider *p;
	struct asking a;
	const struct image_request *q;
	struct image_result *r;
};

static int
ask(void *ctx, struct call *c, struct strbuf *reply, struct err *e)
{
	struct drawing *d = ctx;

	return d->p->ask(d->q, c, reply, e);
}

static void
describe(struct drawing *d, struct image_reply *reply)
{
	const char *model = *reply->model ? reply->model : d->q->model;
	struct image_result *r = d->r;

	r->seed = reply->seed;
	r->revised = reply->revised;
	r->credit = reply->credit;
	r->credit_url = reply->credit_url;
	reply->revised = reply->credit = reply->credit_url = NULL;
	if (reply->source_type)
		r->source_type = reply->source_type;
	if (d->a.ep->type->kind == PROVIDER_EXEC || !model || !*model)
		snprintf(r->version, sizeof(r->version), "%s",
		    d->a.ep->type->name);
	else
		snprintf(r->version, sizeof(r->version), "%s %.90s",
		    d->a.ep->type->name, model);
	asking_check_model(&d->a, reply->model, &r->warnings);
}

/* Media of a clone: what its record said of it stands in for the reply. */
static void
take_kept(const struct node *doc, const struct strbuf *bytes, size_t at,
    struct image_reply *reply)
{
	strbuf_add(&reply->bytes, bytes->buf + at, bytes->len - at);
	reply->seed = strtoull(node_str(doc, "seed", "0"), NULL, 10);
	wire_copy(&reply->revised, node_str(doc, "revisedPrompt", NULL));
	wire_copy(&reply->credit, node_str(doc, "credit", NULL));
	wire_copy(&reply->credit_url, node_str(doc, "creditUrl", NULL));
	if (reply->credit)
		reply->source_type = "digitalCapture";
}

static int
verify(void *ctx, const struct strbuf *bytes, struct call_usage *used,
    struct err *e)
{
	struct drawing *d = ctx;
	struct node *kept;
	size_t at;
	struct image_reply reply;
	char name[128];
	int ret = 0;

	memset(&reply, 0, sizeof(reply));
	strbuf_init(&reply.bytes);
	asking_name(&d->a, name, sizeof(name));
	kept = kept_unpack(bytes, &at);
	if (kept)
		take_kept(kept, bytes, at, &reply);
	else
		ret = image_reply_read(d->p, bytes, &reply, e);
	node_free(kept);
	if (ret < 0)
		err_prefix(e, "%s", name);
	*used = reply.used;
	if (ret == 0)
		ret = image_file_read(name, &reply.bytes, d->r, e);
	if (ret == 0)
		describe(d, &reply);
	image_reply_release(&reply);
	return ret;
}

int
image_obtain(const struct image_provider *p, struct obtain *o,
    const struct image_request *q, struct image_result *r, struct err *e)
{
	struct drawing d = { .p = p, .q = q, .r = r };
	struct strbuf reply = STRBUF_INIT;
	char size[32];
	int ret;

	if (p->draw)
		return p->draw(q, r, e);
	image_result_init(r);
	d.a = (struct asking){ .o = o, .stage = PROVIDER_IMAGE,
		.kind = "image", .setting = "imageModel", .reserve = RESERVE,
		.ctx = &d, .ask = ask, .verify = verify };
	d.a.expect.pictures = d.a.expect.calls = 1;
	if (asking_start(&d.a, e) < 0)
		return -1;
	snprintf(size, sizeof(size), "%dx%d", q->width, q->height);
	asking_own(&d.a, (const char *[][2]){ { "prompt", q->prompt },
	    { "style", q->style }, { "tone", q->tone },
	    { "language", q->language }, { "look", q->look },
	    { "title", q->title }, { "size", size }, { NULL } });
	d.a.digest = o->want ? o->want->digest : NULL;
	o->stored = 1;
	ret = asking_run(&d.a, &reply, e);
	asking_end(&d.a);
	strbuf_release(&reply);
	if (ret < 0) /* a good reply that could not be kept filled it */
		image_result_release(r);
	return ret;
}
