/* What the providers ask for, seen where it would leave: the functions of
 * call.h are here, and no server is. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "provider/call.h"
#include "provider/provider.h"
#include "record/json.h"
#include "../tests/unit/tap.h"

extern const struct script_provider openai_script, anthropic_script,
    gemini_script;
extern const struct speech_provider openai_speech, gemini_speech,
    elevenlabs_speech, kokoro_speech, piper_speech;
extern const struct image_provider openai_image, gemini_image, a1111_image,
    sdcpp_image, pexels_image;

/* What was asked, and what is answered in turn. */
static struct strbuf asked = STRBUF_INIT;
static struct answer {
	int status;        /* 2xx: good */
	int code;          /* of the error otherwise */
	const char *text;  /* the body, or the error's message */
} answers[8];
static int answer_nr, fetched, lost;
static char *note;

static int
reply_to(struct call *c, const char *method, const char *path,
    struct strbuf *out, struct err *e)
{
	struct answer *a = &answers[answer_nr++];

	strbuf_addf(&asked, "%s%s %s ", asked.len ? "\n" : "", method, path);
	c->status = a->status;
	if (a->status / 100 != 2)
		return err_set(e, a->code, "%s", a->text);
	strbuf_addstr(out, a->text);
	return 0;
}

int
call_run(struct call *c, const struct call_request *q, struct http_reply *r,
    struct err *e)
{
	int ret = reply_to(c, q->method, q->path, &r->body, e);

	strbuf_add(&asked, q->body, q->len);
	return ret;
}

int
call_json(struct call *c, const struct call_request *q, struct node *doc,
    char type[128], struct strbuf *out, struct err *e)
{
	int ret = reply_to(c, "POST", q->path, out, e);

	json_print_line(doc, &asked);
	node_free(doc);
	if (type)
		snprintf(type, 128, "application/octet-stream");
	return ret;
}

int
call_lost(struct call *c, struct err *e)
{
	lost++;
	c->pp->keep(c->pp, NULL, NULL);
	return err_set(e, EX_LATER, "lost");
}

int
call_fetch(struct call *c, const char *url, struct strbuf *out, struct err *e)
{
	(void)c;
	(void)e;
	fetched++;
	strbuf_addf(&asked, "\nfetch %s", url);
	strbuf_addstr(out, "file");
	return 0;
}

/* As store/paid.c keeps it: the old note goes. */
static int
keep(struct paid_progress *pp, const char *text, struct err *e)
{
	char *copy = text ? xstrdup(text) : NULL;

	(void)e;
	free(note);
	note = copy;
	pp->note = note;
	return 0;
}

static struct paid_progress pp;
static struct endpoint ep;
static struct call c;
static struct strbuf reply = STRBUF_INIT;
static struct err e;

static void
start(const char *alias, const char *model)
{
	static char url[] = "http://localhost:1/v1";

	memset(&e, 0, sizeof(e));
	memset(&c, 0, sizeof(c));
	memset(&pp, 0, sizeof(pp));
	memset(answers, 0, sizeof(answers));
	answers[0] = (struct answer){ 200, 0, "{}" };
	answer_nr = fetched = lost = 0;
	free(note);
	note = NULL;
	pp.keep = keep;
	free(ep.alias);
	ep.alias = xstrdup(alias);
	ep.base_url = url;
	ep.timeout = 60;
	c.ep = &ep;
	c.pp = &pp;
	c.model = model;
	c.setting = "theModel";
	c.digest = "0000001f00";
	strbuf_reset(&asked);
	strbuf_reset(&reply);
}

static int
write_script(const struct script_provider *p, const char *options,
    const char *again)
{
	static const char schema[] = "{\"type\":\"object\"}";
	struct node *form = json_parse("s", schema, strlen(schema), NULL);
	struct node *o = options ? json_parse("o", options, strlen(options),
	    NULL) : NULL;
	struct script_request q = { .brief = "b", .source = "",
		.language = "en", .options = o };
	struct script_chat t = { "SYS", "USER", again ? "OLD" : NULL, again,
		form, 4000 };
	int ret = p->ask(&q, &t, &c, &reply, &e);

	node_free(form);
	node_free(o);
	return ret;
}

