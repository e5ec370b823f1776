/*
 * Any text is a script: what is printed of it reads back the same, its scenes
 * hold what it says, and a summary of it takes whole sentences.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "base/utf8.h"
#include "text/phrase.h"
#include "text/script.h"
#include "text/sentence.h"
#include "text/split.h"
#include "text/summary.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Spans stand in order, inside the text, and are not empty. */
static void
check_spans(const struct word_list *l, size_t len)
{
	size_t i, end = 0;

	for (i = 0; i < l->nr; i++) {
		if (l->v[i].off < end || !l->v[i].len ||
		    l->v[i].off + l->v[i].len > len)
			abort();
		end = l->v[i].off + l->v[i].len;
	}
}

static void
round_trip(const struct script *s)
{
	struct strbuf a = STRBUF_INIT, b = STRBUF_INIT;
	struct script again = SCRIPT_INIT;

	script_print(s, &a);
	script_parse(a.buf, a.len, &again);
	script_print(&again, &b);
	if (a.len != b.len || memcmp(a.buf, b.buf, a.len))
		abort();
	script_release(&again);
	strbuf_release(&a);
	strbuf_release(&b);
}

/* Append what is not white space of all that is spoken. */
static void
add_solid(const struct script *s, struct strbuf *out)
{
	size_t i, k;

	for (i = 0; i < s->nr; i++)
		for (k = 0; s->v[i].text[k]; k++)
			if (!strchr(" \t\r\n", s->v[i].text[k]))
				strbuf_addch(out, s->v[i].text[k]);
}

/* Splitting cuts; it changes no word, and loses none. */
static void
check_split(const struct script *in, const struct script *out)
{
	struct strbuf a = STRBUF_INIT, b = STRBUF_INIT;

	add_solid(in, &a);
	add_solid(out, &b);
	if (a.len != b.len || memcmp(a.buf, b.buf, a.len) != 0)
		abort();
	strbuf_release(&a);
	strbuf_release(&b);
}

static void
summarise(const char *text, size_t len)
{
	struct summary_request q = { text, len, "en", "shorts", 20, 0,
		pace_for("en", "flite", 1) };
	struct summary s;
	struct err e;

	if (summary_make(&q, &s, &e) == 0)
		summary_release(&s);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	struct word_list l = WORD_LIST_INIT;
	struct script in = SCRIPT_INIT, out = SCRIPT_INIT;
	struct pace pace = split_pace("en");

	sentence_split(text, size, "en", &l);
	check_spans(&l, size);
	word_list_release(&l);
	if (utf8_check(text, size) < size)
		return 0;
	script_parse(text, size, &in);
	split_script(&in, split_rule_for("shorts"), &pace, &out);
	check_split(&in, &out);
	round_trip(&in);
	round_trip(&out);
	if (in.nr)
		free(phrase_key(in.v[0].text, "en", 5));
	summarise(text, size);
	script_release(&in);
	script_release(&out);
	return 0;
}
