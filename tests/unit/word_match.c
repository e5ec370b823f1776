#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "base/strbuf.h"
#include "provider/speech.h"
#include "provider/word_match.h"
#include "provider/word_place.h"
#include "../tests/unit/tap.h"

#define SECONDS 10

static const struct node *lexicon;

/* Times of what holds for any: in order, within, places in order. */
static int
sane(const struct speech_result *r, size_t text_len)
{
	double last = 0;
	size_t i, off = 0;

	for (i = 0; i < r->word_nr; i++) {
		const struct word_time *w = &r->word[i];

		if (!(w->start >= last) || !(w->end >= w->start) ||
		    !(w->end <= SECONDS) || w->off < off || !w->len ||
		    w->off + w->len > text_len)
			return 0;
		last = w->end;
		off = w->off + w->len;
	}
	return 1;
}

static void
result_init(struct speech_result *r)
{
	speech_result_init(r);
	r->timing = "estimated";
	sound_init(&r->sound, 8000, 1, 8000 * SECONDS);
	r->trim_end = SECONDS;
}

/* "word start-end|..." in hundredths. */
static char *
show(const struct speech_result *r, const char *text)
{
	struct strbuf b = STRBUF_INIT;
	size_t i;

	for (i = 0; i < r->word_nr; i++)
		strbuf_addf(&b, "%s%.*s %.0f-%.0f", i ? "|" : "",
		    (int)r->word[i].len, text + r->word[i].off,
		    r->word[i].start * 100, r->word[i].end * 100);
	return strbuf_detach(&b, NULL);
}

/* heard as "word start end", in hundredths, between "|". */
static size_t
read_heard(char *s, struct heard_word *h)
{
	size_t nr = 0;
	char *end, *p;

	for (; *s; s = end + (*end == '|')) {
		h[nr].word = s;
		p = s + strcspn(s, " ");
		*p++ = '\0';
		h[nr].start = strtod(p, &p) / 100;
		h[nr++].end = strtod(p, &p) / 100;
		end = p;
	}
	return nr;
}

static void
match(const char *text, const char *heard, const char *want, const char *name)
{
	struct sent_text st;
	struct sent_piece p = { &st, 0, 0 };
	struct heard_word h[64];
	struct speech_result r;
	char copy[1024], *got;

	snprintf(copy, sizeof(copy), "%s", heard);
	sent_text_make(text, lexicon, &st);
	p.len = st.text.len;
	result_init(&r);
	word_match(&r, &p, h, read_heard(copy, h));
	got = show(&r, text);
	is(got, want, name);
	if (!sane(&r, strlen(text)) ||
	    strcmp(r.timing, r.word ? "tts" : "estimated") != 0 ||
	    !r.word != (r.warnings.len > 0))
		ok(0, "%s: sane", name);
	free(got);
	speech_result_release(&r);
	sent_text_release(&st);
}

static void
test_words(void)
{
	match("The whale, it sings.", "the 10 20|whale 20 60|it 70 80|"
	    "sings 80 120", "The 10-20|whale, 20-60|it 70-80|sings. 80-120",
	    "case and punctuation");
	match("The whale, it sings.", "The 10 20|whale 20 60|, 60 70|"
	    "it 70 80|sings 80 120|. 120 125",
	    "The 10-20|whale, 20-60|it 70-80|sings. 80-120",
	    "punctuation as words of its own");
	match("Pay $42.50 now", "Pay 10 20|$42.50 20 100|now 100 120",
	    "Pay 10-20|$42.50 20-100|now 100-120", "an amount as it is");
	match("Pay $42.50 now", "Pay 10 20|42 20 60|50 60 100|now 100 120",
	    "Pay 10-20|$42.50 20-100|now 100-120", "in two");
	match("Pay $42.50 now", "Pay 10 20|forty 25 40|two 40 50|"
	    "dollars 50 70|and 70 75|fifty 75 90|now 100 120",
	    "Pay 10-20|$42.50 25-90|now 100-120", "spelled");
	match("Pay $42.50 now", "Pay 10 20|42 20 60|fifty 60 90|now 100 120",
	    "Pay 10-20|$42.50 20-90|now 100-120", "half of it");
	match("I cannot don\xe2\x80\x99t", "I 0 10|can 10 20|not 20 30|do 30 40"
	    "|n't 40 50", "I 0-10|cannot 10-30|don\xe2\x80\x99t 30-50",
	    "words that are cut");
	match("A new york day", "A 0 10|new-york 10 50|day 60 80",
	    "A 0-10|new 10-27|york 27-50|day 60-80", "words that are joined");
	match("Caf\xc3\xa9 \xc3\x89t\xc3\xa9", "cafe\xcc\x81 10 20|"
	    "e\xcc\x81te\xcc\x81 20 30",
	    "Caf\xc3\xa9 10-20|\xc3\x89t\xc3\xa9 20-30", "accents apart");
	match("\xe4\xbb\x8a\xe6\x97\xa5\xe3\x81\xaf\xe3\x80\x82",
	    "\xe4\xbb\x8a\xe6\x97\xa5 10 50|\xe3\x81\xaf 50 60",
	    "\xe4\xbb\x8a 10-30|\xe6\x97\xa5 30-50|"
	    "\xe3\x81\xaf\xe3\x80\x82 50-60", "each ideograph is a word");
}

