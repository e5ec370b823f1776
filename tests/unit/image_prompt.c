#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "provider/image_prompt.h"
#include "provider/image_reference.h"
#include "record/yaml.h"
#include "../tests/unit/tap.h"

#define NO_TEXT "No text, letters or watermarks in the picture."

static struct err e;

static char *
prompt_of(const struct image_request *q)
{
	struct strbuf b = STRBUF_INIT;

	image_prompt(q, &b);
	return strbuf_detach(&b, NULL);
}

static void
gives(const struct image_request *q, const char *want, const char *name)
{
	char *got = prompt_of(q);

	is(got, want, name);
	free(got);
}

static void
test_sentences(void)
{
	struct image_request q = { 0 };
	const char *map = "Maya: a woman of 30\n  with red hair.\nOtto: "
	    "{description: an old\\tman!, picture: a.png}\nDock: "
	    "{picture: b.png}\n";
	struct node *who = yaml_parse("x", map, strlen(map), &e);

	q.prompt = "a whale at dawn";
	gives(&q, "a whale at dawn\n\n" NO_TEXT, "a prompt alone");
	q.style = q.tone = q.look = " \n";
	gives(&q, "a whale at dawn\n\n" NO_TEXT, "blanks say nothing");
	q.look = "eac55dbd";
	gives(&q, "a whale at dawn\n\n" NO_TEXT, "nor does a made-up look");
	q.style = "ink\non  paper ";
	q.tone = "calm";
	q.look = "Tide.";
	q.characters = who;
	gives(&q, "a whale at dawn\n\nThe style is ink on paper. The mood is "
	    "calm: soft, quiet, gently lit. All pictures of the film share "
	    "one look: Tide. Characters look the same in every picture. Maya: "
	    "a woman of 30 with red hair. Otto: an old\\tman! " NO_TEXT,
	    "all of it");
	q.narrated = 1;
	q.characters = NULL;
	q.look = "";
	q.tone = "odd";
	gives(&q, "a whale at dawn\n\nThe words above are spoken over the "
	    "picture; show what they tell of. The style is ink on paper. The "
	    "mood is odd. " NO_TEXT, "what is narrated");
	q.title = "Say \"Whales\"";
	q.prompt = q.title;
	q.tone = q.style = NULL;
	gives(&q, "Say \"Whales\"\n\nThe words above are the title of a film. "
	    "This is its cover picture: one strong image of what the film is "
	    "about, with calm room where a title can be set over it later. "
	    NO_TEXT, "a cover never has text");
	node_free(who);
}

static void
wants_text(const char *prompt, int want)
{
	struct image_request q = { 0 };
	char *got;

	q.prompt = prompt;
	got = prompt_of(&q);
	if (!ok((strstr(got, NO_TEXT) == NULL) == want, "%s %s", want ?
	    "asks for text:" : "asks for none:", prompt))
		printf("# %s\n", got);
	ok(!strncmp(got, prompt, strlen(prompt)), "and stays as it is");
	free(got);
}

static void
test_text(void)
{
	struct image_request q = { 0 };
	char *got;

	wants_text("a sign that says \"OPEN\"", 1);
	wants_text("ein Schild mit \xe2\x80\x9eHafen\xe2\x80\x9c", 1);
	wants_text("une enseigne \xc2\xabPort\xc2\xbb", 1);
	wants_text("the word \xe2\x80\x9cHOPE\xe2\x80\x9d in sand", 1);
	wants_text("\xe3\x80\x8c\xe6\xb8\xaf\xe3\x80\x8d", 1);
	wants_text("an 8\" pipe and a 12\" pipe", 0);
	wants_text("a board of 12\"", 0);
	wants_text("an empty sign \"\"", 0);
	wants_text("the sailor's dog", 0);
	wants_text("\"", 0);
	q.prompt = "\"Hello,\" says Maya.";
	q.narrated = 1;
	got = prompt_of(&q);
	ok(strstr(got, NO_TEXT) != NULL, "what is spoken asks for no text");
	free(got);
}

/* n characters of words of nine letters, two bytes each. */
static char *
words(size_t n)
{
	struct strbuf b = STRBUF_INIT;
	size_t i;

	for (i = 0; i < n; i++)
		strbuf_addstr(&b, i % 10 == 9 ? " " : "\xc3\xa4");
	return strbuf_detach(&b, NULL);
}

