/*
 * AUTOMATIC1111's txt2img, which Forge, SD.Next and stable-diffusion.cpp also
 * speak.
 *
 *	POST /sdapi/v1/txt2img -> {"images": [base64], "info": "{JSON}"}
 *
 * after the project's published source. It answers when the picture is done,
 * after minutes. The seed is chosen here, from the request, so that the same
 * request gives the same picture where the server can do that. A key is
 * "user:password", as --api-auth takes it.
 */
#include <stdlib.h>
#include <string.h>

#include "provider/image_prompt.h"
#include "provider/image_size.h"
#include "provider/wire.h"
#include "record/json.h"

#define AVOID "text, letters, watermark, signature"

static struct node *
body(const struct image_request *q, const struct call *c, struct err *e)
{
	struct node *doc = node_new(NODE_MAP);
	struct strbuf prompt = STRBUF_INIT;
	struct image_size frame = { q->width, q->height }, size;

	image_prompt(q, &prompt);
	size = image_size_step(&image_rule_diffusion, frame);
	node_set_str(doc, "prompt", prompt.buf);
	if (!node_get(q->options, "negative_prompt"))
		node_set_str(doc, "negative_prompt", AVOID);
	if (!node_get(q->options, "width"))
		node_set_whole(doc, "width", size.w);
	if (!node_get(q->options, "height"))
		node_set_whole(doc, "height", size.h);
	if (!node_get(q->options, "seed"))
		node_set_whole(doc, "seed", wire_seed(c->digest, q->take));
	node_set_whole(doc, "batch_size", 1);
	if (c->model && *c->model)
		wire_put(doc, "override_settings.sd_model_checkpoint",
		    node_text(c->model));
	strbuf_release(&prompt);
	if (wire_options(doc, q->options, "imageOptions", e) == 0)
		return doc;
	node_free(doc);
	return NULL;
}

static int
ask(const struct image_request *q, struct call *c, struct strbuf *reply,
    struct err *e)
{
	static const struct call_request post = {
		.path = "/sdapi/v1/txt2img"
	};
	struct node *doc = body(q, c, e);

	return doc ? call_json(c, &post, doc, NULL, reply, e) : -1;
}

static int
read_reply(const struct strbuf *reply, struct image_reply *r,
    struct err *e)
{
	const struct node *list;
	struct node *doc, *info;
	const char *s;
	int ret;

	doc = wire_parse("a1111", reply, e);
	if (!doc)
		return -1;
	list = node_get(doc, "images");
	ret = json_base64(reply->buf, list && list->kind == NODE_LIST &&
	    list->nr ? list->kid[0] : NULL, &r->bytes, e);
	/* info is JSON in a text, or empty at stable-diffusion.cpp */
	s = node_str(doc, "info", "");
	info = *s ? json_parse("info", s, strlen(s), NULL) : NULL;
	r->seed = (uint64_t)wire_whole(info, "seed", WIRE_SEED);
	wire_model(r->model, info, "sd_model_name");
	node_free(info);
	node_free(doc);
	return ret;
}

const struct image_provider a1111_image = {
	.name = "a1111", .ask = ask, .read = read_reply
};
