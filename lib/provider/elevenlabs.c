/*
 * ElevenLabs text to speech, with the time of every character.
 *
 *	POST /text-to-speech/VOICE/with-timestamps?output_format=FORMAT
 *	with xi-api-key
 *
 * after the published API document. The answer holds the sound in base64 and
 * three lists of equal length. What was said before and after a text is sent
 * only where the project asks for it (ttsContext:).
 */
#include <stdlib.h>
#include <string.h>

#include "base/url.h"
#include "provider/media_kind.h"
#include "provider/wire.h"
#include "record/json.h"

#define PCM_FORMAT "pcm_24000" /* every plan has it, and nothing is lost */
#define PCM_TYPE "audio/pcm;rate=24000"

static const char *
voice_for(const char *language)
{
	(void)language;
	return "";
}

static const char *
format_of(const struct call *c)
{
	if (c->ep->format && !strcmp(c->ep->format, "mp3"))
		return "mp3_44100_128";
	return PCM_FORMAT;
}

static struct node *
body(const struct speech_request *q, const struct call *c, struct err *e)
{
	struct node *doc = node_new(NODE_MAP);

	node_set_str(doc, "text", q->text);
	if (c->model && *c->model)
		node_set_str(doc, "model_id", c->model);
	if (q->speed > 0 && q->speed != 1)
		wire_put(doc, "voice_settings.speed", node_real(q->speed));
	if (q->before && *q->before)
		node_set_str(doc, "previous_text", q->before);
	if (q->after && *q->after)
		node_set_str(doc, "next_text", q->after);
	if (wire_options(doc, q->options, "ttsOptions", e) == 0)
		return doc;
	node_free(doc);
	return NULL;
}

static int
ask(const struct speech_request *q, struct call *c, struct strbuf *reply,
    struct err *e)
{
	struct call_request post = { .path = NULL };
	struct strbuf path = STRBUF_INIT;
	struct node *doc;
	int ret;

	if (!q->voice || !*q->voice)
		return err_set(e, EX_CONF, "%s: which voice? %s VOICE_ID "
		    "(studio providers %s lists yours)", c->ep->alias,
		    c->setting ? "studio config defaultTtsVoice" : "--voice",
		    c->ep->alias);
	doc = body(q, c, e);
	if (!doc)
		return -1;
	strbuf_addstr(&path, "/text-to-speech/");
	url_escape(q->voice, &path);
	strbuf_addf(&path, "/with-timestamps?output_format=%s", format_of(c));
	post.path = path.buf;
	ret = call_json(c, &post, doc, NULL, reply, e);
	strbuf_release(&path);
	return ret;
}

/* The three lists, of one length and right throughout, or none at all: what is
 * left of a wrong one would be taken for words. */
static void
read_times(const struct node *doc, struct speech_reply *r)
{
	const struct node *a = node_get(doc, "alignment");
	const struct node *text = node_get(a, "characters");
	const struct node *start = node_get(a,
	    "character_start_times_seconds");
	const struct node *end = node_get(a, "character_end_times_seconds");
	double from = 0, to = 0;
	size_t i;

	if (!text || !start || !end || text->nr != start->nr ||
	    text->nr != end->nr)
		return;
	for (i = 0; i < text->nr; i++)
		if (!text->kid[i]->str || !node_is_num(start->kid[i], NULL) ||
		    !node_is_num(end->kid[i], NULL))
			return;
	for (i = 0; i < text->nr; i++) {
		node_is_num(start->kid[i], &from);
		node_is_num(end->kid[i], &to);
		wire_heard(r, text->kid[i]->str, from, to);
	}
	r->by_character = 1;
}

static int
read_reply(const struct strbuf *reply, struct speech_reply *r,
    struct err *e)
{
	struct node *doc;
	int ret;

	doc = wire_parse("elevenlabs", reply, e);
	if (!doc)
		return -1;
	ret = json_base64(reply->buf, node_get(doc, "audio_base64"), &r->bytes,
	    e);
	if (ret == 0 && !media_kind(r->bytes.buf, r->bytes.len))
		wire_pcm(PCM_TYPE, &r->bytes);
	if (ret == 0)
		read_times(doc, r);
	node_free(doc);
	return ret;
}

const struct speech_provider elevenlabs_speech = {
	.name = "elevenlabs", .voice_for = voice_for, .ask = ask,
	.read = read_reply
};