static void
test_chat(void)
{
	start("openai", "m");
	ok(write_script(&openai_script, NULL, NULL) == 0, "openai's chat");
	is(asked.buf, "POST /chat/completions {\"model\":\"m\",\"messages\":["
	    "{\"role\":\"system\",\"content\":\"SYS\"},{\"role\":\"user\","
	    "\"content\":\"USER\"}],\"response_format\":{\"type\":"
	    "\"json_schema\",\"json_schema\":{\"name\":\"script\",\"strict\":"
	    "true,\"schema\":{\"type\":\"object\"}}}}", "as published");
	start("openai", "m");
	write_script(&openai_script, "{\"maxTokens\":900,\"temperature\":0.5,"
	    "\"response_format\":{\"type\":\"text\"}}", "AGAIN");
	is(asked.buf, "POST /chat/completions {\"model\":\"m\",\"messages\":["
	    "{\"role\":\"system\",\"content\":\"SYS\"},{\"role\":\"user\","
	    "\"content\":\"USER\"},{\"role\":\"assistant\",\"content\":\"OLD\""
	    "},{\"role\":\"user\",\"content\":\"AGAIN\"}],\"max_tokens\":900,"
	    "\"temperature\":0.5,\"response_format\":{\"type\":\"text\"}}",
	    "with options and a second turn");
	start("openai", "m");
	answers[0] = (struct answer){ 400, EX_REFUSED,
		"x: 400: unknown field response_format" };
	answers[1] = (struct answer){ 200, 0, "{}" };
	ok(write_script(&openai_script, NULL, NULL) == 0 && answer_nr == 2 &&
	    !strstr(strchr(asked.buf, '\n'), "response_format"),
	    "a server that does not know the form is asked without");
	start("openai", "m");
	answers[0] = (struct answer){ 400, EX_REFUSED, "x: 400: too long" };
	ok(write_script(&openai_script, NULL, NULL) < 0 && answer_nr == 1,
	    "another refusal is final");
	start("openai", "m");
	ok(write_script(&openai_script, "{\"model\":\"x\"}", NULL) < 0 &&
	    e.code == EX_CONF && !answer_nr, "no option names another model");
	start("openai", NULL);
	ok(write_script(&openai_script, NULL, NULL) < 0 && e.code == EX_CONF &&
	    !answer_nr, "no model: %s", e.msg);
}

static void
test_messages(void)
{
	start("anthropic", "m");
	ok(write_script(&anthropic_script, "{\"top_k\":5}", NULL) == 0,
	    "anthropic's messages");
	is(asked.buf, "POST /messages {\"model\":\"m\",\"max_tokens\":4000,"
	    "\"system\":\"SYS\",\"messages\":[{\"role\":\"user\",\"content\":"
	    "\"USER\"}],\"output_config\":{\"format\":{\"type\":"
	    "\"json_schema\",\"schema\":{\"type\":\"object\"}}},\"top_k\":5}",
	    "as published");
	start("anthropic", "m");
	answers[0] = (struct answer){ 400, EX_REFUSED,
		"x: 400: output_config: unknown" };
	answers[1] = (struct answer){ 200, 0, "{}" };
	ok(write_script(&anthropic_script, "{\"maxTokens\":7}", "A") == 0 &&
	    answer_nr == 2 && strstr(asked.buf, "\"max_tokens\":7,") &&
	    !strstr(strchr(asked.buf, '\n'), "output_config"),
	    "then without the form");
	start("anthropic", "m");
	ok(write_script(&anthropic_script, "{\"system\":\"x\"}", NULL) < 0 &&
	    e.code == EX_CONF, "system is ours");
	start("gemini", "m/1");
	ok(write_script(&gemini_script, "{\"maxTokens\":7,\"topK\":3}", "A") ==
	    0, "gemini's generateContent");
	is(asked.buf, "POST /models/m%2F1:generateContent "
	    "{\"systemInstruction\":{\"parts\":[{\"text\":\"SYS\"}]},"
	    "\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"USER\"}]},"
	    "{\"role\":\"model\",\"parts\":[{\"text\":\"OLD\"}]},{\"role\":"
	    "\"user\",\"parts\":[{\"text\":\"A\"}]}],\"generationConfig\":"
	    "{\"responseMimeType\":\"application/json\",\"responseJsonSchema\":"
	    "{\"type\":\"object\"},\"maxOutputTokens\":7,\"topK\":3}}",
	    "as published");
	start("gemini", "m");
	ok(write_script(&gemini_script, "{\"responseMimeType\":\"x\"}", NULL)
	    < 0 && e.code == EX_CONF, "the type is ours");
}