static void
test_missing(void)
{
	match("one two three four", "one 10 20|four 60 80",
	    "one 10-20|two 20-35|three 35-60|four 60-80",
	    "words without a time share the gap");
	match("one two four", "one 10 50|four 50 80", "one 10-30|two 30-50|"
	    "four 50-80", "or their neighbour's time");
	match("one two", "so 5 10|one 10 20|um 20 30|two 40 50|eh 50 60",
	    "one 5-30|two 40-60", "what is not in the text is a neighbour's");
	match("the cat and the dog sat", "the 0 10|dog 60 70|sat 70 80",
	    "the 0-10|cat 10-27|and 27-43|the 43-60|dog 60-70|sat 70-80",
	    "a stretch left out");
	match("see it and and we go to the sea and sun", "see 0 10|xx 10 20|"
	    "and 30 40|we 50 60|go 60 70|to 70 80|the 80 90|sea 90 100|"
	    "and 100 110|sun 110 120", "see 0-10|it 10-14|and 14-20|"
	    "and 30-40|we 50-60|go 60-70|to 70-80|the 80-90|sea 90-100|"
	    "and 100-110|sun 110-120", "a short word is confirmed by the next");
	match("one two three", "un 10 20|deux 20 30|trois 30 40",
	    "one 10-18|two 18-26|three 26-40", "nothing found, few words");
	match("one two three four five six", "un 10 20|deux 20 30", "",
	    "nothing found, many words");
	match("one two", "", "", "nothing heard");
	match(" ... ", "one 10 20", "", "nothing sent");
}

static void
test_hostile(void)
{
	match("one two three four", "one 10 20|two nan 40|three inf inf|"
	    "four 60 80", "one 10-20|two 20-35|three 35-60|four 60-80",
	    "no numbers");
	match("one two three four", "one -10 20|two 900 40|three 40 30|"
	    "four 60 999999", "one 0-20|two 20-40|three 40-60|"
	    "four 60-1000", "times that go back, or out");
	match("one two three four", "one 10 20|two 1e300 1e301|"
	    "three -1e300 0|four 60 80", "one 10-20|two 20-35|three 35-60|"
	    "four 60-80", "times of another world");
	match("one two three four", "one 0 0|two 0 0|three 0 0|four 0 0",
	    "one 0-0|two 0-0|three 0-0|four 0-0", "no times");
	match("a b", "\xff\xfe 0 1|a 10 20|\xc3 20 30|b 30 40",
	    "a 10-20|b 30-40", "words that are no UTF-8");
}

static void
test_lexicon(void)
{
	struct node *lex = node_new(NODE_MAP);

	node_set_str(lex, "nginx", "engine x");
	node_set_str(lex, "um", "");
	lexicon = lex;
	match("Use nginx, um now", "use 0 10|engine 10 30|x 30 40|now 50 60",
	    "Use 0-10|nginx, 10-40|now 50-60",
	    "words of one entry are one, in the original's place");
	lexicon = NULL;
	node_free(lex);
}

/* Characters of text, 0.1 s each from 1 s on, the nth with a fault. */
static char *
by_chars(const char *text, const char *said, size_t short_by, double wrong,
    size_t at)
{
	static char ch[256][8];
	static const char *pointer[256];
	static double start[256], end[256];
	struct heard_chars c = { pointer, start, end, 0, 0, 0 };
	struct sent_text st;
	struct sent_piece p = { &st, 0, 0 };
	struct speech_result r;
	size_t i, k, n = strlen(said);
	char *got;

	for (i = 0; i < n; i += k) {
		for (k = 1; i + k < n && (said[i + k] & 0xc0) == 0x80;)
			k++;
		snprintf(ch[c.text_nr], sizeof(ch[0]), "%.*s", (int)k,
		    said + i);
		pointer[c.text_nr] = ch[c.text_nr];
		start[c.text_nr] = 1 + (double)c.text_nr / 10;
		end[c.text_nr] = start[c.text_nr] + 0.1;
		c.text_nr++;
	}
	if (at < c.text_nr)
		start[at] = wrong;
	c.start_nr = c.text_nr;
	c.end_nr = c.text_nr - short_by;
	sent_text_make(text, lexicon, &st);
	p.len = st.text.len;
	result_init(&r);
	word_match_chars(&r, &p, &c);
	got = show(&r, text);
	ok(sane(&r, strlen(text)), "in order, within");
	speech_result_release(&r);
	sent_text_release(&st);
	return got;
}

