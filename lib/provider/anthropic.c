/*
 * Anthropic's messages, which llama.cpp, Ollama and LM Studio also speak.
 *
 *	POST /messages with x-api-key and anthropic-version
 *
 * after the published API reference: max_tokens must be there, system is no
 * message, output_config.format takes a JSON Schema, the answer is a list of
 * blocks of which the texts count.
 */
#include <string.h>

#include "provider/wire.h"

#define REPLY_BYTES (16u << 20)

static const struct call_request messages = {
	.path = "/messages", .limit = REPLY_BYTES
};

static void
add_message(struct node *list, const char *role, const char *text)
{
	struct node *m;

	if (!text)
		return;
	m = node_new(NODE_MAP);
	node_set_str(m, "role", role);
	node_set_str(m, "content", text);
	node_push(list, m);
}

static struct node *
body(const struct script_request *q, const struct script_chat *t,
    const struct call *c, int with_schema, struct err *e)
{
	struct node *doc = node_new(NODE_MAP), *list = node_new(NODE_LIST);
	struct node *rest = q->options ? node_copy(q->options) : NULL;
	long long max = wire_whole(rest, "maxTokens", WIRE_TOKENS);
	int ret;

	node_set_str(doc, "model", c->model);
	node_set_whole(doc, "max_tokens", max ? max : t->tokens);
	node_set_str(doc, "system", t->system);
	add_message(list, "user", t->user);
	add_message(list, "assistant", t->answer);
	add_message(list, "user", t->again);
	node_set(doc, "messages", list);
	if (with_schema) {
		wire_put(doc, "output_config.format.type",
		    node_text("json_schema"));
		wire_put(doc, "output_config.format.schema",
		    node_copy(t->schema));
	}
	if (rest)
		node_drop(rest, "maxTokens");
	ret = wire_options(doc, rest, "scriptOptions", e);
	node_free(rest);
	if (ret == 0)
		return doc;
	node_free(doc);
	return NULL;
}

static int
ask(const struct script_request *q, const struct script_chat *t,
    struct call *c, struct strbuf *reply, struct err *e)
{
	struct node *doc;
	int ret;

	if (wire_need_model(c, e) < 0)
		return -1;
	doc = body(q, t, c, 1, e);
	ret = doc ? call_json(c, &messages, doc, NULL, reply, e) : -1;
	/* older models and local servers do not know the form */
	if (ret == 0 || !doc || e->code != EX_REFUSED ||
	    !strstr(e->msg, "output_"))
		return ret;
	doc = body(q, t, c, 0, e);
	return doc ? call_json(c, &messages, doc, NULL, reply, e) : -1;
}

static int
read_reply(const struct strbuf *reply, struct script_answer *a, struct err *e)
{
	struct node *doc = wire_parse_text("messages", reply, e);
	const struct node *list = node_get(doc, "content");
	const char *end = node_str(doc, "stop_reason", "");
	size_t i;
	int ret = 0;

	if (!doc)
		return -1;
	wire_tokens(doc, "usage.input_tokens", "usage.output_tokens",
	    &a->used);
	wire_model(a->model, doc, "model");
	a->cut = !strcmp(end, "max_tokens") ||
	    !strcmp(end, "model_context_window_exceeded");
	for (i = 0; list && i < list->nr; i++)
		if (!strcmp(node_str(list->kid[i], "type", ""), "text"))
			strbuf_addstr(&a->text, node_str(list->kid[i], "text",
			    ""));
	if (!strcmp(end, "refusal"))
		ret = err_set(e, EX_REFUSED, "the model refused; change the "
		    "brief");
	else if (!a->text.len)
		ret = err_set(e, EX_REFUSED, "the model answered nothing%s",
		    a->cut ? " before its limit; raise maxTokens in "
		    "scriptOptions:" : "; try another");
	node_free(doc);
	return ret;
}

const struct script_provider anthropic_script = {
	.name = "anthropic", .ask = ask, .read = read_reply
};
