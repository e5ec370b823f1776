#include <stdlib.h>
#include <string.h>

#include "provider/provider.h"
#include "../tests/unit/tap.h"

extern const struct script_provider openai_script, anthropic_script,
    gemini_script;

static struct script_answer a;
static struct err e;

static int
take(const struct script_provider *p, const char *body)
{
	struct strbuf b = STRBUF_INIT;
	int ret;

	strbuf_release(&a.text);
	memset(&a, 0, sizeof(a));
	memset(&e, 0, sizeof(e));
	strbuf_init(&a.text);
	strbuf_addstr(&b, body);
	ret = p->read(&b, &a, &e);
	strbuf_release(&b);
	return ret;
}

static void
gives(const struct script_provider *p, const char *body, const char *text)
{
	ok(take(p, body) == 0, "%s: %.60s %s", p->name, body, e.msg);
	is(a.text.buf, text, "its text");
}

static void
refuses(const struct script_provider *p, const char *body, int code,
    const char *says)
{
	int ret = take(p, body);

	ok(ret < 0 && e.code == code && strstr(e.msg, says),
	    "%s: %.70s: %d %s", p->name, body, e.code, e.msg);
}

/* What none of them takes. */
static void
test_all(const struct script_provider *p)
{
	static const char *const bad[] = { "", "null", "[]", "5", "<html>",
		"{\"choices\":", "{\"a\":1,\"a\":1}" };
	static const char *const empty[] = { "{}", "{\"choices\":[]}",
		"{\"choices\":{}}", "{\"choices\":\"x\"}", "{\"choices\":[5]}",
		"{\"choices\":[{}]}", "{\"choices\":[{\"message\":5}]}",
		"{\"choices\":[{\"message\":{\"content\":null}}]}",
		"{\"choices\":[{\"message\":{\"content\":[]}}]}",
		"{\"choices\":[{\"message\":{\"content\":{\"text\":\"x\"}}}]}",
		"{\"choices\":[{\"message\":{\"content\":[[],5,null]}}]}",
		"{\"content\":null}", "{\"content\":[]}", "{\"content\":{}}",
		"{\"content\":5}", "{\"content\":[5,\"x\",null,[]]}",
		"{\"content\":[{\"type\":\"text\"}]}",
		"{\"content\":[{\"type\":\"text\",\"text\":[]}]}",
		"{\"candidates\":null}", "{\"candidates\":[]}",
		"{\"candidates\":{}}", "{\"candidates\":[null]}",
		"{\"candidates\":[{\"content\":{\"parts\":[]}}]}",
		"{\"candidates\":[{\"content\":{\"parts\":{\"text\":\"x\"}}}]}",
		"{\"candidates\":[{\"content\":{\"parts\":[5,null]}}]}",
		"{\"candidates\":[{\"content\":{\"parts\":[{}]}}]}" };
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		refuses(p, bad[i], EX_DATA, "not what it should be");
	for (i = 0; i < sizeof(empty) / sizeof(*empty); i++)
		refuses(p, empty[i], EX_REFUSED, "nothing");
	refuses(p, "{\"error\":{\"message\":\"no such thing\"}}", EX_REFUSED,
	    "no such thing");
}

/* A long script in one text is whole. */
static void
test_long(const struct script_provider *p, const char *head, const char *tail)
{
	struct strbuf b = STRBUF_INIT;
	size_t i;

	strbuf_addstr(&b, head);
	for (i = 0; i < 40000; i++)
		strbuf_addstr(&b, "word ");
	strbuf_addstr(&b, tail);
	ok(take(p, b.buf) == 0 && a.text.len == 200000 &&
	    !strncmp(a.text.buf + 199990, "word word ", 10),
	    "%s: 200 kB are read: %zu", p->name, a.text.len);
	strbuf_release(&b);
}

