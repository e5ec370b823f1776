#include <stdlib.h>
#include <string.h>

#include "provider/provider.h"
#include "../tests/unit/tap.h"

extern const struct speech_provider openai_speech, gemini_speech,
    elevenlabs_speech, kokoro_speech, piper_speech;
extern const struct image_provider openai_image, gemini_image, a1111_image,
    sdcpp_image, pexels_image;

#define PNG "\x89PNG\r\n\x1a\n...."
#define PNG64 "iVBORw0KGgouLi4u"
#define WAV64 "UklGRiQAAABXQVZF"
#define PCM64 "AQIDBAUGBwg="

static struct speech_reply s;
static struct image_reply im;
static struct err e;

static int
hear(const struct speech_provider *p, const char *body, size_t n)
{
	struct strbuf b = STRBUF_INIT;
	int ret;

	speech_reply_release(&s);
	memset(&s, 0, sizeof(s));
	memset(&e, 0, sizeof(e));
	strbuf_init(&s.bytes);
	strbuf_add(&b, body, n);
	ret = speech_reply_read(p, &b, &s, &e);
	strbuf_release(&b);
	return ret;
}

static int
see(const struct image_provider *p, const char *body, size_t n)
{
	struct strbuf b = STRBUF_INIT;
	int ret;

	image_reply_release(&im);
	memset(&e, 0, sizeof(e));
	strbuf_add(&b, body, n);
	ret = image_reply_read(p, &b, &im, &e);
	strbuf_release(&b);
	return ret;
}

static int
is_bytes(const struct strbuf *b, const char *want, size_t n)
{
	return b->len == n && !memcmp(b->buf, want, n);
}

#define HEAR(p, body) hear(p, body, strlen(body))
#define SEE(p, body) see(p, body, strlen(body))

static void
no_sound(const struct speech_provider *p, const char *body, int code)
{
	ok(HEAR(p, body) < 0 && e.code == code && e.msg[0] && !s.heard_nr,
	    "%s: %.60s: %d %s", p->name, body, e.code, e.msg);
}

static void
no_picture(const struct image_provider *p, const char *body, int code)
{
	ok(SEE(p, body) < 0 && e.code == code && e.msg[0],
	    "%s: %.60s: %d %s", p->name, body, e.code, e.msg);
}

static const char *const broken[] = { "", "null", "[]", "\"x\"", "<html>",
	"{\"x\":", "{}", "{\"audio\":null}", "{\"audio\":5}",
	"{\"audio\":[]}", "{\"audio\":\"!\"}", "{\"audio_base64\":null}",
	"{\"audio_base64\":{}}", "{\"audio_base64\":\"=\"}",
	"{\"data\":[]}", "{\"data\":{}}", "{\"data\":[5]}", "{\"data\":[{}]}",
	"{\"data\":[{\"b64_json\":null}]}", "{\"data\":[{\"b64_json\":7}]}",
	"{\"images\":[]}", "{\"images\":\"x\"}", "{\"images\":[null]}",
	"{\"images\":[{}]}", "{\"images\":[\"*\"]}", "{\"result\":null}",
	"{\"result\":[]}", "{\"result\":{\"images\":[]}}",
	"{\"result\":{\"images\":[5]}}", "{\"result\":{\"b64_json\":[]}}" };

