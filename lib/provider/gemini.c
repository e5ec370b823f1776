/*
 * Google Gemini: one method for scripts, voices and pictures.
 *
 *	POST /models/MODEL:generateContent with x-goog-api-key
 *
 * after the published API reference (v1beta). The answer is a list of parts:
 * texts, and inlineData with a type and base64. A blocked prompt has no
 * candidates; sound is bare PCM whose rate stands in its type.
 */
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/mem.h"
#include "base/url.h"
#include "provider/image_prompt.h"
#include "provider/image_size.h"
#include "provider/media_kind.h"
#include "provider/wire.h"
#include "record/json.h"

#define VOICE "Kore" /* where the project names none */
#define TEXT_BYTES (16u << 20)

/* Append a turn of one text. */
static struct node *
add_turn(struct node *list, const char *role, const char *text)
{
	struct node *turn, *parts, *part;

	if (!text)
		return NULL;
	turn = node_new(NODE_MAP);
	parts = node_new(NODE_LIST);
	part = node_new(NODE_MAP);
	node_set_str(part, "text", text);
	node_push(parts, part);
	if (role)
		node_set_str(turn, "role", role);
	node_set(turn, "parts", parts);
	if (list)
		node_push(list, turn);
	return turn;
}

/* Ask with doc (taken over) under generationConfig. */
static int
generate(struct call *c, struct node *doc, const struct node *options,
    const char *what, struct strbuf *reply, struct err *e)
{
	struct call_request q = { .path = NULL };
	struct node *config, *rest = options ? node_copy(options) : NULL;
	struct strbuf path = STRBUF_INIT;
	long long max = wire_whole(rest, "maxTokens", WIRE_TOKENS);
	int ret;

	if (!node_get(doc, "generationConfig"))
		node_set(doc, "generationConfig", node_new(NODE_MAP));
	config = node_get(doc, "generationConfig");
	if (max)
		node_set_whole(config, "maxOutputTokens", max);
	if (rest)
		node_drop(rest, "maxTokens");
	ret = wire_options(config, rest, what, e);
	node_free(rest);
	if (ret < 0) {
		node_free(doc);
		return -1;
	}
	strbuf_addstr(&path, "/models/");
	url_escape(c->model, &path);
	strbuf_addstr(&path, ":generateContent");
	q.path = path.buf;
	ret = call_json(c, &q, doc, NULL, reply, e);
	strbuf_release(&path);
	return ret;
}

static int
ask_script(const struct script_request *q, const struct script_chat *t,
    struct call *c, struct strbuf *reply, struct err *e)
{
	struct node *doc, *list;

	if (wire_need_model(c, e) < 0)
		return -1;
	doc = node_new(NODE_MAP);
	list = node_new(NODE_LIST);
	node_set(doc, "systemInstruction", add_turn(NULL, NULL, t->system));
	add_turn(list, "user", t->user);
	add_turn(list, "model", t->answer);
	add_turn(list, "user", t->again);
	node_set(doc, "contents", list);
	wire_put(doc, "generationConfig.responseMimeType",
	    node_text("application/json"));
	wire_put(doc, "generationConfig.responseJsonSchema",
	    node_copy(t->schema));
	return generate(c, doc, q->options, "scriptOptions", reply, e);
}

/* The parts of the first candidate; NULL with the reason where there are
 * none. */
static const struct node *
parts_of(const struct node *doc, struct err *e)
{
	const struct node *list = node_get(doc, "candidates"), *first, *parts;
	const char *block = node_str(doc, "promptFeedback.blockReason", NULL);
	const char *end;

	first = list && list->kind == NODE_LIST && list->nr ? list->kid[0]
	    : NULL;
	parts = node_get(first, "content.parts");
	end = node_str(first, "finishReason", "STOP");
	if (parts && parts->kind == NODE_LIST && parts->nr)
		return parts;
	if (block)
		err_set(e, EX_REFUSED, "the prompt was blocked (%.40s); change "
		    "it", block);
	else
		err_set(e, EX_REFUSED, "it gave nothing (%.40s); change the "
		    "prompt", end);
	return NULL;
}

static void
read_usage(const struct node *doc, struct call_usage *u, char model[100])
{
	wire_tokens(doc, "usageMetadata.promptTokenCount",
	    "usageMetadata.candidatesTokenCount", u);
	/* thinking is billed as output and counted apart */
	u->output_tokens += wire_whole(doc, "usageMetadata.thoughtsTokenCount",
	    WIRE_TOKENS);
	wire_model(model, doc, "modelVersion");
}

static int
read_script(const struct strbuf *reply, struct script_answer *a,
    struct err *e)
{
	struct node *doc = wire_parse_text("gemini", reply, e);
	const struct node *parts, *list;
	const char *end = "";
	size_t i;

