#include <stdlib.h>

#include "base/strbuf.h"
#include "tap.h"
#include "text/split.h"

static const char prose[] =
	"The sea is salt because rivers carry it there. Rain is a little acid. "
	"It dissolves the rock it falls on, grain by grain, over millions of "
	"years. Rivers take what is dissolved, and they bring it to the sea. "
	"Water leaves the sea again as vapour; the salt cannot, so it stays. "
	"That is all.";

static struct script
split(const char *text, const char *platform, const char *language)
{
	struct script in = SCRIPT_INIT, out = SCRIPT_INIT;
	struct pace pace = pace_for(language, "other", 1);

	script_parse(text, strlen(text), &in);
	split_script(&in, split_rule_for(platform), &pace, &out);
	script_release(&in);
	return out;
}

/* Every scene within the rule, and no word lost. */
static void
lengths(const char *text, const char *platform, const char *language)
{
	struct script s = split(text, platform, language);
	const struct split_rule *r = split_rule_for(platform);
	struct pace pace = pace_for(language, "other", 1);
	struct strbuf b = STRBUF_INIT;
	double d, most = 0;
	size_t i, good = 0;
	const char *p, *q;

	for (i = 0; i < s.nr; i++) {
		d = pace_seconds(&pace, s.v[i].text, strlen(s.v[i].text));
		most = d > most ? d : most;
		good += d >= r->min * 0.75 && d <= r->max * 1.34;
		strbuf_addstr(&b, s.v[i].text);
		printf("# %.1f %s\n", d, s.v[i].text);
	}
	ok(most <= r->hard + 0.01, "%s %s: longest %.1f s", platform, language,
	    most);
	ok(good * 3 >= s.nr * 2, "%zu of %zu as aimed at", good, s.nr);
	for (p = text, q = b.buf; *p; p++)
		if (*q == *p && *p != ' ')
			q++;
		else if (*q == ' ' && *p == ' ')
			q++;
	ok(!*q, "every word is there, in order");
	strbuf_release(&b);
	script_release(&s);
}

static void
structure(void)
{
	struct script s = split("# T\n\n## A\n\nOne.\n\nTwo.\n> image: x\n\n"
	    "## B\n\nThree. Four.\n> say: Drei.\n", "youtube", "en");

	ok(s.nr == 3, "paragraphs are scenes: %zu", s.nr);
	is(s.title, "T", "title");
	is(s.v[0].heading, "A", "heading");
	is(s.v[1].heading, NULL, "only at its first scene");
	is(s.v[1].image, "x", "image");
	is(s.v[2].say, "Drei.", "say");
	script_release(&s);
	s = split("# T\n", "youtube", "en");
	ok(!s.nr, "a title alone is no scene");
	script_release(&s);
}

static void
hostile(void)
{
	struct strbuf b = STRBUF_INIT;
	struct script s;
	size_t i;

	for (i = 0; i < 200000; i++)
		strbuf_addstr(&b, "word ");
	s = split(b.buf, "shorts", "en");
	ok(s.nr > 10000, "a sentence of 200,000 words: %zu scenes", s.nr);
	script_release(&s);
	strbuf_reset(&b);
	for (i = 0; i < 100000; i++)
		strbuf_addch(&b, 'a');
	s = split(b.buf, "shorts", "en");
	ok(s.nr == 1, "an endless word is one scene");
	script_release(&s);
	strbuf_release(&b);
}

int
main(void)
{
	structure();
	lengths(prose, "youtube", "en");
	lengths(prose, "shorts", "en");
	lengths(prose, "podcast", "en");
	lengths("河流把陆地上的盐带到海里，每天都有一部分海水变成水汽，升上天空，"
	    "盐却留在海里，所以海水越来越咸，一直到今天，这个过程还在继续。"
	    "雨水又回到陆地。", "youtube", "zh");
	hostile();
	return done_testing();
}
