#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/rng.h"
#include "record/yaml.h"
#include "../tests/unit/tap.h"

static struct err e;

/* Set path in text to a value written as YAML (NULL: remove). */
static void
edit(const char *text, const char *path, const char *value, const char *want)
{
	struct strbuf v = STRBUF_INIT, out = STRBUF_INIT;
	struct node *n = NULL;
	int bad;

	if (value) {
		strbuf_addf(&v, "v: %s\n", value);
		n = yaml_parse("value", v.buf, v.len, &e);
	}
	bad = yaml_edit("x.yaml", text, strlen(text), path,
	    n ? node_get(n, "v") : NULL, &out, &e);
	if (bad)
		printf("# %s\n", e.msg);
	is(bad ? "(refused)" : out.buf, want, path);
	node_free(n);
	strbuf_release(&v);
	strbuf_release(&out);
}

static void
test_scalars(void)
{
	edit("a: 1 # one\nb: 2\n", "a", "7", "a: 7 # one\nb: 2\n");
	edit("a: 1\nb: 2", "b", "x", "a: 1\nb: x");
	edit("a:\nb: 2\n", "a", "7", "a: 7\nb: 2\n");
	edit("a:   # none\nb: 2\n", "a", "7", "a: 7   # none\nb: 2\n");
	edit("a: ~\n", "a", "7", "a: 7\n");
	edit("a: 7\n", "a", "null", "a: null\n");
	edit("a:   'x'   # q\n", "a", "it's", "a:   'it''s'   # q\n");
	edit("a: \"x\"\n", "a", "y", "a: \"y\"\n");
	edit("a: x\n", "a", "'7'", "a: \"7\"\n");
	edit("a: x\n", "a", "'yes'", "a: \"yes\"\n");
	edit("a: x\n", "a", "'a: b'", "a: \"a: b\"\n");
	edit("a: x\n", "a", "'a #b'", "a: \"a #b\"\n");
	edit("a: x\n", "a", "true", "a: true\n");
	edit("a: x\n", "a", "x", "a: x\n");
	edit("a: x\n", "a", "'x'", "a: x\n");
	edit("a: one\n  two\n  three # c\nb: 2\n", "a", "x",
	    "a: x # c\nb: 2\n");
	edit("a: \"one\n  two\" # c\nb: 2\n", "a", "x", "a: \"x\" # c\nb: 2\n");
	edit("\"a b\": 1\n'c': 2\n", "a b", "3", "\"a b\": 3\n'c': 2\n");
}

static void
test_bytes(void)
{
	edit("\xef\xbb\xbf" "a: 1\r\nb: 2\r\n", "a", "x",
	    "\xef\xbb\xbf" "a: x\r\nb: 2\r\n");
	edit("\xef\xbb\xbf" "a: 1\r\n", "b", "x",
	    "\xef\xbb\xbf" "a: 1\r\nb: x\r\n");
	edit("# \xe6\xb5\xb7\xe6\xb5\xb7\r\n\xc3\xbc: \xf0\x9f\x90\x8b # "
	    "\xf0\x9f\x90\x8b\r\nb: 2 # c\r\n", "b", "x",
	    "# \xe6\xb5\xb7\xe6\xb5\xb7\r\n\xc3\xbc: \xf0\x9f\x90\x8b # "
	    "\xf0\x9f\x90\x8b\r\nb: x # c\r\n");
	edit("\xc3\xbc: \xf0\x9f\x90\x8b\n", "\xc3\xbc", "x", "\xc3\xbc: x\n");
	edit("\xef\xbb\xbf", "a.b", "1", "\xef\xbb\xbf" "a:\n  b: 1\n");
}

