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
	return done_testing();
}