static void
test_limit(void)
{
	static const size_t sizes[] = { 31900, 31950, 31951, 31952, 31953,
		31954, 31999, 32000, 32001, 32002, 40000 };
	struct image_request q = { 0 };
	size_t i, n, cut;
	char *long_style = words(50000), *p, *got;

	q.style = long_style;
	for (i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		p = words(sizes[i]);
		q.prompt = p;
		got = prompt_of(&q);
		n = utf8_length(got, strlen(got));
		cut = strlen(p) < strlen(got) ? strlen(p) : strlen(got);
		ok(n <= IMAGE_PROMPT_MOST && n > IMAGE_PROMPT_MOST - 60 &&
		    !strncmp(got, p, cut) &&
		    utf8_check(got, strlen(got)) == strlen(got),
		    "of %zu characters %zu are sent", sizes[i], n);
		ok((sizes[i] <= 32000) == (cut == strlen(p)),
		    "the prompt is cut last");
		ok((sizes[i] <= 31952) == (strstr(got, NO_TEXT) != NULL),
		    "the rule last but one");
		free(got);
		free(p);
	}
	q.prompt = "a whale";
	got = prompt_of(&q);
	n = strlen(got) - strlen(NO_TEXT);
	ok(!strcmp(got + n, NO_TEXT) && got[n - 1] == ' ' &&
	    !strncmp(got + n - 19, "\xc3\xa4\xc3\xa4\xc3\xa4", 6) &&
	    got[n - 20] == ' ', "context is cut at a word");
	free(got);
	p = xmalloc(40001);
	memset(p, 'a', 40000);
	p[40000] = '\0';
	q.prompt = p;
	got = prompt_of(&q);
	ok(strlen(got) == IMAGE_PROMPT_MOST, "a word longer than all");
	free(got);
	free(p);
	free(long_style);
}

static void
test_references(void)
{
	static const char gif[] = "GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff"
	    ",\0\0\0\0\1\0\1\0\0\2\2D\1\0;";
	struct image_reference list[IMAGE_REFERENCES];
	struct strbuf png = STRBUF_INIT, said = STRBUF_INIT;
	const char *map = "A: {picture: a.png}\nB: no picture\nC: {picture: "
	    "a.png}\nD: {picture: a.png}\nE: {picture: a.png}\nF: "
	    "{picture: a.png}\n";
	struct node *who = yaml_parse("x", map, strlen(map), &e);
	struct picture p;
	char dir[] = "/tmp/studio-prompt-XXXXXX", *big;
	int nr;

	if (!mkdtemp(dir) || chdir(dir) < 0)
		return;
	picture_init(&p, 32, 32);
	picture_png(&p, NULL, &png, &e);
	picture_release(&p);
	file_write("a.png", png.buf, png.len, &e);
	nr = image_references_read(dir, who, list, &said, &e);
	ok(nr == 4, "four are read");
	if (nr == 4) {
		is(list[1].name, "C", "in order");
		ok(list[3].bytes.len == png.len && list[3].path[0] == '/',
		    "the whole file");
		image_references_release(list, 4);
	}
	is(said.buf, "the picture of F is not used: 4 go with one request\n",
	    "and the fifth is said to be left out");
	ok(image_references_read(dir, NULL, list, &said, &e) == 0, "none");
	file_write("a.png", "text", 4, &e);
	ok(image_references_read(dir, who, list, &said, &e) < 0 &&
	    e.code == EX_DATA && strstr(e.msg, "character A: a.png: "),
	    "no picture: %s", e.msg);
	file_write("a.png", gif, sizeof(gif) - 1, &e);
	ok(image_references_read(dir, who, list, &said, &e) < 0 &&
	    strstr(e.msg, "is no PNG, JPEG or WebP"),
	    "a kind that is not sent: %s", e.msg);
	big = xcalloc(1, IMAGE_REFERENCE_BYTES + 1);
	file_write("a.png", big, IMAGE_REFERENCE_BYTES + 1, &e);
	free(big);
	ok(image_references_read(dir, who, list, &said, &e) < 0 &&
	    strstr(e.msg, "a.png"), "too large: %s", e.msg);
	ok(unlink("a.png") == 0 && symlink("/etc/passwd", "a.png") == 0 &&
	    image_references_read(dir, who, list, &said, &e) < 0,
	    "a link: %s", e.msg);
	node_free(who);
	strbuf_release(&png);
	strbuf_release(&said);
	ok(chdir("/") == 0 && file_remove_tree(dir, &e) == 0, "cleans up");
}

int
main(void)
{
	test_sentences();
	test_text();
	test_limit();
	test_references();
	return done_testing();
}
