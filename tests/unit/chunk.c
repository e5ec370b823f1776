#include <stdlib.h>

#include "base/mem.h"
#include "base/rng.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "base/chunk.h"
#include "../tests/unit/tap.h"

/* The pieces as "piece|piece"; and what holds for all pieces is checked. */
static char *
pieces(const char *text, size_t len, size_t cap, int *bad)
{
	struct strbuf b = STRBUF_INIT;
	struct chunk *c;
	size_t i, at = 0, nr = chunk_split(text, len, cap, &c), k;

	*bad = nr != chunk_count(text, len, cap) || (nr && !c);
	for (i = 0; i < nr; i++) {
		for (k = at; k < c[i].off && !*bad; k++)
			*bad |= (unsigned char)text[k] > ' ' &&
			    (unsigned char)text[k] < 0x7f ? 2 : 0;
		if (c[i].off < at || !c[i].len || c[i].len > len - c[i].off)
			*bad |= 4;
		if (cap && utf8_length(text + c[i].off, c[i].len) > cap)
			*bad |= 8;
		at = c[i].off + c[i].len;
		strbuf_addf(&b, "%s%.*s", i ? "|" : "", (int)c[i].len,
		    text + c[i].off);
	}
	for (k = at; k < len; k++)
		*bad |= text[k] > ' ' ? 16 : 0;
	free(c);
	return strbuf_detach(&b, NULL);
}

static void
cut(const char *text, size_t cap, const char *want, const char *name)
{
	int bad;
	char *got = pieces(text, strlen(text), cap, &bad);

	is(got, want, name);
	if (bad)
		ok(0, "%s: fault %d", name, bad);
	free(got);
}

static void
test_places(void)
{
	cut("", 10, "", "no text, no piece");
	cut(" \n\t ", 2, "", "white space is no piece");
	cut("  One two. Three.  ", 0, "One two. Three.", "cap 0: one piece");
	cut("exactly 10", 10, "exactly 10", "what fits stays whole");
	cut("One two. Three four five.", 20, "One two.|Three four five.",
	    "at the end of a sentence");
	cut("\"One two!\" Three (four five.) Six", 20,
	    "\"One two!\"|Three (four five.)|Six", "closing quotes stay");
	cut("One two, three four five six", 20, "One two,|"
	    "three four five six", "at a clause");
	cut("One two three four five six", 20, "One two three|four five six",
	    "at a space, in the middle");
	cut("Line one\nLine two is more", 20, "Line one|Line two is more",
	    "at a newline");
	cut("line one \r\n \nline two is more", 20,
	    "line one|line two is more", "at an empty line");
	cut("it is wrapped\nin here. Then on.", 25,
	    "it is wrapped\nin here.|Then on.", "not where a line is wrapped");
	cut("abcdefghijkl", 5, "abcd|efgh|ijkl", "at a character");
	cut("Ask Dr. Brown or Mr. Black. Then go", 30,
	    "Ask Dr. Brown or Mr. Black.|Then go", "a title is no sentence");
	cut("See it, e.g. The blue one. Yes", 27,
	    "See it, e.g. The blue one.|Yes", "nor is e.g.");
	cut("1.5 and 3,000 and more", 12, "1.5 and|3,000 and|more",
	    "a number stays whole");
}

static void
test_scripts(void)
{
	cut("今日は晴れ。明日は雨、風。", 8, "今日は晴れ。|明日は雨、風。",
	    "at a full stop without a space");
	cut("「今日は晴れ。」明日は雨", 10, "「今日は晴れ。」|明日は雨",
	    "its bracket stays");
	cut("今日は晴れ、明日は雨", 7, "今日は晴れ、|明日は雨",
	    "at a comma without a space");
	cut("e\xcc\x81" "e\xcc\x81" "e\xcc\x81", 3, "e\xcc\x81|e\xcc\x81|"
	    "e\xcc\x81", "accents stay on their letters");
	cut("e\xcc\x81", 1, "e|\xcc\x81", "unless nothing else fits");
	cut("a\U0001f468\u200d\U0001f469\u200d\U0001f467" "b", 6,
	    "a\U0001f468\u200d\U0001f469\u200d\U0001f467|b",
	    "a family stays together");
	cut("\U0001f1e9\U0001f1ea\U0001f1eb\U0001f1f7", 3,
	    "\U0001f1e9\U0001f1ea|\U0001f1eb\U0001f1f7", "and flags");
	cut("वह घर गया। वह सो गया", 14, "वह घर गया।|वह सो गया", "danda");
	cut("هل جاء؟ نعم جاء", 10, "هل جاء؟|نعم جاء", "Arabic");
}

static void
test_balance(void)
{
	struct strbuf b = STRBUF_INIT;
	struct chunk *c;
	size_t i, nr, low = (size_t)-1, high = 0, sentences = 0;

	for (i = 0; i < 220; i++)
		strbuf_addf(&b, "Sentence %03zu has a few words. ", i);
	nr = chunk_split(b.buf, b.len, 4096, &c);
	for (i = 0; i < nr; i++) {
		low = c[i].len < low ? c[i].len : low;
		high = c[i].len > high ? c[i].len : high;
		sentences += c[i].end == CHUNK_SENTENCE;
	}
	ok(nr == 2 && high - low < 64, "7 kB in 4 kB pieces: %zu of %zu..%zu",
	    nr, low, high);
	ok(sentences == nr, "each ends with a sentence");
	free(c);
	strbuf_reset(&b);
	for (i = 0; i < 5000; i++)
		strbuf_addch(&b, ' ');
	strbuf_addstr(&b, "a");
	for (i = 0; i < 5000; i++)
		strbuf_addch(&b, ' ');
	strbuf_addstr(&b, "b");
	ok(chunk_split(b.buf, b.len, 10, &c) == 2 && c[0].len == 1,
	    "a sea of spaces");
	free(c);
	strbuf_reset(&b);
	for (i = 0; i < 1000000; i++)
		strbuf_addch(&b, 'x');
	ok(chunk_count(b.buf, b.len, 3) > 333332, "a million letters by 3");
	ok(chunk_count(b.buf, b.len, (size_t)-1) == 1, "any cap");
	ok(chunk_count("\xff\xfe\xff", 3, 2) == 2, "bytes that are no UTF-8");
	strbuf_release(&b);
}

/* Any text, any cap: what has to hold, holds. */
static void
test_any(void)
{
	static const char *const part[] = { " ", ".", "a", "Bc", "\n", "。",
		"é", "漢", "\xcc\x81", "\U0001f468", "\u200d", ", ", "! ",
		"\"", "word", "\xff", "  " };
	struct rng r;
	struct strbuf b = STRBUF_INIT;
	int i, j, bad = 0, one;
	char *s;

	rng_seed(&r, 7, 0);
	for (i = 0; i < 20000 && !bad; i++) {
		strbuf_reset(&b);
		for (j = 0; j < i % 40; j++)
			strbuf_addstr(&b, part[(size_t)(rng_unit(&r) *
			    (sizeof(part) / sizeof(*part)))]);
		s = pieces(b.buf, b.len, (size_t)(rng_unit(&r) * 12), &one);
		bad |= one;
		free(s);
	}
	ok(!bad, "20000 texts: within the cap, in order, nothing lost (%d)",
	    bad);
	strbuf_release(&b);
}

int
main(void)
{
	test_places();
	test_scripts();
	test_balance();
	test_any();
	return done_testing();
}
