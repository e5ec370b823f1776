#include <string.h>

#include "record/yaml.h"
#include "tap.h"
#include "text/dialogue.h"

static struct script
cut(const char *text, const char *speakers)
{
	struct node *map = speakers ? yaml_parse("s", speakers,
	    strlen(speakers), NULL) : NULL;
	struct script s = SCRIPT_INIT;

	script_parse(text, strlen(text), &s);
	dialogue_split(&s, map);
	node_free(map);
	return s;
}

static void
piece(const struct script *s, size_t i, const char *speaker, const char *text)
{
	ok(i < s->nr, "there is a piece %zu", i);
	if (i >= s->nr)
		return;
	is(s->v[i].text, text, "its text");
	is(s->v[i].speaker, speaker, "its speaker");
}

static void
strange(const char *text, const char *speakers, const char *want)
{
	struct node *map = yaml_parse("s", speakers, strlen(speakers), NULL);
	struct script s = SCRIPT_INIT;
	struct strvec found = STRVEC_INIT;
	struct strbuf all = STRBUF_INIT;
	size_t i;

	script_parse(text, strlen(text), &s);
	dialogue_strangers(&s, map, &found);
	for (i = 0; i < found.nr; i++)
		strbuf_addf(&all, "%s ", found.v[i]);
	is(all.buf ? all.buf : "", want, text);
	strbuf_release(&all);
	strvec_release(&found);
	script_release(&s);
	node_free(map);
}

int
main(void)
{
	static const char two[] = "Anna: {voice: a}\nDr. Bo: {voice: b}\n";
	struct script s;

	s = cut("# T\n\n## One\n\nIt rains. Anna: It is late. Dr. Bo: Is it?\n"
	    "anna: Yes.\n> image: a clock\n", two);
	ok(s.nr == 4, "four pieces: %zu", s.nr);
	piece(&s, 0, NULL, "It rains.");
	piece(&s, 1, "Anna", "It is late.");
	piece(&s, 2, "Dr. Bo", "Is it?");
	piece(&s, 3, "Anna", "Yes.");
	is(s.title, "T", "the title stays");
	is(s.v[0].heading, "One", "the heading is the first one's");
	ok(!s.v[1].heading, "and of no other");
	is(s.v[3].image, "a clock", "the image is of all");
	script_release(&s);
	s = cut("He met Anna: it was late. See Anna:x.", two);
	ok(s.nr == 1 && !s.v[0].speaker, "a name in a sentence is no label");
	script_release(&s);
	s = cut("Anna: Hello.", NULL);
	is(s.v[0].text, "Anna: Hello.", "without speakers it is text");
	script_release(&s);
	s = cut("Carl: Hello.", two);
	is(s.v[0].text, "Carl: Hello.", "so is who is no speaker");
	script_release(&s);
	s = cut("Anna: Hello.\n> say: Hullo.", two);
	is(s.v[0].text, "Anna: Hello.", "what says its own stays whole");
	script_release(&s);
	s = cut("Anna: ", two);
	ok(s.nr <= 1, "a label alone");
	script_release(&s);
	s = cut("\xe2\x80\x9cGo!\xe2\x80\x9d Anna: No.", two);
	piece(&s, 1, "Anna", "No.");
	script_release(&s);
	strange("Anna: Hi. Bert: Hm? See Carl: no.\n\nBert: Yes. Hi: x", two,
	    "Bert Hi ");
	strange("Bert: Hm?", two, "");
	strange("Anna: At 12:30 it is A: and B:c. note: x\n> image: y", two,
	    "");
	return done_testing();
}
