/*
 * Kokoro-FastAPI's captioned speech: a local voice that says when it speaks
 * each word.
 *
 *	POST /dev/captioned_speech, beside and not below /v1
 *
 * after the project's published source. stream: false gives one answer; else it
 * would be a sequence of them.
 */
#include <string.h>

#include "base/mem.h"
#include "provider/wire.h"
#include "record/json.h"

#define VOICE "af_heart"
#define MODEL "kokoro"

static const char *
voice_for(const char *language)
{
	(void)language;
	return VOICE;
}

static int
ask(const struct speech_request *q, struct call *c, struct strbuf *reply,
    struct err *e)
{
	static const struct call_request post = {
		.path = "/dev/captioned_speech"
	};
	struct node *doc = node_new(NODE_MAP);

	node_set_str(doc, "model", c->model && *c->model ? c->model : MODEL);
	node_set_str(doc, "input", q->text);
	node_set_str(doc, "voice", q->voice && *q->voice ? q->voice : VOICE);
	node_set_str(doc, "response_format", c->ep->format ? c->ep->format
	    : "wav");
	node_set_num(doc, "speed", q->speed > 0 ? q->speed : 1);
	node_set_bool(doc, "stream", 0);
	node_set_bool(doc, "return_timestamps", 1);
	if (wire_options(doc, q->options, "ttsOptions", e) < 0) {
		node_free(doc);
		return -1;
	}
	return call_json(c, &post, doc, NULL, reply, e);
}

static int
read_reply(const struct strbuf *reply, struct speech_reply *r,
    struct err *e)
{
	const struct node *list, *w;
	struct node *doc;
	size_t i;
	int ret;

	doc = wire_parse("kokoro", reply, e);
	if (!doc)
		return -1;
	ret = json_base64(reply->buf, node_get(doc, "audio"), &r->bytes, e);
	list = node_get(doc, "timestamps");
	for (i = 0; ret == 0 && list && i < list->nr; i++) {
		w = list->kid[i];
		if (*node_str(w, "word", ""))
			wire_heard(r, node_str(w, "word", ""),
			    node_num(w, "start_time", -1),
			    node_num(w, "end_time", -1));
	}
	node_free(doc);
	return ret;
}

const struct speech_provider kokoro_speech = {
	.name = "kokoro", .voice_for = voice_for, .ask = ask,
	.read = read_reply
};
