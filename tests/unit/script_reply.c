#include <stdlib.h>

#include "base/mem.h"
#include "base/rng.h"
#include "provider/reply_json.h"
#include "provider/reply_words.h"
#include "provider/script_reply.h"
#include "tap.h"

static int
read_text(const char *text, int cut, struct script *s, struct err *e)
{
	struct strbuf b = STRBUF_INIT;
	int ret;

	memset(e, 0, sizeof(*e));
	memset(s, 0, sizeof(*s));
	strbuf_addstr(&b, text);
	ret = script_reply_read("home:m", &b, cut, s, e);
	strbuf_release(&b);
	return ret;
}

/* "title|description|tags|heading/text/image/notes|..." of an answer. */
static char *
show(const char *text)
{
	struct strbuf b = STRBUF_INIT;
	struct script s;
	struct err e;
	size_t i;

	if (read_text(text, 0, &s, &e) < 0) {
		strbuf_addf(&b, "%d %s", e.code, e.msg);
		return strbuf_detach(&b, NULL);
	}
	strbuf_addf(&b, "%s|%s|%s", s.title ? s.title : "-",
	    s.description ? s.description : "-", s.tags ? s.tags : "-");
	for (i = 0; i < s.nr; i++)
		strbuf_addf(&b, "|%s/%s/%s/%s", s.v[i].heading ? s.v[i].heading
		    : "-", s.v[i].text, s.v[i].image ? s.v[i].image : "-",
		    s.v[i].notes ? s.v[i].notes : "-");
	script_release(&s);
	return strbuf_detach(&b, NULL);
}

#define GOOD "{\"title\":\"T\",\"description\":\"D\",\"tags\":[\"a\",\"b\"]," \
	"\"scenes\":[{\"heading\":\"H\",\"narration\":\"One.\"," \
	"\"notes\":\"n\",\"image\":\"i\"}]}"
#define GOOD_IS "T|D|a, b|H/One./i/n"