static void
test_broken(void)
{
	const char *const bare = PNG;
	size_t i;

	for (i = 0; i < sizeof(broken) / sizeof(*broken); i++) {
		no_sound(&elevenlabs_speech, broken[i], EX_DATA);
		no_sound(&kokoro_speech, broken[i], EX_DATA);
		no_picture(&openai_image, broken[i], EX_DATA);
		no_picture(&a1111_image, broken[i], EX_DATA);
		no_picture(&sdcpp_image, broken[i], EX_DATA);
	}
	no_sound(&kokoro_speech, "{\"error\":\"no\"}", EX_REFUSED);
	no_picture(&openai_image, "{\"error\":{\"message\":\"no\"}}",
	    EX_REFUSED);
	/* bare media, as a clone gives them back */
	ok(see(&openai_image, bare, 12) == 0 && is_bytes(&im.bytes, bare, 12) &&
	    see(&gemini_image, bare, 12) == 0 &&
	    is_bytes(&im.bytes, bare, 12) && see(&a1111_image, bare, 12) == 0 &&
	    see(&sdcpp_image, bare, 12) == 0 && is_bytes(&im.bytes, bare, 12),
	    "a picture as it is");
	ok(hear(&elevenlabs_speech, "RIFF....WAVE", 12) == 0 &&
	    hear(&gemini_speech, "RIFF....WAVE", 12) == 0 &&
	    hear(&kokoro_speech, "RIFF....WAVE", 12) == 0 &&
	    is_bytes(&s.bytes, "RIFF....WAVE", 12), "a sound as it is");
	ok(hear(&openai_speech, "any\0", 4) == 0 &&
	    is_bytes(&s.bytes, "any\0", 4) &&
	    hear(&piper_speech, "any\0", 4) == 0 &&
	    is_bytes(&s.bytes, "any\0", 4), "theirs is the sound itself");
}

static void
test_elevenlabs(void)
{
	const struct speech_provider *p = &elevenlabs_speech;
	static const char *const wrong[] = { "null", "5", "[]", "{}",
		"{\"characters\":[\"a\"]}",
		"{\"characters\":[\"a\",\"b\"],\"character_start_times_seconds"
		"\":[0],\"character_end_times_seconds\":[1,2]}",
		"{\"characters\":[\"a\"],\"character_start_times_seconds\":[0,"
		"1],\"character_end_times_seconds\":[1]}",
		"{\"characters\":[\"a\",\"b\"],\"character_start_times_seconds"
		"\":[0,\"1\"],\"character_end_times_seconds\":[1,2]}",
		"{\"characters\":[\"a\",null],\"character_start_times_seconds"
		"\":[0,1],\"character_end_times_seconds\":[1,2]}",
		"{\"characters\":[\"a\",[]],\"character_start_times_seconds"
		"\":[0,1],\"character_end_times_seconds\":[1,2]}",
		"{\"characters\":\"ab\",\"character_start_times_seconds"
		"\":[0,1],\"character_end_times_seconds\":[1,2]}" };
	char body[400];
	size_t i;

	ok(HEAR(p, "{\"audio_base64\":\"" PCM64 "\",\"alignment\":"
	    "{\"characters\":[\"a\",\" \",\"\xc3\xa9\"],"
	    "\"character_start_times_seconds\":[0,0.1,0.2],"
	    "\"character_end_times_seconds\":[0.1,0.2,0.35]},"
	    "\"normalized_alignment\":null}") == 0, "a good reply: %s", e.msg);
	ok(s.bytes.len == 52 && !memcmp(s.bytes.buf, "RIFF", 4) &&
	    !memcmp(s.bytes.buf + 44, "\1\2\3\4\5\6\7\10", 8),
	    "its PCM got a header");
	ok(s.by_character && s.heard_nr == 3 &&
	    !strcmp(s.heard[2].text, "\xc3\xa9") && s.heard[2].start == 0.2 &&
	    s.heard[2].end == 0.35, "its times");
	ok(HEAR(p, "{\"audio_base64\":\"" WAV64 "\"}") == 0 &&
	    is_bytes(&s.bytes, "RIFF\x24\0\0\0WAVE", 12) && !s.heard_nr,
	    "a file stays as it is");
	for (i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		snprintf(body, sizeof(body), "{\"audio_base64\":\"" PCM64
		    "\",\"alignment\":%s}", wrong[i]);
		ok(HEAR(p, body) == 0 && !s.heard_nr && !s.by_character,
		    "no times: %s", wrong[i]);
	}
	no_sound(p, "{\"detail\":{\"status\":\"x\",\"message\":\"m\"}}",
	    EX_DATA);
}