static int
say(const struct speech_provider *p, const char *voice, double speed,
    const char *options)
{
	struct node *o = options ? json_parse("o", options, strlen(options),
	    NULL) : NULL;
	struct speech_request q = { .text = "Hi \"you\".", .language = "en",
		.voice = voice, .speed = speed, .options = o,
		.before = voice && *voice == 'b' ? "B" : NULL };
	int ret = p->ask(&q, &c, &reply, &e);

	node_free(o);
	return ret;
}

static void
test_speech(void)
{
	start("openai", "m");
	ok(say(&openai_speech, NULL, 1.5, "{\"instructions\":\"calm\"}") == 0,
	    "openai's speech");
	is(asked.buf, "POST /audio/speech {\"model\":\"m\",\"input\":"
	    "\"Hi \\\"you\\\".\",\"voice\":\"alloy\",\"response_format\":"
	    "\"wav\",\"speed\":1.5,\"instructions\":\"calm\"}",
	    "as published");
	start("openai", "m");
	ok(say(&openai_speech, "x", 1, "{\"input\":\"other\"}") < 0 &&
	    !answer_nr, "the text is not an option's");
	start("elevenlabs", "m");
	ok(say(&elevenlabs_speech, "b/../x?", 1.1,
	    "{\"voice_settings.stability\":0.4}") == 0, "elevenlabs");
	is(asked.buf, "POST /text-to-speech/b%2F..%2Fx%3F/with-timestamps?"
	    "output_format=pcm_24000 {\"text\":\"Hi \\\"you\\\".\","
	    "\"model_id\":\"m\",\"voice_settings\":{\"speed\":1.1,"
	    "\"stability\":0.4},\"previous_text\":\"B\"}", "as published");
	start("elevenlabs", NULL);
	ok(say(&elevenlabs_speech, "", 1, NULL) < 0 && e.code == EX_CONF,
	    "no voice: %s", e.msg);
	start("gemini", "m");
	ok(say(&gemini_speech, NULL, 1, NULL) == 0, "gemini's speech");
	is(asked.buf, "POST /models/m:generateContent {\"contents\":[{\"role\":"
	    "\"user\",\"parts\":[{\"text\":\"Hi \\\"you\\\".\"}]}],"
	    "\"generationConfig\":{\"responseModalities\":[\"AUDIO\"],"
	    "\"speechConfig\":{\"voiceConfig\":{\"prebuiltVoiceConfig\":"
	    "{\"voiceName\":\"Kore\"}}}}}", "as published");
	start("kokoro", NULL);
	ok(say(&kokoro_speech, NULL, 0, NULL) == 0, "kokoro");
	is(asked.buf, "POST /dev/captioned_speech {\"model\":\"kokoro\","
	    "\"input\":\"Hi \\\"you\\\".\",\"voice\":\"af_heart\","
	    "\"response_format\":\"wav\",\"speed\":1,\"stream\":false,"
	    "\"return_timestamps\":true}", "as published");
	start("piper", NULL);
	answers[0] = (struct answer){ 404, EX_CONF, "x: 404" };
	answers[1] = (struct answer){ 200, 0, "sound" };
	ok(say(&piper_speech, "v", 2, NULL) == 0, "piper, an old one");
	is(asked.buf, "POST /synthesize {\"text\":\"Hi \\\"you\\\".\","
	    "\"voice\":\"v\",\"length_scale\":0.5}\nPOST / Hi \"you\".",
	    "as published");
	is(reply.buf, "sound", "its answer");
	start("piper", NULL);
	answers[0] = (struct answer){ 500, EX_LATER, "x: 500" };
	ok(say(&piper_speech, "v", 2, NULL) < 0 && answer_nr == 1,
	    "piper, one that fails");
}

