/*
 * Piper's HTTP server: a text in, a WAV out.
 *
 *	POST /synthesize {"text", "voice", "length_scale"}   piper1-gpl
 *	POST / with the text as text/plain                   before it
 *
 * after the project's published source. The server speaks with the voice that
 * it was started with where it does not have the one asked for.
 */
#include <string.h>

#include "provider/wire.h"

static const char *
voice_for(const char *language)
{
	(void)language;
	return "";
}

static int
ask_old(const struct speech_request *q, struct call *c, struct strbuf *reply,
    struct err *e)
{
	struct call_request post = { .method = "POST", .path = "/",
		.type = "text/plain; charset=utf-8", .body = q->text,
		.len = strlen(q->text) };
	struct http_reply r = HTTP_REPLY_INIT;
	int ret = call_run(c, &post, &r, e);

	if (ret == 0)
		strbuf_add(reply, r.body.buf, r.body.len);
	strbuf_release(&r.body);
	return ret;
}

static int
ask(const struct speech_request *q, struct call *c, struct strbuf *reply,
    struct err *e)
{
	static const struct call_request post = { .path = "/synthesize" };
	struct node *doc = node_new(NODE_MAP);
	int ret;

	node_set_str(doc, "text", q->text);
	if (q->voice && *q->voice)
		node_set_str(doc, "voice", q->voice);
	/* longer phonemes are slower speech */
	if (q->speed > 0 && q->speed != 1)
		node_set_num(doc, "length_scale", 1 / q->speed);
	if (wire_options(doc, q->options, "ttsOptions", e) < 0) {
		node_free(doc);
		return -1;
	}
	ret = call_json(c, &post, doc, NULL, reply, e);
	if (ret < 0 && (c->status == 404 || c->status == 405))
		ret = ask_old(q, c, reply, e);
	return ret;
}

const struct speech_provider piper_speech = {
	.name = "piper", .voice_for = voice_for, .ask = ask
};
