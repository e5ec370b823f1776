#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "record/json.h"
#include "../tests/unit/tap.h"

static struct err e;

static void
same(const char *in, const char *want)
{
	struct node *n = json_parse("x.json", in, strlen(in), &e);
	struct strbuf b = STRBUF_INIT;

	if (ok(n != NULL, "parses %s", in))
		json_print_line(n, &b);
	else
		printf("# %s\n", e.msg);
	is(b.buf, want, "and prints");
	strbuf_release(&b);
	node_free(n);
}

static void
refused(const char *in, size_t len, const char *want)
{
	struct node *n = json_parse("x.json", in, len, &e);

	if (!ok(!n && e.code == EX_DATA && strstr(e.msg, want),
	    "refused with '%s'", want))
		printf("# %s\n", n ? "(accepted)" : e.msg);
	node_free(n);
}

static void
test_values(void)
{
	same("{}", "{}");
	same(" [ ] ", "[]");
	same("5", "5");
	same("\"x\"", "\"x\"");
	same("{\"b\":1, \"a\" : [true,false,null]}\n",
	    "{\"b\":1,\"a\":[true,false,null]}");
	same("[9007199254740993,-0,1.10,1E+2,0.1e-7]",
	    "[9007199254740993,-0,1.10,1E+2,0.1e-7]");
	same("\"\\u00e9\\ud83d\\ude00\\/\\n\\\"\\\\\\b\\f\\r\\t\"",
	    "\"\xc3\xa9\xf0\x9f\x98\x80/\\n\\\"\\\\\\b\\f\\r\\t\"");
	same("\"\\u0007\\u007f\"", "\"\\u0007\\u007f\"");
	same("[[[[]]]]", "[[[[]]]]");
	same("{\"\":1}", "{\"\":1}");
	same("[\"1\",\"true\",\"null\"]", "[\"1\",\"true\",\"null\"]");
}

#define REFUSED(in, want) refused(in, sizeof(in) - 1, want)

static void
test_refused(void)
{
	REFUSED("", "1:1: a value is missing");
	REFUSED("[1,]", "1:4: a value is missing");
	REFUSED("[,1]", "a value is missing");
	REFUSED("[1 2]", "1:4: ',' is missing");
	REFUSED("{\"a\":1,}", "1:8: a key in quotes");
	REFUSED("{\"a\" 1}", "':' is missing");
	REFUSED("{\"a\":}", "a value is missing");
	REFUSED("{\"a\":1:2}", "missing");
	REFUSED("{a:1}", "a key in quotes");
	REFUSED("{1:1}", "a key in quotes");
	REFUSED("[1}", "JSON");
	REFUSED("[1", "x.json:1:");
	REFUSED("]", "x.json:1:");
	REFUSED("[1]\n[2]", "more follows");
	REFUSED("nul", "not a JSON value");
	REFUSED("[NaN]", "1:2: not a JSON value");
	REFUSED("[Infinity]", "not a JSON value");
	REFUSED("[01]", "not a JSON value");
	REFUSED("[+1]", "not a JSON value");
	REFUSED("[.5]", "not a JSON value");
	REFUSED("[1.]", "not a JSON value");
	REFUSED("[1e]", "not a JSON value");
	REFUSED("[0x10]", "not a JSON value");
	REFUSED("[1e999]", "number too large");
	REFUSED("['a']", "not a JSON value");
	REFUSED("[\"a\nb\"]", "1:4: control character");
	REFUSED("\"\\ud800\"", "escape");
	REFUSED("\"\\ud800\\u0041\"", "escape");
	REFUSED("\"\\udc00\"", "escape");
	REFUSED("\"\\u0000\"", "escape");
	REFUSED("\"\\u12g4\"", "JSON");
	REFUSED("\"\\x41\"", "JSON");
	REFUSED("\"abc", "ends too early");
	REFUSED("\"abc\\", "x.json:1");
	REFUSED("{\"a\":1,\n \"b\":2,\n \"a\":3}",
	    "3:2: key \"a\" is there twice");
	REFUSED("[1]\0", "NUL byte at offset 3");
	REFUSED("[\"\xff\"]", "byte FF at offset 2");
	REFUSED("[\"\xc0\xaf\"]", "byte C0 at offset 2");
	REFUSED("\xef\xbb\xbf[1]", "x.json:1:1");
	REFUSED("{\n<<<<<<< HEAD\n\"a\":1\n=======\n\"a\":2\n>>>>>>> b\n}",
	    "2:1: \"<<<<<<<\" was left by a git merge");
	REFUSED("[1 /* c */]", "',' is missing");
}

static void
test_limits(void)
{
	size_t n = 1000000, i;
	char *s = xmalloc(n);
	struct node *t;

	memset(s, '[', n);
	refused(s, n, "1:65: nested too deeply");
	memset(s, '[', 64);
	memset(s + 64, ']', 64);
	t = json_parse("x", s, 128, &e);
	ok(t != NULL, "64 levels are read");
	node_free(t);
	memset(s, '9', n);
	refused(s, n, "number too large");
	for (i = 0; i + 3 <= n; i += 3)
		memcpy(s + i, "{},", 3);
	s[0] = '[';
	s[1] = '1';
	s[2] = ',';
	s[n - (n % 3) - 1] = ']';
	t = json_parse("x", s, n - n % 3, &e);
	ok(t && t->nr == n / 3, "a third of a million values in no time");
	if (!t)
		printf("# %s\n", e.msg);
	node_free(t);
	free(s);
}

static void
test_print(void)
{
	const char *in = "{\"id\":\"x\",\"words\":[{\"w\":\"a\",\"t\":[0,0.5]},"
	    "{\"w\":\"b\"}],\"focus\":[0.5,0.25],\"in\":{\"a\":{},\"b\":1}}";
	struct node *n = json_parse("x", in, strlen(in), &e);
	struct strbuf b = STRBUF_INIT;

	json_print(n, &b);
	is(b.buf, "{\n  \"id\": \"x\",\n  \"words\": [\n"
	    "    {\"w\": \"a\", \"t\": [0, 0.5]},\n    {\"w\": \"b\"}\n  ],\n"
	    "  \"focus\": [0.5, 0.25],\n"
	    "  \"in\": {\n    \"a\": {},\n    \"b\": 1\n  }\n}\n",
	    "a record has one key a line");
	node_free(n);
	strbuf_release(&b);
}

static void
number(double d, const char *want)
{
	struct node *n = node_real(d);
	struct strbuf b = STRBUF_INIT;

	json_print_line(n, &b);
	is(b.buf, want, "shortest number");
	ok(n->kind == NODE_NULL || strtod(n->str, NULL) == d, "reads back");
	strbuf_release(&b);
	node_free(n);
}

static void
test_numbers(void)
{
	number(0.1, "0.1");
	number(1.0 / 3, "0.3333333333333333");
	number(0.1 + 0.2, "0.30000000000000004");
	number(1e300, "1e+300");
	number(5e-324, "5e-324");
	number(100, "100");
	number(123456789012.0, "123456789012");
	number(-2.5, "-2.5");
	number(strtod("nan", NULL), "null");
	number(strtod("inf", NULL), "null");
}

int
main(void)
{
	test_values();
	test_refused();
	test_limits();
	test_print();
	test_numbers();
	return done_testing();
}
