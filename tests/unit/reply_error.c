#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "provider/reply_error.h"
#include "../tests/unit/tap.h"

static struct reply_error r;

static void
read_n(const char *s, size_t n)
{
	struct strbuf b = STRBUF_INIT;

	strbuf_add(&b, s, n);
	memset(&r, 'x', sizeof(r));
	reply_error_read(&b, &r);
	strbuf_release(&b);
}

static void
says(const char *body, const char *text, const char *code)
{
	read_n(body, strlen(body));
	is(r.text, text, body);
	is(r.code, code, "its code");
}

static void
test_shapes(void)
{
	says("{\"error\":{\"message\":\"bad voice\",\"type\":"
	    "\"invalid_request_error\",\"param\":null,\"code\":null}}",
	    "bad voice", "invalid_request_error");
	says("{\"error\":{\"message\":\"no\",\"type\":\"t\",\"code\":"
	    "\"model_not_found\"}}", "no", "model_not_found");
	ok(r.is_model && !r.is_quota && r.wait == -1, "a model");
	/* llama.cpp */
	says("{\"error\":{\"code\":400,\"message\":\"bad\",\"type\":"
	    "\"invalid_request_error\"}}", "bad", "invalid_request_error");
	says("{\"error\":{\"code\":503,\"message\":\"Loading model\"}}",
	    "Loading model", "503");
	ok(!r.is_model, "a model that is loaded is there");
	/* Ollama */
	says("{\"error\":\"model 'x' not found\"}", "model 'x' not found", "");
	ok(r.is_model, "its model is not");
	/* FastAPI, ElevenLabs */
	says("{\"detail\":\"Not Found\"}", "Not Found", "");
	says("{\"detail\":[{\"loc\":[\"body\",\"x\"],\"msg\":\"field required"
	    "\",\"type\":\"value_error\"}]}", "field required", "");
	says("{\"detail\":{\"error\":\"e\",\"message\":\"m\"}}", "m", "");
	says("{\"detail\":{\"error\":{\"message\":\"m\"}}}", "m", "");
	says("{\"detail\":{\"status\":\"quota_exceeded\",\"message\":\"over\"}"
	    "}", "over", "quota_exceeded");
	ok(r.is_quota, "that is quota");
	says("{\"detail\":{\"status\":\"too_many_concurrent_requests\","
	    "\"message\":\"slow\"}}", "slow", "too_many_concurrent_requests");
	ok(!r.is_quota, "that is none");
	says("{\"message\":\"m\",\"code\":\"c\"}", "m", "c");
	says("no JSON", "no JSON", "");
	says("{\"error\":\"No.\"}", "No", "");
	says("{\"error\":\"wait...\"}", "wait...", "");
	says(".", ".", "");
	says("", "", "");
	says("{}", "{}", "");
	says("[1]", "[1]", "");
}

static void
test_google(void)
{
	says("{\"error\":{\"code\":429,\"message\":\"Slow down\",\"status\":"
	    "\"RESOURCE_EXHAUSTED\",\"details\":[{\"@type\":\"x\"},7,"
	    "{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\","
	    "\"retryDelay\":\"46s\"}]}}", "Slow down", "RESOURCE_EXHAUSTED");
	ok(r.wait == 46 && !r.is_quota, "it says how long to wait");
	says("{\"error\":{\"code\":429,\"message\":\"Quota exceeded for metric:"
	    " x, limit: 0\",\"status\":\"RESOURCE_EXHAUSTED\"}}",
	    "Quota exceeded for metric: x, limit: 0", "RESOURCE_EXHAUSTED");
	ok(r.is_quota && r.wait == -1, "limit: 0 is no time to wait");
	ok(!r.is_key, "and says nothing of the key");
	says("{\"error\":{\"code\":400,\"message\":\"API key not valid.\","
	    "\"status\":\"INVALID_ARGUMENT\",\"details\":[{\"@type\":\"x\","
	    "\"reason\":\"API_KEY_INVALID\"}]}}", "API key not valid",
	    "INVALID_ARGUMENT");
	ok(r.is_key && !r.is_quota && !r.is_model, "a wrong key");
	says("{\"error\":{\"message\":\"m\",\"details\":[{\"retryDelay\":\"-1s"
	    "\"}]}}", "m", "");
	ok(r.wait == -1, "a negative time is none");
	says("{\"error\":{\"message\":\"m\",\"details\":\"text\"}}", "m", "");
}