static void
test_openai(void)
{
	const struct script_provider *p = &openai_script;

	gives(p, "{\"model\":\"gpt-5-2026\",\"choices\":[{\"finish_reason\":"
	    "\"stop\",\"message\":{\"role\":\"assistant\",\"content\":\"hi\","
	    "\"refusal\":null}}],\"usage\":{\"prompt_tokens\":11,"
	    "\"completion_tokens\":22}}", "hi");
	ok(!strcmp(a.model, "gpt-5-2026") && a.used.input_tokens == 11 &&
	    a.used.output_tokens == 22 && !a.cut && !a.is_markdown,
	    "model and usage");
	gives(p, "{\"choices\":[{\"finish_reason\":\"length\",\"message\":"
	    "{\"content\":\"{\\\"scenes\\\":\"}}],\"usage\":{\"prompt_tokens\":"
	    "-5,\"completion_tokens\":1e300},\"model\":[]}", "{\"scenes\":");
	ok(a.cut && a.used.input_tokens == 0 && a.used.output_tokens == 0 &&
	    !*a.model, "cut; nonsense is not counted");
	gives(p, "{\"choices\":[{\"message\":{\"content\":[{\"type\":"
	    "\"thinking\",\"thinking\":[]},{\"type\":\"text\",\"text\":\"a \"},"
	    "7,{\"type\":\"text\",\"text\":\"b\"}]}}]}", "a b");
	gives(p, "{\"choices\":[{\"message\":{\"content\":\"x\"}},{\"message\":"
	    "{\"content\":\"y\"}}],\"usage\":null,\"error\":null}", "x");
	gives(p, "{\"choices\":[{\"finish_reason\":null,\"message\":"
	    "{\"reasoning_content\":\"hm\",\"content\":\"x\"}}],\"usage\":[]}",
	    "x");
	refuses(p, "{\"choices\":[{\"finish_reason\":\"stop\",\"message\":"
	    "{\"content\":null,\"refusal\":\"I cannot\"}}],\"usage\":"
	    "{\"prompt_tokens\":5}}", EX_REFUSED, "refused: I cannot");
	ok(a.used.input_tokens == 5, "what it took is counted all the same");
	refuses(p, "{\"choices\":[{\"finish_reason\":\"content_filter\","
	    "\"message\":{\"content\":\"par\"}}]}", EX_REFUSED, "filter");
	refuses(p, "{\"choices\":[{\"finish_reason\":\"length\",\"message\":"
	    "{\"content\":\"\"}}]}", EX_REFUSED, "raise maxTokens");
	test_long(p, "{\"choices\":[{\"message\":{\"content\":\"", "\"}}]}");
}

static void
test_anthropic(void)
{
	const struct script_provider *p = &anthropic_script;

	gives(p, "{\"type\":\"message\",\"model\":\"claude-x\",\"content\":["
	    "{\"type\":\"thinking\",\"thinking\":\"hm\",\"text\":\"no\"},"
	    "{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":"
	    "\"b\"}],\"stop_reason\":\"end_turn\",\"usage\":{\"input_tokens\":"
	    "3,\"output_tokens\":4}}", "ab");
	ok(!strcmp(a.model, "claude-x") && a.used.input_tokens == 3 &&
	    a.used.output_tokens == 4 && !a.cut, "model and usage");
	gives(p, "{\"content\":[{\"type\":\"text\",\"text\":\"a\"}],"
	    "\"stop_reason\":\"max_tokens\"}", "a");
	ok(a.cut, "cut by its own limit");
	gives(p, "{\"content\":[{\"type\":\"text\",\"text\":\"a\"}],"
	    "\"stop_reason\":\"model_context_window_exceeded\"}", "a");
	ok(a.cut, "cut by the model's");
	refuses(p, "{\"content\":[{\"type\":\"text\",\"text\":\"I\"}],"
	    "\"stop_reason\":\"refusal\"}", EX_REFUSED, "refused");
	refuses(p, "{\"content\":[{\"type\":\"thinking\",\"thinking\":\"x\"}],"
	    "\"stop_reason\":\"max_tokens\"}", EX_REFUSED, "raise maxTokens");
	refuses(p, "{\"type\":\"error\",\"error\":{\"type\":"
	    "\"overloaded_error\",\"message\":\"Overloaded\"}}", EX_REFUSED,
	    "Overloaded");
	test_long(p, "{\"content\":[{\"type\":\"text\",\"text\":\"", "\"}]}");
}

static void
test_gemini(void)
{
	const struct script_provider *p = &gemini_script;

	gives(p, "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"hm\","
	    "\"thought\":true},{\"text\":\"a\"},{\"inlineData\":{}},{\"text\":"
	    "\"b\"}]},\"finishReason\":\"STOP\"}],\"usageMetadata\":"
	    "{\"promptTokenCount\":1,\"candidatesTokenCount\":2,"
	    "\"thoughtsTokenCount\":40},\"modelVersion\":\"g-3\"}", "ab");
	ok(!strcmp(a.model, "g-3") && a.used.input_tokens == 1 &&
	    a.used.output_tokens == 42 && !a.cut,
	    "model and usage, thoughts among it");
	gives(p, "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]}}"
	    "],\"usageMetadata\":{\"thoughtsTokenCount\":-1e300}}", "a");
	ok(a.used.output_tokens == 0, "no end said is a good end");
	gives(p, "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]},"
	    "\"finishReason\":\"MAX_TOKENS\"}]}", "a");
	ok(a.cut, "cut");
	refuses(p, "{\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}",
	    EX_REFUSED, "blocked (SAFETY)");
	refuses(p, "{\"candidates\":[{\"finishReason\":\"RECITATION\"}]}",
	    EX_REFUSED, "RECITATION");
	refuses(p, "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]"
	    "},\"finishReason\":\"SAFETY\"}]}", EX_REFUSED, "stopped (SAFETY)");
	refuses(p, "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\","
	    "\"thought\":true}]},\"finishReason\":\"MAX_TOKENS\"}]}",
	    EX_REFUSED, "raise maxTokens");
	test_long(p, "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"",
	    "\"}]}}]}");
}

int
main(void)
{
	strbuf_init(&a.text);
	test_all(&openai_script);
	test_all(&anthropic_script);
	test_all(&gemini_script);
	test_openai();
	test_anthropic();
	test_gemini();
	strbuf_release(&a.text);
	return done_testing();
}
