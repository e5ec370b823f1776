#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "provider/wire.h"
#include "record/json.h"
#include "store/endpoint.h"
#include "../tests/unit/tap.h"

static struct node *
read_json(const char *s)
{
	return json_parse("test", s, strlen(s), NULL);
}

/* What becomes of doc with options laid over it; NULL: refused. */
static void
options(const char *doc, const char *opts, const char *want)
{
	struct node *d = read_json(doc), *o = read_json(opts);
	struct strbuf b = STRBUF_INIT;
	struct err e = ERR_INIT;
	int ret = wire_options(d, o, "ttsOptions", &e);

	json_print_line(d, &b);
	if (want)
		is(ret == 0 ? b.buf : e.msg, want, opts);
	else
		ok(ret < 0 && e.code == EX_CONF && strstr(e.msg,
		    "ttsOptions: "), "%s is refused: %s", opts, e.msg);
	strbuf_release(&b);
	node_free(d);
	node_free(o);
}

static void
test_options(void)
{
	static const char doc[] = "{\"text\":\"x\",\"voice_settings\":"
	    "{\"speed\":1.2},\"messages\":[1]}";
	struct err e = ERR_INIT;

	options("{\"a\":1}", "{\"b\":\"two\",\"c\":true,\"d\":null}",
	    "{\"a\":1,\"b\":\"two\",\"c\":true,\"d\":null}");
	options("{}", "{\"v.s\":0.4,\"v.t.u\":5}",
	    "{\"v\":{\"s\":0.4,\"t\":{\"u\":5}}}");
	options("{\"v\":{\"speed\":1.2}}", "{\"v.s\":0.4}",
	    "{\"v\":{\"speed\":1.2,\"s\":0.4}}");
	options("{}", "{\"m\":{\"n\":[1,2]}}", "{\"m\":{\"n\":[1,2]}}");
	options("{\"a\":1}", "{}", "{\"a\":1}");
	options(doc, "{\"text\":\"other\"}", NULL);
	options(doc, "{\"voice_settings\":\"x\"}", NULL);
	options(doc, "{\"voice_settings.speed\":2}", NULL);
	options(doc, "{\"text.x\":1}", NULL);
	options(doc, "{\"voice_settings.speed.x\":1}", NULL);
	options(doc, "{\"messages.x\":1}", NULL);
	options(doc, "{\"messages.0\":1}", NULL);
	options("{\"a\":1}", "[5,{\"a\":2}]", "{\"a\":1}");
	ok(wire_options(NULL, NULL, "x", &e) == 0, "no options");
}

static void
test_numbers(void)
{
	struct node *n = read_json("{\"a\":5,\"b\":-5,\"c\":1e300,\"d\":\"7\","
	    "\"e\":2.9,\"f\":null,\"g\":{\"h\":3},\"i\":[4],\"k\":-0.5,"
	    "\"most\":1000000000,\"over\":1000000001}");
	struct call_usage u = CALL_USAGE_INIT;

	ok(wire_whole(n, "a", 5) == 5 && wire_whole(n, "a", 4) == 0,
	    "up to the most");
	ok(!wire_whole(n, "b", 9) && !wire_whole(n, "c", 9) &&
	    !wire_whole(n, "d", 9) && !wire_whole(n, "f", 9) &&
	    !wire_whole(n, "i", 9) && !wire_whole(n, "z", 9) &&
	    !wire_whole(n, "k", 9) && !wire_whole(NULL, "a", 9),
	    "what is none is 0");
	ok(wire_whole(n, "e", 9) == 2 && wire_whole(n, "g.h", 9) == 3,
	    "what is one is it");
	wire_tokens(n, "g.h", "c", &u);
	ok(u.input_tokens == 3 && u.output_tokens == 0, "tokens");
	wire_tokens(n, "most", "over", &u);
	ok(u.input_tokens == WIRE_TOKENS && u.output_tokens == 0,
	    "tokens have a bound");
	wire_tokens(NULL, "a", "b", &u);
	ok(u.input_tokens == 0, "no reply, no tokens");
	node_free(n);
	ok(wire_seed("fffffff0", 3) == 0xfffffff && wire_seed(NULL, 3) == 3 &&
	    wire_seed("00000012", 3) == 1, "seeds");
}

