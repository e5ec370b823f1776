/*
 * OpenAI, and every server that speaks its protocol: Ollama, llama.cpp, LM
 * Studio, vLLM, Kokoro-FastAPI, stable-diffusion.cpp, OpenRouter, LiteLLM ...
 *
 *	POST /chat/completions     a script, as the JSON of a schema
 *	POST /audio/speech         a sound file
 *	POST /images/generations   a picture in base64, or its address
 *
 * after OpenAI's published API document (openapi 3.1, 2026). The base URL has
 * the version part. Fields that not every server knows are sent only where the
 * user sets them by scriptOptions: and so on.
 */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "provider/image_prompt.h"
#include "provider/image_size.h"
#include "provider/media_kind.h"
#include "provider/wire.h"
#include "record/json.h"

#define VOICE "alloy" /* where the project names none */
#define CHAT_BYTES (16u << 20)

static const struct call_request chat = {
	.path = "/chat/completions", .limit = CHAT_BYTES
};
static const struct call_request speech = {
	.path = "/audio/speech"
};
static const struct call_request images = {
	.path = "/images/generations"
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

/* The script's form as response_format: the nested form, which all take. */
static struct node *
format_of(const struct node *schema)
{
	struct node *f = node_new(NODE_MAP);

	node_set_str(f, "type", "json_schema");
	wire_put(f, "json_schema.name", node_text("script"));
	wire_put(f, "json_schema.strict", node_truth(1));
	wire_put(f, "json_schema.schema", node_copy(schema));
	return f;
}

/* maxTokens has one name at OpenAI and another everywhere else. */
static int
add_options(struct node *doc, const struct script_request *q,
    const struct call *c, struct err *e)
{
	long long max = wire_whole(q->options, "maxTokens", WIRE_TOKENS);
	struct node *rest;
	int ret;

	if (!q->options)
		return 0;
	rest = node_copy(q->options);
	node_drop(rest, "maxTokens");
	if (max)
		node_set_whole(doc, strstr(c->ep->base_url, "api.openai.com")
		    ? "max_completion_tokens" : "max_tokens", max);
	ret = wire_options(doc, rest, "scriptOptions", e);
	node_free(rest);
	return ret;
}

static struct node *
chat_body(const struct script_request *q, const struct script_chat *t,
    const struct call *c, int with_schema, struct err *e)
{
	struct node *doc = node_new(NODE_MAP), *list = node_new(NODE_LIST);

	node_set_str(doc, "model", c->model);
	add_message(list, "system", t->system);
	add_message(list, "user", t->user);
	add_message(list, "assistant", t->answer);
	add_message(list, "user", t->again);
	node_set(doc, "messages", list);
	if (with_schema && !node_get(q->options, "response_format"))
		node_set(doc, "response_format", format_of(t->schema));
	if (add_options(doc, q, c, e) == 0)
		return doc;
	node_free(doc);
	return NULL;
}

static int
ask_script(const struct script_request *q, const struct script_chat *t,
    struct call *c, struct strbuf *reply, struct err *e)
{
	struct node *doc;
	int ret;

	if (wire_need_model(c, e) < 0)
		return -1;
	doc = chat_body(q, t, c, 1, e);
	ret = doc ? call_json(c, &chat, doc, NULL, reply, e) : -1;
	/* A server that does not know the form says so; then without it. */
	if (ret == 0 || !doc || e->code != EX_REFUSED ||
	    (!strcasestr(e->msg, "response_format") &&
	    !strcasestr(e->msg, "json_schema") &&
	    !strcasestr(e->msg, "grammar")))
		return ret;
	doc = chat_body(q, t, c, 0, e);
	return doc ? call_json(c, &chat, doc, NULL, reply, e) : -1;
}

/* content is a text, or a list of parts of which some have one. */
static void
add_content(const struct node *message, struct strbuf *out)
{
	const struct node *list = node_get(message, "content");
	size_t i;

	strbuf_addstr(out, node_str(message, "content", ""));
	for (i = 0; list && list->kind == NODE_LIST && i < list->nr; i++)
		strbuf_addstr(out, node_str(list->kid[i], "text", ""));
}

static const struct node *
first_of(const struct node *doc, const char *path)
{
	const struct node *list = node_get(doc, path);

	return list && list->kind == NODE_LIST && list->nr ? list->kid[0]
	    : NULL;
}

static int
read_script(const struct strbuf *reply, struct script_answer *a,
    struct err *e)
{
	struct node *doc = wire_parse_text("chat", reply, e);
	const struct node *choice = first_of(doc, "choices");
	const char *refusal = node_str(choice, "message.refusal", NULL);
	const char *end = node_str(choice, "finish_reason", "");
	int ret = 0;

	if (!doc)
		return -1;
	wire_tokens(doc, "usage.prompt_tokens", "usage.completion_tokens",
	    &a->used);
	wire_model(a->model, doc, "model");
	a->cut = !strcmp(end, "length");
	add_content(node_get(choice, "message"), &a->text);
	if (refusal && *refusal)
		ret = err_set(e, EX_REFUSED, "the model refused: %.200s",
		    refusal);
	else if (!strcmp(end, "content_filter"))
		ret = err_set(e, EX_REFUSED, "the provider's filter stopped "
		    "the answer; change the brief");
	else if (!a->text.len)
		ret = err_set(e, EX_REFUSED, "the model answered nothing%s",
		    a->cut ? " before its limit; raise maxTokens in "
		    "scriptOptions:" : "; try another");
	node_free(doc);
	return ret;
}

const struct script_provider openai_script = {
	.name = "openai", .ask = ask_script, .read = read_script
};

static const char *
voice_for(const char *language)
{
	(void)language;
	return VOICE;
}

static int
ask_speech(const struct speech_request *q, struct call *c,
    struct strbuf *reply, struct err *e)
{
	const char *format = c->ep->format ? c->ep->format : "wav";
	struct node *doc;
	char type[128];

	if (wire_need_model(c, e) < 0)
		return -1;
	doc = node_new(NODE_MAP);
	node_set_str(doc, "model", c->model);
	node_set_str(doc, "input", q->text);
	node_set_str(doc, "voice", q->voice ? q->voice : VOICE);
	node_set_str(doc, "response_format", format);
	if (q->speed > 0 && q->speed != 1)
		node_set_num(doc, "speed", q->speed);
	if (wire_options(doc, q->options, "ttsOptions", e) < 0) {
		node_free(doc);
		return -1;
	}
	if (call_json(c, &speech, doc, type, reply, e) < 0)
		return -1;
	if (!media_kind(reply->buf, reply->len))
		wire_pcm(!strcmp(format, "pcm") && !strstr(type, "audio/")
		    ? "audio/pcm" : type, reply);
	return 0;
}

/* The reply is the sound itself. */
const struct speech_provider openai_speech = {
	.name = "openai", .voice_for = voice_for, .ask = ask_speech
};

/* The result is at an address: keep that before anything else, since it was
 * paid for, then get it. */
static int
fetch(struct call *c, const char *url, struct strbuf *reply, struct err *e)
{
	if (c->pp->keep(c->pp, url, e) < 0)
		return -1;
	strbuf_reset(reply);
	return call_fetch(c, c->pp->note, reply, e);
}

/* The address of the result, where that itself is not there: many servers have
 * both fields and null in one. */
static const char *
address_of(const struct node *data)
{
	const struct node *b64 = node_get(data, "b64_json");
	const char *url = node_str(data, "url", "");

	if (b64 && b64->kind == NODE_SCALAR && (b64->len || json_is_lean(b64)))
		return NULL;
	return *url ? url : NULL;
}

static int
ask_image(const struct image_request *q, struct call *c, struct strbuf *reply,
    struct err *e)
{
	struct strbuf prompt = STRBUF_INIT;
	struct node *doc;
	struct image_size frame;
	const char *url;
	char size[32];
	int ret;

	if (c->pp->note)
		return fetch(c, c->pp->note, reply, e);
	if (wire_need_model(c, e) < 0)
		return -1;
	doc = node_new(NODE_MAP);
	image_prompt(q, &prompt);
	frame.w = q->width;
	frame.h = q->height;
	frame = image_size_openai(c->model, frame);
	snprintf(size, sizeof(size), "%dx%d", frame.w, frame.h);
	node_set_str(doc, "model", c->model);
	node_set_str(doc, "prompt", prompt.buf);
	node_set_whole(doc, "n", 1);
	if (!node_get(q->options, "size"))
		node_set_str(doc, "size", size);
	strbuf_release(&prompt);
	if (wire_options(doc, q->options, "imageOptions", e) < 0) {
		node_free(doc);
		return -1;
	}
	ret = call_json(c, &images, doc, NULL, reply, e);
	if (ret < 0)
		return -1;
	doc = json_parse_lean("images", reply->buf, reply->len,
	    CALL_REPLY_BYTES, NULL);
	url = address_of(first_of(doc, "data"));
	if (url)
		ret = fetch(c, url, reply, e);
	node_free(doc);
	return ret;
}

static int
read_image(const struct strbuf *reply, struct image_reply *r,
    struct err *e)
{
	struct node *doc;
	const struct node *data;
	int ret;

	doc = wire_parse("images", reply, e);
	if (!doc)
		return -1;
	data = first_of(doc, "data");
	wire_tokens(doc, "usage.input_tokens", "usage.output_tokens",
	    &r->used);
	wire_model(r->model, doc, "model");
	wire_copy(&r->revised, node_str(data, "revised_prompt", NULL));
	ret = json_base64(reply->buf, node_get(data, "b64_json"), &r->bytes,
	    e);
	node_free(doc);
	return ret;
}

const struct image_provider openai_image = {
	.name = "openai", .ask = ask_image, .read = read_image
};