static const struct {
	const char *name, *in, *want;
} cases[] = {
	{ "as asked", GOOD, GOOD_IS },
	{ "a byte order mark", "\xef\xbb\xbf" GOOD, GOOD_IS },
	{ "thoughts", "<think>\n{\"scenes\": [\"no\"]}\n</think>\n" GOOD,
	    GOOD_IS },
	{ "the end of thoughts", "I {think} so.\n</think>" GOOD, GOOD_IS },
	{ "thoughts without end", "<think>\n" GOOD, GOOD_IS },
	{ "the end of thoughts in a text", "{\"scenes\":[\"</think> a\"]}",
	    "-|-|-|-/a/-/-" },
	{ "a fence", "```json\n" GOOD "\n```\n", GOOD_IS },
	{ "a fence without a word", "```\n" GOOD "\n```", GOOD_IS },
	{ "prose round it", "Sure! Here {it} is [1]:\n" GOOD "\nEnjoy {it}!",
	    GOOD_IS },
	{ "several objects", "{\"a\":1} {\"scenes\":[\"old\"]} " GOOD
	    "{\"scenes\":[]} {\"ok\":true}", GOOD_IS },
	{ "an object in another", "{\"script\":" GOOD "}", GOOD_IS },
	{ "trailing commas", "{\"scenes\":[{\"text\":\"a\",},\"b\",],}",
	    "-|-|-|-/a/-/-|-/b/-/-" },
	{ "raw control characters", "{\"scenes\":[{\"text\":\"a\n\tb\r\n\001c"
	    "\"}]}", "-|-|-|-/a b c/-/-" },
	{ "odd escapes", "{\"scenes\":[\"it\\'s \\$5 \\ud83d x \\ud83d\\ude00 "
	    "\\u0000\\u00e9\"]}",
	    "-|-|-|-/it's $5 x \xf0\x9f\x98\x80 \xc3\xa9/-/-" },
	{ "keys in another case", "{\"Title\":\"T\",\"SCENES\":[{\"Narration\":"
	    "\"a\",\"Image Prompt\":\"i\",\"onScreenText\":\"n\"}]}",
	    "T|-|-|-/a/i/n" },
	{ "other names", "{\"scenes\":[{\"voiceover\":\"a\",\"imagePrompt\":"
	    "\"i\",\"on_screen_text\":\"n\"},{\"script\":\"b\",\"visual\":"
	    "{\"prompt\":\"j\"}}]}", "-|-|-|-/a/i/n|-/b/j/-" },
	{ "plain texts", "{\"scenes\":[\"a\",\"b\"]}",
	    "-|-|-|-/a/-/-|-/b/-/-" },
	{ "a bare list", "[{\"narration\":\"a\"},{\"narration\":\"b\"}]",
	    "-|-|-|-/a/-/-|-/b/-/-" },
	{ "a list in a broken object", "{\"title\":\"a \"b\"\",\"scenes\":"
	    "[{\"narration\":\"a\"}]}", "-|-|-|-/a/-/-" },
	{ "a list of texts as narration", "{\"scenes\":[{\"text\":[\"a.\","
	    "\"b.\"]}]}", "-|-|-|-/a. b./-/-" },
	{ "null and the like", "{\"title\":null,\"tags\":null,\"scenes\":[null,"
	    "{\"text\":\"a\",\"image\":null,\"notes\":false,\"heading\":7}]}",
	    "-|-|-|7/a/-/-" },
	{ "tags as one text", "{\"tags\":\" #a, b ,,a;c\",\"scenes\":[\"x\"]}",
	    "-|-|a, b, c|-/x/-/-" },
	{ "hashtags", "{\"tags\":\"#deep sea #B #b\",\"scenes\":[\"x\"]}",
	    "-|-|deep sea, B|-/x/-/-" },
	{ "no words but an image", "{\"scenes\":[{\"image\":\"i\"},{\"notes\":"
	    "\"n\"},{\"text\":\" \",\"image\":\"\"},\"a\"]}",
	    "-|-|-|//i/-|-/a/-/-" },
	{ "a heading said again", "{\"scenes\":[{\"heading\":\"A\",\"text\":"
	    "\"a\"},{\"heading\":\"A\",\"text\":\"b\"},{\"heading\":\"\","
	    "\"text\":\"c\"},{\"heading\":\"B\",\"text\":\"d\"}]}",
	    "-|-|-|A/a/-/-|-/b/-/-|-/c/-/-|B/d/-/-" },
	{ "markup", "{\"title\":\"**T**\",\"scenes\":[\"# A\\n- **b** `c` "
	    "[d](http://x.y)\\n> e\"]}", "T|-|-|-/A b c d e/-/-" },
	{ "stage directions", "{\"scenes\":[\"**Narrator:** (pause) One. "
	    "[Soft music] Two (a beat) three. [Cut to a whale.]\", "
	    "\"Scene 2: Four (1990-1995).\"]}",
	    "-|-|-|-/One. Two three./-/-|-/Four (1990-1995)./-/-" },
	{ "Markdown", "Here it is:\n\n```markdown\n# T\n> tags: x\n\n## H\n\n"
	    "Narrator: *One*.\n> image: i\n\nTwo.\n```\n",
	    "T|-|x|H/One./i/-|-/Two./-/-" },
	{ "broken UTF-8", "{\"scenes\":[\"a\xff\xc3 b\"]}",
	    "-|-|-|-/a\xef\xbf\xbd\xef\xbf\xbd b/-/-" },
	{ "nothing", "", "65 home:m: the answer holds no scenes; it starts "
	    "\"\"; try again, or another model" },
	{ "a refusal", "I can't \033[1m do that.", "65 home:m: the answer "
	    "holds no scenes; it starts \"I can't \\x1B[1m do that.\"; try "
	    "again, or another model" },
	{ "an object without scenes", "# x\n{\"error\":\"no\"}", "65 home:m: "
	    "the answer holds no scenes; it starts \"# x {\"error\":\"no\"}\"; "
	    "try again, or another model" },
	{ "no scenes in it", "{\"scenes\":[]}", "65 home:m: the answer holds "
	    "no scenes; it starts \"{\"scenes\":[]}\"; try again, or another "
	    "model" },
	{ "cut off in a text", "{\"title\":\"T\",\"scenes\":[{\"text\":\"a\"},"
	    "{\"text\":\"b", "69 home:m: the answer was cut off after 46 bytes "
	    "(1 scene); ask for a shorter targetLength:, or set maxTokens in "
	    "scriptOptions:" },
	{ "cut off after the scenes", "```json\n{\"scenes\":[{\"text\":\"a\"},"
	    "{\"text\":\"b\"}],", "69 home:m: the answer was cut off after 46 "
	    "bytes (2 scenes); ask for a shorter targetLength:, or set "
	    "maxTokens in scriptOptions:" },
};

static void
answers(void)
{
	size_t i;
	char *got;

	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		got = show(cases[i].in);
		is(got, cases[i].want, cases[i].name);
		free(got);
	}
}

/* Every start of a good answer is cut off, or no answer at all. */
static void
cuts(void)
{
	struct script s;
	struct err e;
	char *part;
	size_t n;
	int bad = 0;

	for (n = 0; n < strlen(GOOD); n++) {
		part = xmemdup(GOOD, n);
		if (read_text(part, 0, &s, &e) == 0 ||
		    e.code != (n ? EX_REFUSED : EX_DATA) || s.nr || s.title)
			bad++;
		free(part);
	}
	ok(!bad, "cut anywhere it is refused (%d are not)", bad);
	ok(read_text(GOOD, 1, &s, &e) < 0 && e.code == EX_REFUSED &&
	    strstr(e.msg, "(1 scene)"), "the server says cut: %s", e.msg);
	ok(read_text("# T\n\nA.\n\nB", 1, &s, &e) < 0 && strstr(e.msg,
	    "after 10 bytes (2 scenes)"), "in Markdown too: %s", e.msg);
	ok(read_text("<think>I wonder", 1, &s, &e) < 0 &&
	    e.code == EX_REFUSED, "in thoughts too");
}