static void
test_kokoro(void)
{
	const struct speech_provider *p = &kokoro_speech;

	ok(HEAR(p, "{\"audio\":\"" WAV64 "\",\"audio_format\":\"wav\","
	    "\"timestamps\":[{\"word\":\"Hi\",\"start_time\":0.1,"
	    "\"end_time\":0.4},{\"word\":\"\",\"start_time\":1},5,null,"
	    "{\"word\":[]},{\"word\":\"you\",\"start_time\":\"x\"}]}") == 0 &&
	    s.heard_nr == 2 && !s.by_character, "a good reply: %s", e.msg);
	ok(s.heard_nr == 2 && !strcmp(s.heard[0].text, "Hi") &&
	    s.heard[0].start == 0.1 && s.heard[0].end == 0.4 &&
	    s.heard[1].start == -1 && s.heard[1].end == -1,
	    "what is no time is -1");
	ok(HEAR(p, "{\"audio\":\"" WAV64 "\",\"timestamps\":null}") == 0 &&
	    HEAR(p, "{\"audio\":\"" WAV64 "\",\"timestamps\":\"x\"}") == 0 &&
	    HEAR(p, "{\"audio\":\"" WAV64 "\"}") == 0 && !s.heard_nr,
	    "no times");
}

static void
test_gemini(void)
{
	const struct speech_provider *p = &gemini_speech;
	const struct image_provider *i = &gemini_image;

	ok(HEAR(p, "{\"candidates\":[{\"content\":{\"parts\":[{\"inlineData\":"
	    "{\"mimeType\":\"audio/L16;codec=pcm;rate=16000\",\"data\":\""
	    PCM64 "\"}}]}}],\"usageMetadata\":{\"promptTokenCount\":7,"
	    "\"candidatesTokenCount\":8}}") == 0 && s.bytes.len == 52 &&
	    s.bytes.buf[24] == (char)0x80 && s.bytes.buf[25] == 0x3e &&
	    s.used.input_tokens == 7 && s.used.output_tokens == 8,
	    "sound with its rate: %s", e.msg);
	ok(HEAR(p, "{\"candidates\":[{\"content\":{\"parts\":[{\"inlineData\":"
	    "{\"mimeType\":\"audio/wav\",\"data\":\"" WAV64 "\"}}]}}]}") == 0 &&
	    s.bytes.len == 12, "a file");
	no_sound(p, "{\"candidates\":[]}", EX_REFUSED);
	no_sound(p, "{\"candidates\":[{\"content\":{\"parts\":[{\"inlineData\":"
	    "{\"mimeType\":5,\"data\":5}}]}}]}", EX_DATA);
	no_sound(p, "{\"candidates\":[{\"finishReason\":\"OTHER\"}]}",
	    EX_REFUSED);
	ok(SEE(i, "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"So\"},"
	    "{\"thought\":true,\"inlineData\":{\"mimeType\":\"image/png\","
	    "\"data\":\"AAAA\"}},{\"inlineData\":{\"mimeType\":\"image/png\","
	    "\"data\":\"" PNG64 "\"}}]}}]}") == 0 &&
	    is_bytes(&im.bytes, PNG, 12),
	    "the picture among texts, not the thought's: %s", e.msg);
	no_picture(i, "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":"
	    "\"I cannot\"}]}}]}", EX_REFUSED);
	ok(strstr(e.msg, "I cannot") != NULL, "what it said");
	no_picture(i, "{\"candidates\":[{\"content\":{\"parts\":[]},"
	    "\"finishReason\":\"IMAGE_SAFETY\"}]}", EX_REFUSED);
	no_picture(i, "{\"promptFeedback\":{\"blockReason\":\"X\"}}",
	    EX_REFUSED);
	no_picture(i, "{\"candidates\":[{\"content\":{\"parts\":[{\"inlineData"
	    "\":{\"data\":\"?\"}}]}}]}", EX_DATA);
}