static void
test_blocks(void)
{
	edit("t: |  # c\n  one\n  two\n\n# d\nb: 2\n", "t", "x",
	    "t: x  # c\n\n# d\nb: 2\n");
	edit("t: |\n  one\nb: 2\n", "t", "\"p\\nq\\n\"",
	    "t: |\n  p\n  q\nb: 2\n");
	edit("t: >-\r\n  one\r\n\r\nb: 2\r\n", "t", "\"p\\nq\"",
	    "t: |-\r\n  p\r\n  q\r\n\r\nb: 2\r\n");
	edit("t: x # c\nb: 2\n", "t", "\"p\\nq\"",
	    "t: |- # c\n  p\n  q\nb: 2\n");
	edit("t: x\n", "t", "\" p\\nq\"", "t: \" p\\nq\"\n");
	edit("t: x\n", "t", "\"p\\n\\n\"", "t: \"p\\n\\n\"\n");
	edit("t: |+\n  a\n\n\nb: 1\n", "c", "1",
	    "t: |+\n  a\n\n\nb: 1\nc: 1\n");
	edit("b: 1\nt: |+\n  a\n\n\n", "c", "1",
	    "c: 1\nb: 1\nt: |+\n  a\n\n\n");
	edit("t: |\n  a", "c", "1", "c: 1\nt: |\n  a");
	edit("t: |\nb: 1\n", "t", "x", "t: x\nb: 1\n");
}

static void
test_maps(void)
{
	edit("audio: {voice: slt}\n", "audio.voice", "rms",
	    "audio: {voice: rms}\n");
	edit("audio: {voice: slt}\n", "audio.use", "2",
	    "audio: {voice: slt, use: 2}\n");
	edit("audio: {}\n", "audio.use", "2", "audio: {use: 2}\n");
	edit("audio: {voice: slt, }\n", "audio.use", "2",
	    "audio: {voice: slt, use: 2, }\n");
	edit("audio: {voice}\n", "audio.voice", "slt",
	    "audio: {voice: slt}\n");
	edit("audio: {voice: , use: 1}\n", "audio.voice", "slt",
	    "audio: {voice: slt, use: 1}\n");
	edit("audio: { # c\n  voice: slt # d\n}\n", "audio.use", "2",
	    "audio: { # c\n  voice: slt, use: 2 # d\n}\n");
	edit("audio: {voice: slt}\n", "audio.file", "\"a, b\"",
	    "audio: {voice: slt, file: \"a, b\"}\n");
	edit("audio:\n    voice: slt # c\n\n# d\nb: 1\n", "audio.use", "2",
	    "audio:\n    voice: slt # c\n    use: 2\n\n# d\nb: 1\n");
	edit("audio:\nb: 1\n", "audio.use", "2", "audio:\n  use: 2\nb: 1\n");
	edit("audio: # c\nb: 1\n", "audio.use", "2",
	    "audio: # c\n  use: 2\nb: 1\n");
	edit("audio: null # c\nb: 1\n", "audio.use", "2",
	    "audio:  # c\n  use: 2\nb: 1\n");
	edit("text: x\n", "audio.use", "2", "text: x\naudio:\n  use: 2\n");
	edit("text: x", "audio.use", "2", "text: x\naudio:\n  use: 2");
	edit("text: x\n\n# end\n", "a.b.c", "2",
	    "text: x\na:\n  b:\n    c: 2\n\n# end\n");
	edit("", "text", "x", "text: x\n");
	edit("# c", "text", "x", "# c\ntext: x\n");
	edit("---\n", "text", "x", "---\ntext: x\n");
	edit("a: {b: {}}\n", "a.b.c", "1", "a: {b: {c: 1}}\n");
	edit("a: {b: }\n", "a.b.c", "1", "a: {b: {c: 1}}\n");
	edit("a: {}\n", "a.b.c", "1", "a: {b: {c: 1}}\n");
	edit("a: 1\n", "a.b", "2", "(refused)");
	edit("a: [1]\n", "a.b", "2", "(refused)");
	edit("- a\n", "a", "2", "(refused)");
	edit("a: 1\n...\n", "b", "2", "a: 1\nb: 2\n...\n");
	edit("? a\n: 1\n", "a", "2", "? a\n: 2\n");
}

static void
test_lists(void)
{
	edit("image: {focus: [0.1, 0.2], use: 1}\n", "image.focus",
	    "[0.5, 0.4]", "image: {focus: [0.5, 0.4], use: 1}\n");
	edit("image:\n  focus:\n  - 0.1\n  - 0.2 # c\n  use: 1\n",
	    "image.focus", "[0.5, 0.4]",
	    "image:\n  focus: [0.5, 0.4] # c\n  use: 1\n");
	edit("image:\n  focus: # c\n    - 0.1\n    - 0.2\nb: 1\n",
	    "image.focus", "[1, 1]", "image:\n  focus: [1, 1] # c\nb: 1\n");
	edit("a:\n  # c\n  b: 1\nd: 2\n", "a", "x", "a: x\n  # c\nd: 2\n");
	edit("a: 1\n", "l", "[x, 'y, z', {k: v}]",
	    "a: 1\nl: [x, \"y, z\", {k: v}]\n");
}

