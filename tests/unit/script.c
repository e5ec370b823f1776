#include <math.h>
#include <stdlib.h>

#include "base/strbuf.h"
#include "tap.h"
#include "text/pace.h"
#include "text/script.h"
#include "text/target.h"

static const char sample[] =
	"# Why whales *sing*\n"
	"\n"
	"An opening line.\n"
	"> image: a whale, *at dawn*\n"
	"> speaker: host\n"
	"\n"
	"## The song\n"
	"\n"
	"It goes on\nfor hours.\n"
	"> say: It goes on, and on.\n"
	"> notes: slow\n"
	"> notes: and calm\n"
	"\n"
	"A third, with [a link](http://x.y) and a\n"
	"\n"
	"- list item\n"
	"\n"
	"## Silence\n"
	"> image: black\n"
	"\n"
	"## Left out\n"
	"\n"
	"> A quotation is narration.\n";

static void
parsing(void)
{
	struct script s = SCRIPT_INIT, again = SCRIPT_INIT;
	struct strbuf a = STRBUF_INIT, b = STRBUF_INIT;

	script_parse(sample, strlen(sample), &s);
	is(s.title, "Why whales sing", "title");
	ok(s.nr == 6, "six scenes: %zu", s.nr);
	is(s.v[0].text, "An opening line.", "text");
	is(s.v[0].image, "a whale, *at dawn*", "image is taken as it is");
	is(s.v[0].speaker, "host", "speaker");
	is(s.v[1].heading, "The song", "heading");
	is(s.v[1].text, "It goes on for hours.", "a newline is a space");
	is(s.v[1].say, "It goes on, and on.", "say");
	is(s.v[1].notes, "slow\nand calm", "notes of two lines");
	is(s.v[2].heading, NULL, "no heading");
	is(s.v[2].text, "A third, with a link and a", "links keep their text");
	is(s.v[3].text, "list item", "a list item is a scene");
	is(s.v[4].text, "", "a scene without words");
	is(s.v[5].text, "A quotation is narration.", "quotation");
	script_print(&s, &a);
	script_parse(a.buf, a.len, &again);
	script_print(&again, &b);
	is(b.buf, a.buf, "what is printed reads back");
	ok(again.nr == 6 && !strcmp(again.v[1].notes, s.v[1].notes),
	    "with all its parts");
	script_release(&s);
	script_release(&again);
	strbuf_release(&a);
	strbuf_release(&b);
}

/* Description and tags stand before the first scene; elsewhere such a line is
 * a quotation as any other. */
static void
heads(void)
{
	static const char text[] = "# T\n> Description: Of *whales* & more:\n"
	    "> description: all.\n> tags: a, b\n> image: dropped\n> tags: c\n"
	    "> description:\n\nOne.\n> tags: are *spoken* here\n"
	    "> image: x\n\n## H\n> description: too\n";
	struct script s = SCRIPT_INIT, again = SCRIPT_INIT;
	struct strbuf a = STRBUF_INIT, b = STRBUF_INIT;

	script_parse(text, strlen(text), &s);
	is(s.description, "Of *whales* & more: all.", "description");
	is(s.tags, "a, b, c", "tags");
	ok(s.nr == 3, "three scenes: %zu", s.nr);
	is(s.v[0].image, NULL, "an image before the first scene is dropped");
	is(s.v[1].text, "tags: are spoken here", "a quotation");
	is(s.v[1].image, "x", "has directives");
	is(s.v[2].heading, "H", "a heading too");
	is(s.v[2].text, "description: too", "starts a scene");
	script_print(&s, &a);
	ok(!strncmp(a.buf, "# T\n> description: Of *whales* & more: all.\n"
	    "> tags: a, b, c\n\nOne.\n", 64), "printed: %.80s", a.buf);
	script_parse(a.buf, a.len, &again);
	script_print(&again, &b);
	is(b.buf, a.buf, "and read back");
	is(again.tags, s.tags, "with tags");
	script_release(&s);
	script_release(&again);
	script_parse("# T\n\n## A\n> say:\n", 17, &s);
	ok(!s.nr, "a directive that says nothing makes no scene");
	script_release(&s);
	script_parse("> tags: x\nOne.\n", 15, &s);
	is(s.tags, "x", "without a title");
	is(s.v[0].text, "One.", "a paragraph may follow at once");
	script_release(&s);
	strbuf_release(&a);
	strbuf_release(&b);
}

static void
targets(void)
{
	static const struct {
		const char *s;
		double seconds;
		size_t words;
		int bad;
	} t[] = {
		{ "45s", 45, 0, 0 }, { "3m", 180, 0, 0 },
		{ "1m30s", 90, 0, 0 }, { "150", 0, 150, 0 },
		{ "150 words", 0, 150, 0 }, { "2.5m", 150, 0, 0 },
		{ "", 0, 0, 0 }, { "3min", 180, 0, 0 }, { "0s", 0, 0, 1 },
		{ "-3m", 0, 0, 1 }, { "99h", 0, 0, 1 }, { "3x", 0, 0, 1 },
		{ "30s1m", 0, 0, 1 }, { "1e9", 0, 0, 1 }, { "0", 0, 0, 1 },
		{ "99999999999999999999", 0, 0, 1 }, { "1m30", 0, 0, 1 },
	};
	struct target out;
	struct err e;
	size_t i;
	int r;

	for (i = 0; i < sizeof(t) / sizeof(*t); i++) {
		memset(&e, 0, sizeof(e));
		r = target_parse(t[i].s, "targetLength", &out, &e);
		ok(r == -t[i].bad && fabs(out.seconds - t[i].seconds) < 1e-9 &&
		    out.words == t[i].words && (!r || e.code == EX_DATA),
		    "target '%s'", t[i].s);
	}
}

static void
paces(void)
{
	struct pace flite = pace_for("en-US", "flite", 1);
	struct pace slow = pace_for("en", "flite", 0.5);
	struct pace other = pace_for("en", "openai:tts-1", 1);
	const char *s = "The first whales came back to the bay in spring.";
	double d = pace_seconds(&flite, s, strlen(s));

	ok(d > 2.6 && d < 3.4, "48 characters by flite: %.2f s", d);
	ok(fabs(pace_seconds(&slow, s, strlen(s)) - 2 * d) < 1e-9,
	    "half the speed, twice as long");
	ok(pace_seconds(&other, s, strlen(s)) > d, "other voices are slower");
	ok(pace_seconds(&flite, "A, b. C", 7) > pace_seconds(&flite,
	    "Ab bc C", 7), "commas and stops take time");
}

int
main(void)
{
	parsing();
	heads();
	targets();
	paces();
	return done_testing();
}