static void
test_pictures(void)
{
	ok(SEE(&openai_image, "{\"created\":1,\"data\":[{\"b64_json\":\""
	    PNG64 "\",\"revised_prompt\":\"better\"}],\"usage\":"
	    "{\"input_tokens\":5,\"output_tokens\":6}}") == 0 &&
	    is_bytes(&im.bytes, PNG, 12) && im.revised &&
	    !strcmp(im.revised, "better") && im.used.output_tokens == 6,
	    "openai: %s", e.msg);
	ok(SEE(&openai_image, "{\"data\":[{\"b64_json\":\"data:image/png;base64"
	    "," PNG64 "\",\"revised_prompt\":null}]}") == 0 &&
	    is_bytes(&im.bytes, PNG, 12) && !im.revised, "openai: data:");
	ok(SEE(&a1111_image, "{\"images\":[\"" PNG64 "\",\"x\"],\"parameters\":"
	    "{},\"info\":\"{\\\"seed\\\": 4094967295, \\\"sd_model_name\\\": "
	    "\\\"sdxl\\\"}\"}") == 0 && is_bytes(&im.bytes, PNG, 12) &&
	    im.seed == 4094967295u && !strcmp(im.model, "sdxl"),
	    "a1111: %s", e.msg);
	ok(SEE(&a1111_image, "{\"images\":[\"data:image/png;base64," PNG64
	    "\"],\"info\":\"\"}") == 0 && is_bytes(&im.bytes, PNG, 12) &&
	    !im.seed, "a1111: data:, no info");
	ok(SEE(&a1111_image, "{\"images\":[\"" PNG64 "\"],\"info\":\"Steps: 2"
	    "\"}") == 0 && SEE(&a1111_image, "{\"images\":[\"" PNG64 "\"],"
	    "\"info\":{\"seed\":5}}") == 0 && !im.seed && SEE(&a1111_image,
	    "{\"images\":[\"" PNG64 "\"],\"info\":\"{\\\"seed\\\":-1}\"}") ==
	    0 && !im.seed && SEE(&a1111_image, "{\"images\":[\"" PNG64 "\"],"
	    "\"info\":\"{\\\"seed\\\":1e300}\"}") == 0 && !im.seed &&
	    SEE(&a1111_image, "{\"images\":[\"" PNG64 "\"],\"info\":\"[1]\"}")
	    == 0, "a1111: info of other kinds");
	ok(SEE(&sdcpp_image, "{\"id\":\"1\",\"status\":\"completed\",\"result\""
	    ":{\"images\":[{\"b64_json\":\"" PNG64 "\",\"seed\":9}]},\"error\":"
	    "null}") == 0 && is_bytes(&im.bytes, PNG, 12) && im.seed == 9,
	    "sdcpp: a list: %s", e.msg);
	ok(SEE(&sdcpp_image, "{\"result\":{\"b64_json\":\"" PNG64 "\",\"seed\":"
	    "-3}}") == 0 && is_bytes(&im.bytes, PNG, 12) && im.seed == 0,
	    "sdcpp: one: %s", e.msg);
}

static void
test_pexels(void)
{
	const struct image_provider *p = &pexels_image;
	static const char full[] = "{\"photographer\":\"Jo\",\"url\":"
	    "\"https://p/1\"}\n" PNG, some[] = "{\"photographer\":null,"
	    "\"url\":5,\"id\":7}\n" PNG, cut[] = "{\"photographer\":\n" PNG;

	ok(see(p, full, sizeof(full) - 1) == 0 &&
	    is_bytes(&im.bytes, PNG, 12) && im.credit && im.credit_url &&
	    !strcmp(im.credit, "Jo") && !strcmp(im.credit_url, "https://p/1") &&
	    !strcmp(im.source_type, "digitalCapture") && im.used.pictures == 1,
	    "pexels: the line and the file");
	ok(see(p, some, sizeof(some) - 1) == 0 &&
	    is_bytes(&im.bytes, PNG, 12) && !im.credit,
	    "pexels: no photographer");
	ok(see(p, PNG, 12) == 0 && is_bytes(&im.bytes, PNG, 12) &&
	    im.source_type && !strcmp(im.source_type, "digitalCapture"),
	    "pexels: bare, and still a photograph");
	ok(see(p, cut, sizeof(cut) - 1) == 0 &&
	    is_bytes(&im.bytes, cut, sizeof(cut) - 1) && !im.credit,
	    "pexels: a broken line is part of the file");
	ok(see(p, "", 0) == 0 && im.bytes.len == 0, "pexels: nothing");
	ok(see(p, "{}\n", 3) == 0 && im.bytes.len == 0, "pexels: no file");
}

int
main(void)
{
	strbuf_init(&s.bytes);
	strbuf_init(&im.bytes);
	test_broken();
	test_elevenlabs();
	test_kokoro();
	test_gemini();
	test_pictures();
	test_pexels();
	speech_reply_release(&s);
	image_reply_release(&im);
	return done_testing();
}