static void
test_removing(void)
{
	edit("a: 1\nb: 2 # c\nd: 3\n", "b", NULL, "a: 1\nd: 3\n");
	edit("a: 1\nb: 2", "b", NULL, "a: 1\n");
	edit("a: 1\n", "a", NULL, "");
	edit("a: 1\n", "b.c", NULL, "a: 1\n");
	edit("a:\n", "a.b", NULL, "a:\n");
	edit("a: 1\n", "a.b", NULL, "a: 1\n");
	edit("a: {b: 1, c: 2, d: 3}\n", "a.c", NULL, "a: {b: 1, d: 3}\n");
	edit("a: {b: 1, c: 2}\n", "a.c", NULL, "a: {b: 1}\n");
	edit("a: {b: 1}\n", "a.b", NULL, "a: {}\n");
	edit("a: {b: 1, }\n", "a.b", NULL, "a: {}\n");
	edit("a:\n  b: 1\nc: 2\n", "a.b", NULL, "a: {}\nc: 2\n");
	edit("a: |\n  x\n\nb: 2\n", "a", NULL, "\nb: 2\n");
	edit("id: x\r\ntext: y\r\n", "id", NULL, "text: y\r\n");
}

static void
test_file(void)
{
	struct strbuf b = STRBUF_INIT;
	struct node *n = node_text("slt");

	ok(yaml_edit_file("new.yaml", "audio.voice", n, &e) == 1,
	    "a missing file is made");
	ok(yaml_edit_file("new.yaml", "audio.voice", n, &e) == 0,
	    "the same again changes nothing");
	file_read("new.yaml", 100, &b, &e);
	is(b.buf, "audio:\n  voice: slt\n", "its bytes");
	node_free(n);
	n = node_whole(3);
	file_write("bad.yaml", "a: 1\n<<<<<<< HEAD\n", 18, &e);
	ok(yaml_edit_file("bad.yaml", "a", n, &e) < 0 &&
	    strstr(e.msg, "bad.yaml:2:1"), "a broken file is left alone");
	ok(yaml_edit("x", "a: 1", 4, "a..b", n, &b, &e) < 0 &&
	    yaml_edit("x", "a: 1", 4, "", n, &b, &e) < 0, "empty names");
	node_free(n);
	strbuf_release(&b);
}

/* Texts that are easy to get wrong. */
static const char *const nasty[] = { "", " ", "x", "a: b", "a #b", "#", "- x",
	"-", "?", "yes", "null", "~", "7", "0x1f", "1:30", "2026-11-22",
	"1e5", "'", "\"", "\\", "a\nb", "a\nb\n", "\na", " a\nb", "a\n\n",
	"a\n\n\nb", "a\n \nb", "a\tb", "\ta", "a ", "tr\xc3\xa4um \xe6\xb5\xb7",
	"\xf0\x9f\x90\x8b", "\xef\xbb\xbf" "x", "a\xe2\x80\xa8" "b",
	"a\xc2\x85" "b", "\x07\x1b[2J", "{a}", "[a]", "a, b", "a:b", "a:", "&x",
	"*x", "!x", "|", ">", "%", "@", "`", "---", "--- a", "...", "a\r\nb",
	"<<<<<<< HEAD", "a\n=======\nb", "<<", "=", ".5", "5.", "+1", ".inf",
	"http://x.test/?a=b&c#d", "a\n  b\n", "a\n\tb\n",
	"\xe2\x80\xae" "rtl" };
#define NASTY (sizeof(nasty) / sizeof(*nasty))