static int
draw(const struct image_provider *p, const char *options)
{
	struct node *o = options ? json_parse("o", options, strlen(options),
	    NULL) : NULL;
	struct image_request q = { .prompt = "a whale", .tone = "",
		.language = "en", .width = 1920, .height = 1080, .take = 1,
		.options = o };
	int ret = p->ask(&q, &c, &reply, &e);

	node_free(o);
	return ret;
}

static void
test_openai_image(void)
{
	start("openai", "gpt-image-2");
	answers[0] = (struct answer){ 200, 0, "{\"data\":[{\"b64_json\":\"AA\""
		"}]}" };
	ok(draw(&openai_image, "{\"quality\":\"high\"}") == 0 && !fetched &&
	    strstr(asked.buf, "POST /images/generations {\"model\":"
	    "\"gpt-image-2\",\"prompt\":") && strstr(asked.buf, "\"n\":1,") &&
	    strstr(asked.buf, "\"quality\":\"high\"}"), "openai's picture: %s",
	    asked.buf);
	start("openai", "m");
	answers[0] = (struct answer){ 200, 0, "{\"data\":[{\"url\":"
		"\"https://x/y\",\"b64_json\":null}]}" };
	ok(draw(&openai_image, NULL) == 0 && fetched && note &&
	    !strcmp(note, "https://x/y"), "an address is kept, then fetched");
	is(reply.buf, "file", "what was fetched is the reply");
	start("openai", "m");
	answers[0] = (struct answer){ 200, 0, "{\"data\":[{\"url\":"
		"\"https://x/y\",\"b64_json\":\"\"}]}" };
	ok(draw(&openai_image, NULL) == 0 && fetched, "an empty text is none");
	/* the next program goes on where that one died */
	start("openai", "m");
	keep(&pp, "https://x/z", NULL);
	ok(draw(&openai_image, NULL) == 0 && fetched && !answer_nr,
	    "an address that was kept is fetched without asking");
	is(asked.buf, "\nfetch https://x/z", "that one");
	start("openai", "m");
	ok(draw(&openai_image, "{\"n\":4}") < 0 && e.code == EX_CONF,
	    "no more than one");
	start("gemini", "m");
	ok(draw(&gemini_image, "{\"imageConfig.imageSize\":\"2K\"}") == 0 &&
	    strstr(asked.buf, "\"generationConfig\":{\"responseModalities\":"
	    "[\"IMAGE\"],\"imageConfig\":{\"aspectRatio\":\"16:9\","
	    "\"imageSize\":\"2K\"}}"), "gemini's picture: %s", asked.buf);
	start("a1111", "sd");
	ok(draw(&a1111_image, "{\"steps\":20}") == 0 && strstr(asked.buf,
	    "\"seed\":1,\"batch_size\":1,\"override_settings\":"
	    "{\"sd_model_checkpoint\":\"sd\"},\"steps\":20}"),
	    "a1111's: %s", asked.buf);
	start("a1111", NULL);
	ok(draw(&a1111_image, "{\"prompt\":\"x\"}") < 0 && !answer_nr,
	    "the prompt is ours");
}