static void
test_money(void)
{
	static const char *const spent[] = { "insufficient_quota",
		"credit_balance_exhausted", "project_spend_limit_exceeded",
		"organization_spend_limit_exceeded",
		"organization_usage_limit_exceeded",
		"billing_hard_limit_reached", "quota_exceeded" };
	char body[200];
	size_t i;

	for (i = 0; i < sizeof(spent) / sizeof(*spent); i++) {
		snprintf(body, sizeof(body), "{\"error\":{\"code\":\"%s\"}}",
		    spent[i]);
		read_n(body, strlen(body));
		ok(r.is_quota, "money: %s", spent[i]);
	}
	says("{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\","
	    "\"message\":\"m\",\"details\":{\"error_code\":"
	    "\"enforced_spend_limit_reached\"}},\"request_id\":\"r\"}", "m",
	    "enforced_spend_limit_reached");
	ok(r.is_quota, "Anthropic's is in the details");
	says("{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\","
	    "\"message\":\"Overloaded\"}}", "Overloaded", "overloaded_error");
	ok(!r.is_quota && !r.is_model, "busy is neither");
	says("{\"error\":{\"type\":\"invalid_request_error\",\"message\":"
	    "\"Your credit balance is too low\"}}",
	    "Your credit balance is too low", "invalid_request_error");
	ok(r.is_quota, "a balance by its words");
	says("{\"error\":\"max_tokens has limit: 0\"}",
	    "max_tokens has limit: 0", "");
	ok(!r.is_quota, "not every limit is one");
}

/* What a model does not take is not the model's absence. */
static void
test_models(void)
{
	static const char *const gone[] = { "The model `x` does not exist",
		"This model is deprecated", "model x is no longer available",
		"models/x is not found for API version v1beta",
		"Unknown model: x" };
	static const char *const there[] = {
		"Invalid parameter: 'response_format' of type 'json_schema' is "
		"not supported with this model.",
		"Unsupported parameter: 'max_tokens' is not supported with "
		"this model. Use 'max_completion_tokens' instead.",
		"Unsupported value: 'temperature' does not support 0.7 with "
		"this model; not supported.",
		"output_config is not supported by this model",
		"voice not found", "the model is overloaded" };
	char body[300];
	size_t i;

	for (i = 0; i < sizeof(gone) / sizeof(*gone); i++) {
		snprintf(body, sizeof(body), "{\"error\":\"%s\"}", gone[i]);
		read_n(body, strlen(body));
		ok(r.is_model, "gone: %s", r.text);
	}
	for (i = 0; i < sizeof(there) / sizeof(*there); i++) {
		snprintf(body, sizeof(body), "{\"error\":\"%s\"}", there[i]);
		read_n(body, strlen(body));
		ok(!r.is_model, "there: %s", r.text);
	}
}

static void
test_hostile(void)
{
	static const char raw[] = "a\0b\x1b]0;x\x07\xff";
	struct strbuf b = STRBUF_INIT;
	size_t i;

	read_n(raw, sizeof(raw) - 1);
	is(r.text, "a\\x00b\\x1B]0;x\\x07\\xFF", "bytes of any kind");
	says("{\"error\":{\"message\":\"a\\u001b[2J\\nb\",\"code\":"
	    "\"c\\u0007\",\"type\":5}}", "a\\x1B[2J b", "c\\x07");
	says("{\"error\":{\"message\":\"m\",\"details\":{\"error_code\":"
	    "\"c\\u0007\"}}}", "m", "c\\x07");
	says("{\"error\":{\"message\":5,\"code\":true,\"type\":[]}}", "5",
	    "true");
	says("{\"error\":{\"message\":[\"x\"],\"code\":{}},\"detail\":[],"
	    "\"message\":null}", "{\"error\":{\"message\":[\"x\"],\"code\":{}},"
	    "\"detail\":[],\"message\":null}", "");
	says("{\"detail\":[5]}", "{\"detail\":[5]}", "");
	says("{\"error\":{\"message\":\"\",\"code\":\"\"}}",
	    "{\"error\":{\"message\":\"\",\"code\":\"\"}}", "");
	/* deeper than any parser goes */
	for (i = 0; i < 100000; i++)
		strbuf_addstr(&b, "{\"error\":");
	reply_error_read(&b, &r);
	ok(strlen(r.text) == 200 && !*r.code, "deep");
	/* long, in one text and as a whole */
	strbuf_reset(&b);
	strbuf_addstr(&b, "{\"error\":{\"message\":\"");
	for (i = 0; i < 100000; i++)
		strbuf_addstr(&b, "\xc3\xa9 ");
	strbuf_addstr(&b, "\",\"code\":\"");
	for (i = 0; i < 1000; i++)
		strbuf_addstr(&b, "code");
	strbuf_addstr(&b, "\"}}");
	reply_error_read(&b, &r);
	ok(strlen(r.text) == 200 && !strchr(r.text, '\\') &&
	    strlen(r.code) == 79, "a long text is cut between characters");
	for (i = 0; i < 600000; i++)
		strbuf_addch(&b, ' ');
	strbuf_grow(&b, 1 << 20);
	memset(b.buf + b.len, ' ', 1 << 20);
	strbuf_setlen(&b, b.len + (1 << 20));
	reply_error_read(&b, &r);
	ok(!strncmp(r.text, "{\"error\"", 8), "a long body is quoted");
	strbuf_reset(&b);
	for (i = 0; i < 300; i++)
		strbuf_addch(&b, 0x80);
	reply_error_read(&b, &r);
	ok(strlen(r.text) > 200 && strlen(r.text) < sizeof(r.text),
	    "nothing but broken bytes");
	strbuf_release(&b);
}

int
main(void)
{
	test_shapes();
	test_google();
	test_money();
	test_models();
	test_hostile();
	return done_testing();
}
