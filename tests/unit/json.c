#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

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

/* A text of n times c between head and tail, parsed lean from a buffer that
 * ends where it ends. */
static struct node *
lean(struct strbuf *b, const char *head, char c, size_t n, const char *tail)
{
	strbuf_reset(b);
	strbuf_addstr(b, head);
	strbuf_grow(b, n);
	memset(b->buf + b->len, c, n);
	strbuf_setlen(b, b->len + n);
	strbuf_addstr(b, tail);
	memset(&e, 0, sizeof(e));
	return json_parse_lean("x.json", b->buf, b->len, 101 << 20, &e);
}

static void
lean_refused(const char *head, size_t n, const char *tail, const char *want)
{
	struct strbuf b = STRBUF_INIT;
	struct node *t = lean(&b, head, 'A', n, tail);

	if (!ok(!t && e.code == EX_DATA && strstr(e.msg, want),
	    "lean: refused with '%s'", want))
		printf("# %s\n", t ? "(accepted)" : e.msg);
	node_free(t);
	strbuf_release(&b);
}

static void
test_lean_refused(void)
{
	struct strbuf b = STRBUF_INIT;
	struct node *t;

	lean_refused("{\"a\":\"", 70000, "", "ends too early");
	lean_refused("{\"a\":\"", 70000, "\n\"}", "1:70007: control char");
	lean_refused("{\"a\":\"", 70000, "\\ud800\"}", "1:70007: escape");
	lean_refused("{\"a\":\"", 70000, "\\", "x.json:1");
	lean_refused("{\"a\":\"", 70000, "\xff\"}", "byte FF at offset");
	lean_refused("{\"", 70000, "\":1}", "key of over 64 KiB");
	lean_refused("{\"a\":1,\"a\":\"", 70000, "\"}", "is there twice");
	lean_refused("{\"a\":\"", 70000, "\"} 1", "more follows");
	lean_refused("", 70000, "", "not a JSON value");
	strbuf_addstr(&b, "[1]");
	t = json_parse_lean("x.json", b.buf, b.len, 2, &e);
	ok(!t && strstr(e.msg, "more than 2"), "the caller's limit holds");
	strbuf_reset(&b);
	strbuf_grow(&b, 200);
	memset(b.buf, '[', 100);
	strbuf_setlen(&b, 100);
	t = json_parse_lean("x.json", b.buf, b.len, 1000, &e);
	ok(!t && strstr(e.msg, "nested too deeply"), "and that of depth");
	strbuf_release(&b);
}

static void
test_lean(void)
{
	struct strbuf b = STRBUF_INIT, out = STRBUF_INIT;
	const struct node *n;
	struct node *t = lean(&b, "{\"s\":\"Zm9v\",\"e\":\"\",\"d\":[{\"b\":\"",
	    'A', JSON_LEAN + 4, "\"}],\"z\":\"\\u0041\"}");

	if (!ok(t != NULL, "a long text"))
		printf("# %s\n", e.msg);
	n = node_get(t, "d")->kid[0]->kid[0];
	ok(n->quoted && n->len == 0 && !*n->str && json_is_lean(n),
	    "is not copied");
	ok(n->end - n->start == JSON_LEAN + 4 && b.buf[n->start] == 'A' &&
	    b.buf[n->start - 1] == '"' && b.buf[n->end] == '"',
	    "its range is between the quotes");
	is(node_str(t, "z", ""), "A", "what follows is read");
	ok(!json_is_lean(node_get(t, "e")) && !json_is_lean(node_get(t, "s")),
	    "short ones are as ever");
	ok(json_base64(b.buf, n, &out, &e) == 0 &&
	    out.len == (JSON_LEAN + 4) / 4 * 3, "decoded from where it is");
	strbuf_reset(&out);
	ok(json_base64(b.buf, node_get(t, "s"), &out, &e) == 0, "a short one");
	is(out.buf, "foo", "too");
	ok(json_base64(b.buf, node_get(t, "d"), &out, &e) < 0 &&
	    json_base64(b.buf, NULL, &out, &e) < 0 && e.code == EX_DATA,
	    "what is no text is refused");
	node_free(t);
	t = lean(&b, "\"", 'A', JSON_LEAN, "\"");
	ok(t && t->len == JSON_LEAN && !json_is_lean(t), "64 KiB are copied");
	node_free(t);
	strbuf_release(&b);
	strbuf_release(&out);
}

/* 100 MB in one text: neither time nor memory for a second copy. */
static void
test_huge(void)
{
	struct rusage u;
	struct strbuf b = STRBUF_INIT;
	long before;
	struct node *t;

	strbuf_grow(&b, 101 << 20); /* as one whose length was announced */
	getrusage(RUSAGE_SELF, &u);
	before = u.ru_maxrss;
	t = lean(&b, "{\"data\":[{\"b64_json\":\"", 'A', 100 << 20, "\"}]}");
	getrusage(RUSAGE_SELF, &u);
	if (!ok(t != NULL, "100 MiB in one text"))
		printf("# %s\n", e.msg);
	ok(u.ru_maxrss - before < 150 << 10, "in %ld KiB",
	    u.ru_maxrss - before);
	node_free(t);
	strbuf_release(&b);
}

int
main(void)
{
	test_lean_refused();
	test_lean();
	test_huge();
	test_values();
	test_refused();
	test_limits();
	test_print();
	test_numbers();
	return done_testing();
}
