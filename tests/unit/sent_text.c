#include <stdlib.h>

#include "base/rng.h"
#include "base/strbuf.h"
#include "store/lexicon.h"
#include "store/sent_text.h"
#include "record/node.h"
#include "../tests/unit/tap.h"

/* The original of the sent text's part that reads so. */
static void
origin(const struct sent_text *st, const char *text, const char *part,
    const char *want)
{
	const char *at = strstr(st->text.buf, part);
	char got[64];
	size_t o = 0, l = 0;

	if (!ok(at != NULL, "\"%s\" is sent", part))
		return;
	sent_text_origin(st, (size_t)(at - st->text.buf), strlen(part), &o,
	    &l);
	snprintf(got, sizeof(got), "%.*s", (int)l, text + o);
	is(got, want, "stands for its original");
}

static void
test_plain(void)
{
	static const char text[] = " Gr\xc3\xbc\xc3\x9f" "e,  $42.50 & 5 %\n";
	struct sent_text st;
	size_t o, l, i, bad = 0;

	sent_text_make(text, NULL, &st);
	is(st.text.buf, text, "without a lexicon: byte for byte");
	for (i = 0; i < sizeof(text) - 1; i++) {
		sent_text_origin(&st, i, 1, &o, &l);
		bad += o != i || l != 1;
	}
	ok(!bad, "each byte stands for itself");
	sent_text_origin(&st, 5, 1000, &o, &l);
	ok(o == 5 && l == sizeof(text) - 1 - 5, "what leads out is cut");
	sent_text_origin(&st, (size_t)-1, 5, &o, &l);
	ok(o == sizeof(text) - 1 && !l, "or nothing");
	sent_text_release(&st);
	sent_text_make("", NULL, &st);
	sent_text_origin(&st, 0, 1, &o, &l);
	ok(!st.text.len && !o && !l, "no text");
	sent_text_release(&st);
}

static void
test_lexicon(void)
{
	static const char text[] = "Use nginx (NGINX), not nginxy; in C++, "
		"SQL. \xe5\xb1\xb1\xe5\xb7\x9d";
	struct node *lex = node_new(NODE_MAP);
	struct sent_text st;
	size_t o, l;

	node_set_str(lex, "nginx", "engine x");
	node_set_str(lex, "C++", "see plus plus");
	node_set_str(lex, "not ", "");
	node_set_str(lex, "SQL", "sequel");
	node_set_str(lex, "\xe5\xb1\xb1", "yama");
	sent_text_make(text, lex, &st);
	is(st.text.buf, "Use engine x (engine x), nginxy; in see plus plus, "
	    "sequel. yama\xe5\xb7\x9d", "entries are replaced");
	ok(st.nr == 6, "and known");
	origin(&st, text, "engine", "nginx");
	origin(&st, text, "x (", "nginx (");
	origin(&st, text, "x),", "NGINX),");
	origin(&st, text, "nginxy", "nginxy");
	origin(&st, text, "plus,", "C++,");
	origin(&st, text, "in see", "in C++");
	origin(&st, text, "sequel.", "SQL.");
	origin(&st, text, "\xe5\xb7\x9d", "\xe5\xb7\x9d");
	sent_text_origin(&st, 0, st.text.len, &o, &l);
	ok(o == 0 && l == sizeof(text) - 1, "all stands for all");
	ok(!lexicon_at(lex, text, sizeof(text) - 1, 0), "no entry at \"Use\"");
	sent_text_release(&st);
	sent_text_make("not SQL", lex, &st);
	is(st.text.buf, "sequel", "nothing, then something");
	origin(&st, "not SQL", "sequel", "SQL");
	sent_text_release(&st);
	node_free(lex);
}

/* Ranges side by side stay in order and within the text. */
static void
test_order(void)
{
	static const char *const part[] = { "a", "bb ", "ccc", " ", "\xc3\xa9",
		"nginx" };
	struct node *lex = node_new(NODE_MAP);
	struct strbuf b = STRBUF_INIT;
	struct sent_text st;
	struct rng r;
	size_t i, k, o, l, end, bad = 0;

	node_set_str(lex, "nginx", "engine x");
	node_set_str(lex, "ccc", "");
	node_set_str(lex, "a", "\xc3\xa9\xc3\xa9");
	rng_seed(&r, 3, 0);
	for (i = 0; i < 3000; i++) {
		strbuf_reset(&b);
		for (k = 0; k < i % 12; k++)
			strbuf_addstr(&b, part[rng_below(&r, 6)]);
		sent_text_make(b.buf, lex, &st);
		for (k = 0, end = 0; k < st.text.len; k++) {
			sent_text_origin(&st, k, 1, &o, &l);
			bad += o + l < end || !l || o + l > b.len;
			end = o + l;
		}
		sent_text_release(&st);
	}
	ok(!bad, "3000 texts: in order, within");
	strbuf_release(&b);
	node_free(lex);
}

int
main(void)
{
	test_plain();
	test_lexicon();
	test_order();
	return done_testing();
}
