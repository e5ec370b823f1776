#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "record/json.h"
#include "record/yaml.h"
#include "../tests/unit/tap.h"

static struct err e;

static void
reads(const char *in, const char *want)
{
	struct node *n = yaml_parse("x.yaml", in, strlen(in), &e);
	struct strbuf b = STRBUF_INIT;

	if (n)
		json_print_line(n, &b);
	else
		printf("# %s\n", e.msg);
	is(b.buf, want, "reads");
	strbuf_release(&b);
	node_free(n);
}

static void
refused(const char *in, size_t len, const char *want)
{
	struct node *n = yaml_parse("x.yaml", in, len, &e);

	if (!ok(!n && e.code == EX_DATA && strstr(e.msg, want),
	    "refused with '%s'", want))
		printf("# %s\n", n ? "(accepted)" : e.msg);
	node_free(n);
}

#define REFUSED(in, want) refused(in, sizeof(in) - 1, want)

static void
test_reading(void)
{
	reads("", "{}");
	reads("# only a comment\n", "{}");
	reads("---\n", "{}");
	reads("a: 1\nb: [x, 'y z', \"q\\n\"]\nc: {d: ~, e: }\n",
	    "{\"a\":1,\"b\":[\"x\",\"y z\",\"q\\n\"],"
	    "\"c\":{\"d\":null,\"e\":null}}");
	reads("a: '1'\nb: \"true\"\nc: yes\nd: 007\n",
	    "{\"a\":\"1\",\"b\":\"true\",\"c\":true,\"d\":7}");
	reads("t: |\n  one\n  two\nu: >-\n  one\n  two\n",
	    "{\"t\":\"one\\ntwo\\n\",\"u\":\"one two\"}");
	reads("\xef\xbb\xbf" "a: gr\xc3\xbc\xc3\x9f\r\nb: 2\r\n",
	    "{\"a\":\"gr\xc3\xbc\xc3\x9f\",\"b\":2}");
	reads("- a\n- b: 1\n  c: 2\n-\n", "[\"a\",{\"b\":1,\"c\":2},null]");
}

static void
test_refused(void)
{
	REFUSED("a: &x 1\nb: *x\n", "1:4: anchors");
	REFUSED("a: *x\n", "1:4: aliases");
	REFUSED("a: !!str 1\n", "1:4: tags");
	REFUSED("a: !ruby/object {}\n", "1:4: tags");
	REFUSED("%TAG ! tag:x,2000:\n---\na: 1\n", "directives");
	REFUSED("a: {<<: {b: 1}}\n", "merge keys");
	REFUSED("a: 1\nb: 2\na: 3\n", "3:1: key 'a' is there twice");
	REFUSED("a: {b: 1, 'b': 2}\n", "1:11: key 'b'");
	REFUSED("\xef\xbb\xbf" "\xc3\xbc: 1\n\xc3\xbc: 2\n", "2:1: key");
	REFUSED("a: 1\n---\nb: 2\n", "second document");
	REFUSED("? [a]\n: 1\n", "plain text");
	REFUSED("\"\": 1\n", "a key is missing");
	REFUSED("a: \"\\0\"\n", "NUL in a text");
	REFUSED("\"\\0\": 1\n", "NUL in a key");
	REFUSED("a: x\0y\n", "NUL byte at offset 4");
	REFUSED("a: \xff\n", "x.yaml:1:4: byte FF at offset 3");
	REFUSED("a: \xed\xa0\x80\n", "byte ED at offset 3");
	REFUSED("a: \x1b[2J\n", "1:4: control character (1B) at offset 3");
	REFUSED("a: \"\\ud800\"\n", "1:7");
	REFUSED("a: b: c\n", "1:5");
	REFUSED("a: [1, 2\n", "x.yaml:2:1");
	REFUSED("\ta: 1\n", "x.yaml:1:1");
	REFUSED("a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> x\n",
	    "2:1: \"<<<<<<<\" was left by a git merge");
	REFUSED("a: 1\n=======\nb: 3\n", "2:1: \"=======\"");
	REFUSED("a: 1\r\n>>>>>>> x\r\n", "2:1: \">>>>>>>\"");
	REFUSED("\xff\xfe" "a\0", "byte FF at offset 0");
}

static void
test_limits(void)
{
	size_t n = YAML_BYTES + 1, i;
	char *s = xmalloc(n);
	struct node *t;

	memset(s, ' ', n);
	refused(s, n, "has 4194305 bytes");
	memset(s, '[', n);
	refused(s, 1000000, "nested too deeply");
	for (i = 0; i + 2 <= n; i += 2)
		memcpy(s + i, "a,", 2);
	s[0] = '[';
	s[1] = 'a';
	refused(s, 2 * YAML_NODES + 100, "too many values");
	memset(s, '[', 32);
	memset(s + 32, ']', 32);
	t = yaml_parse("x", s, 64, &e);
	ok(t != NULL, "32 levels are read");
	node_free(t);
	free(s);
}

static void
test_places(void)
{
	const char *in = "\xef\xbb\xbf# gr\xc3\xbc\xc3\x9f\r\n"
	    "a: \xe6\xb5\xb7 \xf0\x9f\x90\x8b  # c\r\nb: {c: 'x'}\r\n";
	struct node *n = yaml_parse("x", in, strlen(in), &e);
	struct node *a = node_get(n, "a"), *c = node_get(n, "b.c");

	ok(a && !strncmp(in + a->start, "\xe6\xb5\xb7 \xf0\x9f\x90\x8b  #",
	    a->end - a->start + 3), "bytes, not characters");
	ok(a && in[a->key_start] == 'a' && a->line == 2 && a->col == 4,
	    "key, line and column");
	ok(c && c->end - c->start == 3 && in[c->start] == '\'',
	    "a value in a flow map");
	node_free(n);
}

int
main(void)
{
	test_reading();
	test_refused();
	test_limits();
	test_places();
	return done_testing();
}