static struct node *
random_value(struct rng *r, int depth)
{
	unsigned k = rng_below(r, depth > 2 ? 5 : 8), i, n;
	struct node *v;
	char key[16];

	if (k < 4)
		return node_text(nasty[rng_below(r, NASTY)]);
	if (k == 4)
		return rng_below(r, 2) ? node_whole(rng_below(r, 1000)) :
		    node_truth(1);
	v = node_new(k == 5 ? NODE_LIST : k == 6 ? NODE_MAP : NODE_NULL);
	n = v->kind == NODE_NULL ? 0 : rng_below(r, 4);
	for (i = 0; i < n; i++) {
		snprintf(key, sizeof(key), "k%u", i);
		if (v->kind == NODE_MAP)
			node_set(v, key, random_value(r, depth + 1));
		else
			node_push(v, random_value(r, depth + 1));
	}
	return v;
}

static void
test_printing(void)
{
	struct strbuf b = STRBUF_INIT;
	struct node *map, *back;
	struct rng r;
	int i, k, wrong = 0;
	char key[16];

	rng_seed(&r, 1, 1);
	for (i = 0; i < 2000; i++) {
		map = node_new(NODE_MAP);
		for (k = 0; k < 4; k++) {
			snprintf(key, sizeof(key), "k%d", k);
			node_set(map, key, random_value(&r, 0));
		}
		strbuf_reset(&b);
		yaml_print(map, &b);
		back = yaml_parse("x", b.buf, b.len, &e);
		if (!back || !node_equal(back, map))
			if (!wrong++)
				printf("# %s\n%s\n", back ? "differs" : e.msg,
				    b.buf);
		node_free(back);
		node_free(map);
	}
	ok(!wrong, "what is printed reads back");
	strbuf_release(&b);
}

/* Pieces of files, each a top-level entry with a comment of its own. */
static const char *const piece[] = { "k%u: 1 # c%u\n", "k%u: # c%u\n",
	"# c%u x%u\n", "k%u: {a: 1, b: {c: 2}} # c%u\n", "\n",
	"k%u:\n  a: 1 # c%u\n  b: 2\n", "k%u: |\n  some\n  # text c%u\n\n",
	"k%u:\n- a # c%u\n- b\n", "k%u: \"q\n  r\" # c%u\n", "k%u: 'x' # c%u\n",
	"k%u: \xe6\xb5\xb7 # c%u \xf0\x9f\x90\x8b\n",
	"k%u: >- # c%u\n    folded\n    text\n",
	"k%u:\n    a:\n        b: [1, # c%u\n          2]\n",
	"k%u: {a: 1, # c%u\n  b: 2}\n", "k%u: plain\n  more # c%u\n" };
static const char *const tail[] = { "", ".a", ".b", ".new", ".a.b", ".b.c" };

static void
random_file(struct rng *r, struct strbuf *b)
{
	struct strbuf lf = STRBUF_INIT;
	unsigned i, n = rng_below(r, 7), crlf = rng_below(r, 3) == 0;
	size_t k;

	strbuf_reset(b);
	if (rng_below(r, 4) == 0)
		strbuf_addstr(b, "\xef\xbb\xbf");
	for (i = 0; i < n; i++) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		strbuf_addf(&lf, piece[rng_below(r, sizeof(piece) /
		    sizeof(*piece))], i, i);
#pragma GCC diagnostic pop
	}
	for (k = 0; k < lf.len; k++) {
		if (lf.buf[k] == '\n' && crlf)
			strbuf_addch(b, '\r');
		strbuf_addch(b, lf.buf[k]);
	}
	strbuf_release(&lf);
}

/* Bytes at the start and at the end that both have. */
static size_t
kept(const struct strbuf *a, const struct strbuf *b)
{
	size_t head = 0, foot = 0, n = a->len < b->len ? a->len : b->len;

	while (head < n && a->buf[head] == b->buf[head])
		head++;
	while (foot < n - head && a->buf[a->len - 1 - foot] ==
	    b->buf[b->len - 1 - foot])
		foot++;
	return head + foot;
}