	if (!doc)
		return -1;
	read_usage(doc, &a->used, a->model);
	parts = parts_of(doc, e);
	for (i = 0; parts && i < parts->nr; i++)
		if (!node_bool(parts->kid[i], "thought", 0))
			strbuf_addstr(&a->text, node_str(parts->kid[i], "text",
			    ""));
	list = node_get(doc, "candidates");
	if (parts)
		end = node_str(list->kid[0], "finishReason", "STOP");
	a->cut = !strcmp(end, "MAX_TOKENS");
	if (parts && !a->cut && strcmp(end, "STOP") != 0) {
		err_set(e, EX_REFUSED, "the answer was stopped (%.40s); change "
		    "the brief", end);
		parts = NULL;
	} else if (parts && !a->text.len) {
		err_set(e, EX_REFUSED, "the model answered nothing%s", a->cut
		    ? " before its limit; raise maxTokens in scriptOptions:"
		    : "; try another");
		parts = NULL;
	}
	node_free(doc);
	return parts ? 0 : -1;
}

const struct script_provider gemini_script = {
	.name = "gemini", .ask = ask_script, .read = read_script
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
	struct node *doc, *list, *kinds;

	if (wire_need_model(c, e) < 0)
		return -1;
	doc = node_new(NODE_MAP);
	list = node_new(NODE_LIST);
	kinds = node_new(NODE_LIST);
	add_turn(list, "user", q->text);
	node_push(kinds, node_text("AUDIO"));
	node_set(doc, "contents", list);
	wire_put(doc, "generationConfig.responseModalities", kinds);
	wire_put(doc, "generationConfig.speechConfig.voiceConfig."
	    "prebuiltVoiceConfig.voiceName",
	    node_text(q->voice ? q->voice : VOICE));
	return generate(c, doc, q->options, "ttsOptions", reply, e);
}

/* The first file among the parts, decoded; its type is borrowed. What belongs
 * to the model's thoughts is a sketch. */
static int
read_file(const struct strbuf *reply, const struct node *doc,
    struct strbuf *bytes, const char **type, struct err *e)
{
	const struct node *parts = parts_of(doc, e), *data = NULL;
	const char *said = "";
	size_t i;

	for (i = 0; parts && !data && i < parts->nr; i++) {
		if (node_bool(parts->kid[i], "thought", 0))
			continue;
		data = node_get(parts->kid[i], "inlineData.data");
		*type = node_str(parts->kid[i], "inlineData.mimeType", "");
		if (*node_str(parts->kid[i], "text", ""))
			said = node_str(parts->kid[i], "text", "");
	}
	if (!parts)
		return -1;
	if (!data)
		return err_set(e, EX_REFUSED, "it gave words instead: %.200s",
		    said);
	return json_base64(reply->buf, data, bytes, e);
}

static int
read_speech(const struct strbuf *reply, struct speech_reply *r,
    struct err *e)
{
	const char *type = "";
	struct node *doc;
	int ret;

	doc = wire_parse("gemini", reply, e);
	if (!doc)
		return -1;
	read_usage(doc, &r->used, r->model);
	ret = read_file(reply, doc, &r->bytes, &type, e);
	if (ret == 0 && !media_kind(r->bytes.buf, r->bytes.len))
		wire_pcm(type, &r->bytes);
	node_free(doc);
	return ret;
}

const struct speech_provider gemini_speech = {
	.name = "gemini", .voice_for = voice_for, .ask = ask_speech,
	.read = read_speech
};

static void
add_reference(struct node *parts, const struct image_reference *ref)
{
	const char *kind = media_kind(ref->bytes.buf, ref->bytes.len);
	struct node *part = node_new(NODE_MAP);
	struct strbuf b = STRBUF_INIT, type = STRBUF_INIT;

	strbuf_addf(&type, "image/%s", kind && !strcmp(kind, "jpg") ? "jpeg"
	    : kind ? kind : "png");
	base64_encode(ref->bytes.buf, ref->bytes.len, &b);
	wire_put(part, "inlineData.mimeType", node_text(type.buf));
	wire_put(part, "inlineData.data", node_text(b.buf));
	node_push(parts, part);
	strbuf_release(&b);
	strbuf_release(&type);
}

static int
ask_image(const struct image_request *q, struct call *c, struct strbuf *reply,
    struct err *e)
{
	struct strbuf prompt = STRBUF_INIT;
	struct image_size frame = { q->width, q->height };
	struct node *doc, *list, *kinds, *turn;
	size_t i;

	if (wire_need_model(c, e) < 0)
		return -1;
	doc = node_new(NODE_MAP);
	list = node_new(NODE_LIST);
	kinds = node_new(NODE_LIST);
	image_prompt(q, &prompt);
	turn = add_turn(list, "user", prompt.buf);
	for (i = 0; i < q->reference_nr; i++)
		add_reference(node_get(turn, "parts"), &q->references[i]);
	strbuf_release(&prompt);
	node_push(kinds, node_text("IMAGE"));
	node_set(doc, "contents", list);
	wire_put(doc, "generationConfig.responseModalities", kinds);
	wire_put(doc, "generationConfig.imageConfig.aspectRatio",
	    node_text(image_aspect_name(frame)));
	return generate(c, doc, q->options, "imageOptions", reply, e);
}

static int
read_image(const struct strbuf *reply, struct image_reply *r,
    struct err *e)
{
	const char *type = "";
	struct node *doc;
	int ret;

	doc = wire_parse("gemini", reply, e);
	if (!doc)
		return -1;
	read_usage(doc, &r->used, r->model);
	ret = read_file(reply, doc, &r->bytes, &type, e);
	node_free(doc);
	return ret;
}

const struct image_provider gemini_image = {
	.name = "gemini", .ask = ask_image, .read = read_image
};