static void
test_jobs(void)
{
	start("sdcpp", NULL);
	answers[0] = (struct answer){ 202, 0, "{\"id\":\"j/1\"}" };
	answers[1] = (struct answer){ 200, 0, "{\"status\":\"queued\"}" };
	answers[2] = (struct answer){ 200, 0, "{\"status\":\"completed\","
		"\"error\":null}" };
	ok(draw(&sdcpp_image, NULL) == 0 && answer_nr == 3 &&
	    strstr(asked.buf, "\nGET /sdcpp/v1/jobs/j%2F1 \n"),
	    "a job is looked at until it is done: %s", e.msg);
	start("sdcpp", NULL);
	answers[0] = (struct answer){ 202, 0, "{\"id\":\"\"}" };
	ok(draw(&sdcpp_image, NULL) < 0 && e.code == EX_DATA && !note,
	    "a job without an id: %s", e.msg);
	start("sdcpp", NULL);
	keep(&pp, "old", NULL);
	answers[0] = (struct answer){ 200, 0, "{\"status\":\"failed\","
		"\"error\":{\"message\":\"out of VRAM\"}}" };
	ok(draw(&sdcpp_image, NULL) < 0 && lost && !note &&
	    e.code == EX_LATER && strstr(e.msg, "out of VRAM: lost"),
	    "a job that failed is forgotten: %s", e.msg);
	start("sdcpp", NULL);
	keep(&pp, "old", NULL);
	answers[0] = (struct answer){ 200, 0, "{\"status\":\"cancelled\"}" };
	ok(draw(&sdcpp_image, NULL) < 0 && lost && !note, "a cancelled one");
	start("sdcpp", NULL);
	keep(&pp, "old", NULL);
	answers[0] = (struct answer){ 410, EX_CONF, "gone" };
	ok(draw(&sdcpp_image, NULL) < 0 && lost, "one that is not known");
	start("sdcpp", NULL);
	keep(&pp, "old", NULL);
	answers[0] = (struct answer){ 503, EX_LATER, "busy" };
	ok(draw(&sdcpp_image, NULL) < 0 && !lost && note, "a busy server");
	start("sdcpp", NULL);
	keep(&pp, "old", NULL);
	answers[0] = (struct answer){ 200, 0, "{}" };
	ok(draw(&sdcpp_image, NULL) < 0 && e.code == EX_DATA && note,
	    "no job at all: %s", e.msg);
	start("sdcpp", NULL);
	keep(&pp, "old", NULL);
	answers[0] = (struct answer){ 200, 0, "{\"error\":\"no\"}" };
	ok(draw(&sdcpp_image, NULL) < 0 && e.code == EX_REFUSED && note,
	    "only an error: %s", e.msg);
}

static void
test_photos(void)
{
	start("pexels", NULL);
	answers[0] = (struct answer){ 200, 0, "{\"photos\":[{\"id\":7,"
		"\"photographer\":\"Jo\",\"src\":{\"original\":"
		"\"https://i/7.jpg\"}}]}" };
	ok(draw(&pexels_image, NULL) == 0 && strstr(asked.buf, "GET /search?"
	    "query=") && strstr(asked.buf, "&orientation=landscape") &&
	    strstr(asked.buf, "fetch https://i/7.jpg?auto="), "pexels: %s",
	    asked.buf);
	is(reply.buf, "{\"photographer\":\"Jo\",\"id\":7}\nfile",
	    "what is kept of it");
	start("pexels", NULL);
	answers[0] = (struct answer){ 200, 0, "{\"photos\":[]}" };
	ok(draw(&pexels_image, NULL) < 0 && e.code == EX_REFUSED,
	    "none: %s", e.msg);
	start("pexels", NULL);
	answers[0] = (struct answer){ 200, 0, "{\"photos\":[{\"id\":7}]}" };
	ok(draw(&pexels_image, NULL) < 0 && e.code == EX_DATA && e.msg[0],
	    "one without a file: %s", e.msg);
	start("pexels", NULL);
	answers[0] = (struct answer){ 200, 0, "{\"photos\":[5]}" };
	ok(draw(&pexels_image, NULL) < 0 && e.code == EX_DATA, "a number");
	start("pexels", NULL);
	answers[0] = (struct answer){ 200, 0, "[]" };
	ok(draw(&pexels_image, NULL) < 0 && e.code == EX_DATA, "a list");
}

int
main(void)
{
	test_chat();
	test_messages();
	test_speech();
	test_openai_image();
	test_jobs();
	test_photos();
	strbuf_release(&asked);
	strbuf_release(&reply);
	free(ep.alias);
	free(note);
	return done_testing();
}
