#include <stdlib.h>
#include <string.h>

#include "record/json.h"
#include "store/voice_parts.h"
#include "../tests/unit/tap.h"

static struct request *
voice(const char *text)
{
	struct request *r = request_new("audio", 1);

	request_add(r, "provider", "openai");
	request_add(r, "text", text);
	request_seal(r);
	return r;
}

static void
test_one(void)
{
	struct request *want = voice("One. Two.");
	struct voice_parts p;

	voice_parts_make("One. Two.", NULL, 0, want, &p);
	ok(p.nr == 1 && !p.v[0].want, "no cap, one part");
	is(voice_part_digest(&p, want, 0), want->digest, "the voice's own");
	ok(!voice_part_digest(&p, NULL, 0), "a filter has none");
	voice_parts_release(&p);
	ok(!p.nr && !p.v, "released");
	voice_parts_release(&p);
	voice_parts_make(" \n\t ", NULL, 100, want, &p);
	ok(p.nr == 0, "white space has no part");
	voice_parts_release(&p);
	voice_parts_make("", NULL, 100, NULL, &p);
	ok(p.nr == 0, "nothing has none");
	voice_parts_release(&p);
	request_free(want);
}

static void
test_more(void)
{
	static const char text[] = "The whale rises. It breathes. It dives.";
	static const char other[] = "The whale rises. It breathes. It sings.";
	struct request *want = voice(text), *again = voice(other);
	struct voice_parts p, q;
	size_t i;

	voice_parts_make(text, NULL, 20, want, &p);
	voice_parts_make(other, NULL, 20, again, &q);
	ok(p.nr >= 2 && p.nr == q.nr, "%zu parts", p.nr);
	for (i = 0; i < p.nr; i++)
		ok(strlen(voice_part_digest(&p, want, i)) == 64 &&
		    strcmp(voice_part_digest(&p, want, i), want->digest) != 0,
		    "part %zu has its own digest", i);
	is(voice_part_digest(&p, want, 0), voice_part_digest(&q, again, 0),
	    "what did not change is the same request");
	ok(strcmp(voice_part_digest(&p, want, p.nr - 1),
	    voice_part_digest(&q, again, q.nr - 1)) != 0, "what did is not");
	voice_parts_release(&q);
	voice_parts_make(text, NULL, 20, NULL, &q);
	ok(q.nr == p.nr && !voice_part_digest(&q, NULL, 0) &&
	    !voice_part_digest(&q, NULL, q.nr - 1), "a filter's have none");
	voice_parts_release(&q);
	voice_parts_release(&p);
	request_free(want);
	request_free(again);
}

/* The cap is on what is sent, and counts characters. */
static void
test_sent(void)
{
	static const char map[] = "{\"nginx\":\"engine x engine x engine x\"}";
	struct node *lexicon = json_parse("l", map, sizeof(map) - 1, NULL);
	struct voice_parts p;
	size_t i, total = 0;

	voice_parts_make("nginx. nginx.", lexicon, 30, NULL, &p);
	ok(p.nr == 2 && strstr(p.sent.text.buf, "engine x."),
	    "the lexicon's words count: %s", p.sent.text.buf);
	voice_parts_release(&p);
	voice_parts_make("nginx. nginx.", NULL, 30, NULL, &p);
	ok(p.nr == 1, "without them it is one");
	voice_parts_release(&p);
	voice_parts_make("\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9", NULL, 5,
	    NULL, &p);
	ok(p.nr == 1, "five characters of ten bytes");
	voice_parts_release(&p);
	voice_parts_make("abcdefghij", NULL, 1, NULL, &p);
	for (i = 0; i < p.nr; i++)
		total += p.v[i].chunk.len;
	ok(p.nr == 10 && total == 10, "the smallest cap");
	voice_parts_release(&p);
	node_free(lexicon);
}

int
main(void)
{
	test_one();
	test_more();
	test_sent();
	return done_testing();
}