/* One random edit; 0 when it did what it should. */
static int
one_edit(struct rng *r, struct strbuf *was, struct strbuf *now, char *path,
	int *refused)
{
	struct node *v = random_value(r, 0), *before, *after, *old;
	size_t gone;
	int bad = 0;

	before = yaml_parse("x", was->buf, was->len, &e);
	old = node_get(before, path);
	/* At most the old value goes; a comment may move before a block. */
	gone = old ? old->end - old->key_start : 0;
	if (old && v->kind == NODE_SCALAR && strchr(v->str, '\n'))
		gone += strcspn(was->buf + old->end, "\r\n");
	strbuf_reset(now);
	if (yaml_edit("x", was->buf, was->len, path, v, now, &e) < 0) {
		(*refused)++;
		bad = now->len != 0 || (e.code != EX_DATA);
		bad |= old != NULL; /* what is there can be replaced */
	} else {
		after = yaml_parse("x", now->buf, now->len, &e);
		bad = !after || !node_equal(node_get(after, path), v) ||
		    kept(was, now) + gone < was->len;
		node_free(after);
	}
	node_free(before);
	node_free(v);
	return bad;
}

/* A random removal: the value is gone, every other one is as it was, and what
 * is left stood in the file before, in this order. */
static int
one_removal(const struct strbuf *was, struct strbuf *now, const char *path)
{
	struct node *before = yaml_parse("x", was->buf, was->len, &e), *after;
	struct node *up = before;
	const char *last = strrchr(path, '.');
	char head[32];
	size_t i, k;
	int bad;

	strbuf_reset(now);
	if (yaml_edit("x", was->buf, was->len, path, NULL, now, &e) < 0) {
		node_free(before);
		return 1;
	}
	if (last) {
		snprintf(head, sizeof(head), "%.*s", (int)(last - path), path);
		up = node_get(before, head);
	}
	if (up && up->kind == NODE_MAP)
		node_drop(up, last ? last + 1 : path);
	after = yaml_parse("x", now->buf, now->len, &e);
	bad = !after || !node_equal(before, after);
	for (i = k = 0; i < was->len && k < now->len; i++)
		k += was->buf[i] == now->buf[k];
	/* Only "{}" may be new: the last of a map of lines went. */
	bad |= k < now->len && !strstr(now->buf, "{}");
	node_free(before);
	node_free(after);
	return bad;
}

static void
test_random_removal(void)
{
	struct strbuf was = STRBUF_INIT, now = STRBUF_INIT;
	int i, wrong = 0;
	char path[32];
	struct rng r;

	rng_seed(&r, 3, 1);
	for (i = 0; i < 4000; i++) {
		random_file(&r, &was);
		snprintf(path, sizeof(path), "k%u%s", rng_below(&r, 7),
		    tail[rng_below(&r, sizeof(tail) / sizeof(*tail))]);
		if (one_removal(&was, &now, path) && !wrong++)
			printf("# %s: %s\n%s---\n%s\n", path, e.msg, was.buf,
			    now.buf);
	}
	ok(!wrong, "random removals take one value away (%d wrong)", wrong);
	strbuf_release(&was);
	strbuf_release(&now);
}

static void
test_random(void)
{
	struct strbuf was = STRBUF_INIT, now = STRBUF_INIT;
	int i, wrong = 0, refused = 0;
	char path[32];
	struct rng r;

	rng_seed(&r, 2, 1);
	for (i = 0; i < 6000; i++) {
		random_file(&r, &was);
		snprintf(path, sizeof(path), "k%u%s", rng_below(&r, 8),
		    tail[rng_below(&r, sizeof(tail) / sizeof(*tail))]);
		if (one_edit(&r, &was, &now, path, &refused) && !wrong++)
			printf("# %s: %s\n%s---\n%s\n", path, e.msg, was.buf,
			    now.buf);
	}
	ok(!wrong, "random edits keep what they do not change (%d wrong)",
	    wrong);
	printf("# %d of %d refused\n", refused, i);
	strbuf_release(&was);
	strbuf_release(&now);
}

int
main(void)
{
	char dir[] = "/tmp/studio-edit-XXXXXX";

	if (!mkdtemp(dir) || chdir(dir) < 0)
		return 1;
	test_scalars();
	test_bytes();
	test_blocks();
	test_maps();
	test_lists();
	test_removing();
	test_file();
	test_printing();
	test_random();
	test_random_removal();
	ok(chdir("/") == 0 && file_remove_tree(dir, &e) == 0, "cleans up");
	return done_testing();
}