static void
chars(const char *text, const char *said, const char *want, const char *name)
{
	char *got = by_chars(text, said, 0, 0, 1000);

	is(got, want, name);
	free(got);
}

static void
test_chars(void)
{
	struct node *lex = node_new(NODE_MAP);
	char *got;

	chars("Hi, we go.", "Hi, we go.", "Hi, 100-130|we 140-160|go. 170-200",
	    "words from characters");
	chars("\xc3\x89t\xc3\xa9 5 \xe2\x82\xac!", "\xc3\x89t\xc3\xa9 5 "
	    "\xe2\x82\xac!", "\xc3\x89t\xc3\xa9 100-130|5 140-150|"
	    "\xe2\x82\xac! 160-180", "of several bytes");
	chars("\xe4\xbb\x8a\xe6\x97\xa5\xe3\x80\x82",
	    "\xe4\xbb\x8a\xe6\x97\xa5\xe3\x80\x82", "\xe4\xbb\x8a 100-110|"
	    "\xe6\x97\xa5\xe3\x80\x82 110-130", "ideographs");
	chars("We pay $5 now", "we pay five dollars now", "We 100-120|"
	    "pay 130-160|$5 170-290|now 300-330", "another text: by words");
	node_set_str(lex, "nginx", "engine x");
	lexicon = lex;
	chars("A nginx.", "A engine x.", "A 100-110|nginx. 120-210",
	    "with a lexicon");
	lexicon = NULL;
	got = by_chars("Hi, we go.", "Hi, we go.", 1, 0, 1000);
	is(got, "", "lists of unequal length");
	free(got);
	got = by_chars("Hi, we go.", "Hi, we go.", 0, NAN, 4);
	is(got, "Hi, 100-136|we 136-160|go. 170-200", "no number");
	free(got);
	got = by_chars("Hi, we go.", "Hi, we go.", 0, 9, 4);
	is(got, "Hi, 100-118|we 118-130|go. 170-200", "out of order");
	free(got);
	node_free(lex);
}

/* A piece of a longer text: places are of the whole. */
static void
test_piece(void)
{
	struct sent_text st;
	struct sent_piece p = { &st, 4, 9 };
	struct heard_word h[] = { { "two", 0.1, 0.2 }, { "three", 0.2, 0.5 } };
	struct speech_result r;
	char *got;

	sent_text_make("one two three four", NULL, &st);
	result_init(&r);
	ok(word_match(&r, &p, h, 2) == 2, "a piece");
	got = show(&r, "one two three four");
	is(got, "two 10-20|three 20-50", "has its place in the whole text");
	free(got);
	speech_result_release(&r);
	sent_text_release(&st);
}

static void
test_any(void)
{
	static const char *const part[] = { "a", "bb", "42", "$4.2", "the",
		"whale,", "\xe4\xbb\x8a", "-", "don't" };
	struct rng g;
	size_t i, k, bad = 0;

	rng_seed(&g, 11, 0);
	for (i = 0; i < 20000; i++) {
		struct strbuf b = STRBUF_INIT;
		struct heard_word h[12];
		struct speech_result r;
		struct sent_text st;
		struct sent_piece p = { &st, 0, 0 };

		for (k = 0; k < i % 13; k++)
			strbuf_addf(&b, "%s ", part[rng_below(&g, 9)]);
		for (k = 0; k < 12; k++) {
			h[k].word = part[rng_below(&g, 9)];
			h[k].start = rng_range(&g, -2, 13);
			h[k].end = i % 7 ? h[k].start + 1 : NAN;
		}
		sent_text_make(b.buf, NULL, &st);
		p.len = st.text.len;
		result_init(&r);
		word_match(&r, &p, h, rng_below(&g, 13));
		bad += !sane(&r, b.len);
		speech_result_release(&r);
		sent_text_release(&st);
		strbuf_release(&b);
	}
	ok(!bad, "20000 replies: times in order, places in the text");
}

int
main(void)
{
	test_words();
	test_missing();
	test_hostile();
	test_lexicon();
	test_chars();
	test_piece();
	test_any();
	return done_testing();
}