static void
test_texts(void)
{
	struct node *n = read_json("{\"model\":\"gpt\\u001b[2J\",\"x\":[1],"
	    "\"y\":7}");
	struct speech_reply r;
	char model[100], *copy = NULL;

	wire_model(model, n, "model");
	is(model, "gpt\\x1B[2J", "a model's name is made printable");
	wire_model(model, n, "x");
	is(model, "", "a list is no name");
	wire_model(model, NULL, "model");
	is(model, "", "no reply, no name");
	node_free(n);
	n = node_new(NODE_MAP);
	node_set(n, "model", node_text("0123456789012345678901234567890123456"
	    "789012345678901234567890123456789012345678901234567890123456789"
	    "0123456789"));
	wire_model(model, n, "model");
	ok(strlen(model) == 99, "a long name is cut");
	node_free(n);
	wire_copy(&copy, NULL);
	wire_copy(&copy, "");
	ok(!copy, "nothing to copy");
	wire_copy(&copy, "x");
	is(copy, "x", "copied");
	free(copy);
	memset(&r, 0, sizeof(r));
	strbuf_init(&r.bytes);
	wire_heard(&r, "a", 0, 1);
	wire_heard(&r, "", -1, -1);
	ok(r.heard_nr == 2 && r.heard[0].end == 1 && r.heard[1].start == -1 &&
	    !strcmp(r.heard[0].text, "a"), "heard");
	speech_reply_release(&r);
}

/* As parsed: NULL is an error with this code. */
static void
parses(const char *s, size_t n, int code, const char *says)
{
	struct strbuf b = STRBUF_INIT;
	struct err e = ERR_INIT, f = ERR_INIT;
	struct node *doc, *text;

	strbuf_add(&b, s, n);
	doc = wire_parse("it", &b, &e);
	text = wire_parse_text("it", &b, &f);
	ok(!doc == !!code && e.code == code && !text == !doc &&
	    f.code == code, "%.40s: %d %s", s, e.code, e.msg);
	if (says)
		ok(strstr(e.msg, says) != NULL, "says \"%s\"", says);
	node_free(doc);
	node_free(text);
	strbuf_release(&b);
}

static void
test_parse(void)
{
	static const char *const good[] = { "{}", "{\"error\":null}",
		"{\"error\":\"\"}", "{\"error\":false}", "{\"error\":{}}",
		"{\"error\":[]}" };
	size_t i;

	for (i = 0; i < sizeof(good) / sizeof(*good); i++)
		parses(good[i], strlen(good[i]), 0, NULL);
	parses("", 0, EX_DATA, "(nothing)");
	parses("[]", 2, EX_DATA, "[]; is this the right kind");
	parses("\"x\"", 3, EX_DATA, NULL);
	parses("<html>\x1b[2J", 10, EX_DATA, "<html>\\x1B[2J");
	parses("{\"a\":1}\0", 8, EX_DATA, NULL);
	parses("{\"a\":1,\"a\":2}", 13, EX_DATA, NULL);
	parses("{\"error\":\"no\"}", 14, EX_REFUSED, "it: no");
	parses("{\"error\":{\"message\":\"no\"}}", 26, EX_REFUSED, "it: no");
	parses("{\"error\":true}", 14, EX_REFUSED, NULL);
	parses("{\"error\":[1]}", 13, EX_REFUSED, NULL);
}

/* The header that is put before 8 bytes; rate 0: none. */
static void
pcm(const char *type, unsigned rate, unsigned channels)
{
	struct strbuf b = STRBUF_INIT;
	const unsigned char *h;

	strbuf_add(&b, "\1\2\3\4\5\6\7\10", 8);
	wire_pcm(type, &b);
	h = (const unsigned char *)b.buf;
	if (!rate)
		ok(b.len == 8, "%s is left alone", type);
	else
		ok(b.len == 52 && !memcmp(h, "RIFF", 4) && h[22] == channels &&
		    (h[24] | (unsigned)h[25] << 8 | (unsigned)h[26] << 16) ==
		    rate, "%s has %u Hz, %u channels", type, rate, channels);
	strbuf_release(&b);
}

static void
test_pcm(void)
{
	pcm("audio/L16;codec=pcm;rate=24000", 24000, 1);
	pcm("audio/l16; rate=16000; channels=2", 16000, 2);
	pcm("audio/pcm", 24000, 1);
	pcm("AUDIO/PCM;RATE=8000", 8000, 1);
	pcm("audio/pcm;rate=0", 24000, 1);
	pcm("audio/pcm;rate=-5", 24000, 1);
	pcm("audio/pcm;rate=99999999999999999999", 24000, 1);
	pcm("audio/pcm;rate=x;channels=x", 24000, 1);
	pcm("audio/pcm;channels=100000", 0, 0);
	pcm("audio/mpeg", 0, 0);
	pcm("", 0, 0);
	pcm("application/octet-stream", 0, 0);
}

static void
test_model(void)
{
	char alias[] = "home";
	struct endpoint ep = { .alias = alias };
	struct call c = { .ep = &ep, .setting = "scriptModel" };
	struct err e = ERR_INIT;

	ok(wire_need_model(&c, &e) < 0 && e.code == EX_CONF && strstr(e.msg,
	    "studio config scriptModel home:MODEL"), "no model: %s", e.msg);
	c.model = "";
	ok(wire_need_model(&c, &e) < 0, "an empty one");
	c.model = "m";
	ok(wire_need_model(&c, &e) == 0, "one");
}

int
main(void)
{
	test_options();
	test_numbers();
	test_texts();
	test_parse();
	test_pcm();
	test_model();
	return done_testing();
}