static void
limits(void)
{
	struct strbuf b = STRBUF_INIT;
	struct script s;
	struct err e;
	int i;

	strbuf_addstr(&b, "{\"scenes\":[");
	for (i = 0; i < REPLY_SCENES; i++)
		strbuf_addf(&b, "\"%d\",", i);
	ok(read_text("{\"scenes\":[\"0\"]}", 0, &s, &e) == 0 && s.nr == 1,
	    "one scene");
	script_release(&s);
	strbuf_addstr(&b, "]}");
	ok(read_text(b.buf, 0, &s, &e) == 0 && s.nr == REPLY_SCENES,
	    "as many scenes as may be: %zu", s.nr);
	script_release(&s);
	strbuf_setlen(&b, b.len - 2);
	strbuf_addstr(&b, "\"x\"]}");
	ok(read_text(b.buf, 0, &s, &e) < 0 && e.code == EX_DATA &&
	    strstr(e.msg, "over 1000"), "one more: %s", e.msg);
	strbuf_reset(&b);
	for (i = 0; i < (int)REPLY_BYTES + 1; i++)
		strbuf_addch(&b, "{\"a\":["[i % 6]);
	ok(read_text(b.buf, 0, &s, &e) < 0 && e.code == EX_DATA &&
	    strstr(e.msg, "bytes"), "too long: %.80s", e.msg);
	strbuf_setlen(&b, REPLY_BYTES);
	ok(read_text(b.buf, 0, &s, &e) < 0, "deep, and soon done: %.80s",
	    e.msg);
	strbuf_release(&b);
}

static int
same(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

/* What is printed of s reads back the same in every part. */
static int
survives(const struct script *s)
{
	struct script again = SCRIPT_INIT;
	struct strbuf b = STRBUF_INIT;
	int good;
	size_t i;

	script_print(s, &b);
	script_parse(b.buf, b.len, &again);
	good = same(s->title, again.title) && s->nr == again.nr &&
	    same(s->description, again.description) &&
	    same(s->tags, again.tags);
	for (i = 0; good && i < s->nr; i++)
		good = same(s->v[i].text, again.v[i].text) &&
		    same(s->v[i].heading, again.v[i].heading) &&
		    same(s->v[i].image, again.v[i].image) &&
		    same(s->v[i].notes, again.v[i].notes);
	if (!good)
		printf("# scene %zu of:\n# %s\n", i, b.buf);
	script_release(&again);
	strbuf_release(&b);
	return good;
}

/* Texts made of what Markdown, YAML and JSON give a meaning to. */
static void
nasty(void)
{
	static const char *const bits[] = { "#", "##", ">", "-", "*", "+", "1.",
		"2)", "[", "]", "(", ")", "`", "```", "~~~", "|", "---", "===",
		"<", "</script>", "<!--", "&amp;", "&", "\\", "\\n", "\\\\",
		"\\\"", ":", "image:", "> image: x", "tags:", "http://x.y",
		"[a]: b", "[^1]", "![a](b)", "!", ".", ",", ";", " ", " ", " ",
		"word", "Word", "\xc3\xa9", "\xe4\xb8\x80", "\xef\xbb\xbf",
		"\xe2\x80\xa8", "_", "__", "=", "\t", "(pause)", "Narrator:",
		"description:", "\\u00a0", "\\r", "title: x" };
	struct strbuf b = STRBUF_INIT;
	struct script s;
	struct rng rng;
	struct err e;
	int i, k, bad = 0, read = 0, n = sizeof(bits) / sizeof(*bits);

	rng_seed(&rng, 11, 1);
	for (i = 0; i < 20000 && bad < 5; i++) {
		static const char *const keys[] = { "{\"title\":\"",
			"\",\"description\":\"", "\",\"tags\":\"",
			"\",\"scenes\":[{\"heading\":\"", "\",\"text\":\"",
			"\",\"image\":\"", "\",\"notes\":\"",
			"\"},{\"text\":\"", "\"}]}" };
		size_t f;

		strbuf_reset(&b);
		for (f = 0; f < sizeof(keys) / sizeof(*keys); f++) {
			strbuf_addstr(&b, keys[f]);
			for (k = (int)rng_below(&rng, 7); f < 8 && k > 0; k--)
				strbuf_addstr(&b, bits[rng_below(&rng,
				    (unsigned)n)]);
		}
		if (read_text(b.buf, 0, &s, &e) < 0)
			continue;
		read++;
		bad += !survives(&s);
		script_release(&s);
	}
	ok(!bad && read > 15000, "%d scripts of nasty texts survive, %d do not",
	    read, bad);
	strbuf_release(&b);
}

int
main(void)
{
	answers();
	cuts();
	limits();
	nasty();
	return done_testing();
}
