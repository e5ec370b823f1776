#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "provider/speech.h"
#include "provider/spoken.h"
#include "record/node.h"
#include "../tests/unit/tap.h"

static const struct spoken_engine english = { "flite", 1, 0, 0 };
static const struct spoken_engine chinese = { "espeak", 0, 1, 0 };
static const struct spoken_engine japanese = { "espeak", 0, 1, 1 };
static const struct spoken_engine german = { "espeak", 0, 0, 0 };

/* The words as "say|say|..."; "~" for a word that shares, "!" and the message
 * on error. */
static char *
said(const char *text, const struct node *lexicon,
    const struct spoken_engine *engine, struct strbuf *warnings)
{
	struct speech_request q = { 0 };
	struct strbuf b = STRBUF_INIT, w = STRBUF_INIT;
	struct err e = ERR_INIT;
	struct spoken sp;
	size_t i;

	q.text = text;
	q.lexicon = lexicon;
	if (spoken_make(&sp, &q, engine, warnings ? warnings : &w, &e) < 0)
		strbuf_addf(&b, "!%d %s", e.code, e.msg);
	for (i = 0; i < sp.nr; i++)
		strbuf_addf(&b, "%s%s", i ? "|" : "",
		    sp.word[i].share ? "~" : sp.word[i].say);
	spoken_release(&sp);
	strbuf_release(&w);
	return strbuf_detach(&b, NULL);
}

static void
check(const char *text, const char *want, const char *name)
{
	char *got = said(text, NULL, &english, NULL);

	is(got, want, name);
	free(got);
}

/* The voice says "Chinese letter" for a kanji: it is left out and named. */
static void
test_kanji(void)
{
	struct strbuf w = STRBUF_INIT;
	char *got = said("\xe5\xb1\xb1\xe3\x81\xaf", NULL, &japanese, &w);

	ok(!strstr(got, "\xe5\xb1\xb1") && strstr(got, "\xe3\x81\xaf"),
	    "kana are spoken, kanji are not");
	ok(strstr(w.buf, "(U+5C71)") != NULL, "and the kanji is named");
	free(got);
	strbuf_release(&w);
}

static void
test_signs(void)
{
	check("It rose 3.5% & fell.", "It|rose|3.5 percent|and|fell.",
	    "percent and ampersand");
	check("\xe2\x80\x9cNo,\xe2\x80\x9d she said \xe2\x80\x94 "
	    "it\xe2\x80\x99s off", "No,|she|said,|it's|off",
	    "curly quotes and a dash that stands alone");
	check("pages 10\xe2\x80\x93" "20", "pages|10 to 20", "a range");
	check("Caf\xc3\xa9 na\xc3\xafve \xc5\x81\xc3\xb3" "d\xc5\xba stra\xc3"
	    "\x9f" "e", "Cafe|naive|Lodz|strasse", "accents are folded");
	check("\xe2\x82\xac" "5 \xc2\xa3" "1 \xe2\x82\xac" "2.50",
	    "5 euros|1 pound|2 euros 50", "currencies follow the number");
	check("\xc2\xa3" "5 million, or $2bn", "5|million pounds,|"
	    "or|2 billion dollars", "and the scale");
	check("20 \xc2\xb0" "C", "20|degrees Celsius", "degrees");
	check("see www.example.org/a_b now", "see|www dot example dot org "
	    "slash a b|now", "an address");
	check("*bold* _it_ # head", "bold|it|head", "marks are not read");
	check("and/or 24/7 -5 x-ray", "and or|24/7|minus 5|x-ray",
	    "slash, minus, hyphen");
	check(" - ... !", "!65 no text to speak: not one word", "no words");
	check("", "!65 no text to speak: not one word", "no text");
}

static void
test_left_out(void)
{
	struct strbuf w = STRBUF_INIT;
	char *got;

	got = said("The whale \xf0\x9f\x90\x8b sings \xe6\xad\x8c.", NULL,
	    &english, &w);
	is(got, "The|whale|sings.", "left out, its full stop kept");
	ok(strstr(w.buf, "(U+1F40B)") && strstr(w.buf, "(U+6B4C)"),
	    "and named: %s", w.buf);
	free(got);
	got = said("\xe6\xb5\xb7\xe4\xb8\x8a", NULL, &english, &w);
	ok(!strncmp(got, "!65 ", 4) && strstr(got, "espeak"),
	    "nothing left: data, with a cure");
	free(got);
	got = said("\xff\xfe", NULL, &english, &w);
	ok(!strncmp(got, "!65 the text is not UTF-8 at byte 0", 35), "UTF-8");
	free(got);
	got = said("\xe6\xb5\xb7\xe4\xb8\x8a\xe3\x80\x82GPT\xe5\x94\xb1", NULL,
	    &chinese, &w);
	is(got, "\xe6\xb5\xb7|\xe4\xb8\x8a\xe3\x80\x82|GPT|\xe5\x94\xb1",
	    "each ideograph is a word where they can be spoken");
	free(got);
	got = said("Gr\xc3\xbc\xc3\x9f" "e & 5 %", NULL, &german, &w);
	is(got, "Gr\xc3\xbc\xc3\x9f" "e|&|5|%", "espeak reads Unicode itself");
	free(got);
	strbuf_release(&w);
}

static void
test_lexicon(void)
{
	struct node *lex = node_new(NODE_MAP);
	struct strbuf b = STRBUF_INIT, w = STRBUF_INIT;
	char *got;
	int i;

	node_set_str(lex, "nginx", "engine x");
	node_set_str(lex, "US", "U S");
	node_set_str(lex, "C++", "see plus plus");
	node_set_str(lex, "GNU make", "new make");
	got = said("Use nginx, not Nginxy: NGINX!", lex, &english, NULL);
	is(got, "Use|engine x,|not|Nginxy:|engine x!",
	    "whole words, case after exact");
	free(got);
	got = said("The US trusts us.", lex, &english, NULL);
	is(got, "The|U S|trusts|U S.", "insensitive as a second try");
	free(got);
	got = said("C++ and GNU make, now", lex, &english, NULL);
	is(got, "see plus plus|and|new make,|~|now",
	    "an entry of two words covers both");
	free(got);
	node_free(lex);
	for (i = 0; i < 1001; i++)
		strbuf_addch(&b, '9');
	got = said(b.buf, NULL, &english, NULL);
	ok(strstr(got, "write words") != NULL, "no word: %.40s", got);
	free(got);
	strbuf_reset(&b);
	for (i = 0; i < 8000; i++)
		strbuf_addstr(&b, "word ");
	got = said(b.buf, NULL, &english, NULL);
	ok(strstr(got, "split it into scenes") != NULL, "too long: %.40s",
	    got);
	free(got);
	strbuf_release(&b);
	strbuf_release(&w);
}

/* Speak, check what holds for every clip, return its hash. */
static double
speak(const char *provider, const char *voice, const char *text,
    double speed, char hash[SHA256_HEX])
{
	const struct speech_provider *p = speech_provider_find(provider, NULL);
	struct speech_request q = { .text = text, .language = "en",
	    .voice = voice, .speed = speed };
	struct speech_result r;
	struct strbuf b = STRBUF_INIT;
	struct err e = ERR_INIT;
	size_t i, off = 0, bad = 0;
	double seconds, last = 0;

	if (!ok(p->speak(&q, &r, &e) == 0, "%s %s speaks %s", provider, voice,
	    e.msg))
		return 0;
	seconds = sound_seconds(&r.sound);
	for (i = 0; i < r.word_nr; i++) {
		bad += r.word[i].start < last || r.word[i].off < off ||
		    r.word[i].end <= r.word[i].start ||
		    r.word[i].end > seconds;
		last = r.word[i].end;
		off = r.word[i].off + r.word[i].len;
	}
	ok(!bad && r.word_nr, "%s %s: %zu words in order within %.2f s",
	    provider, voice, r.word_nr, seconds);
	sound_wav(&r.sound, &b);
	sha256_hex(b.buf, b.len, hash);
	strbuf_release(&b);
	speech_result_release(&r);
	return seconds;
}

static void
test_engines(void)
{
	static const char *const voice[][2] = { { "flite", "slt" },
		{ "flite", "kal16" }, { "espeak", "en-us" },
		{ "espeak", "de" } };
	static const char text[] = "The whale surfaces. It breathes, slowly, "
		"and dives: nobody sees it!";
	char a[SHA256_HEX], b[SHA256_HEX], c[SHA256_HEX];
	double one, fast;
	size_t i;

	for (i = 0; i < sizeof(voice) / sizeof(*voice); i++) {
		one = speak(voice[i][0], voice[i][1], text, 1, a);
		fast = speak(voice[i][0], voice[i][1], text, 1.5, c);
		speak(voice[i][0], voice[i][1], text, 1, b);
		is(b, a, "the same bytes after another clip");
		ok(strcmp(a, c) != 0 && fabs(one / fast - 1.5) < 0.2,
		    "speed 1.5 takes 1/1.5 (%.2f)", one / fast);
	}
}

static void
test_choice(void)
{
	const char *p, *v;
	struct err e = ERR_INIT;
	struct speech_request q = { .text = "Hi", .language = "en",
	    .voice = "zeus", .speed = 1 };
	struct speech_result r;

	ok(!speech_default("en-GB", &p, &v, &e) && !strcmp(p, "flite") &&
	    !strcmp(v, "slt"), "English is flite's");
	ok(!speech_default("pt-BR", &p, &v, &e) && !strcmp(p, "espeak") &&
	    !strcmp(v, "pt-br"), "Brazil");
	ok(!speech_default("zh-Hans-CN", &p, &v, &e) && !strcmp(v, "cmn"),
	    "Chinese");
	ok(!speech_default("de-AT", &p, &v, &e) && !strcmp(v, "de"),
	    "Austria");
	ok(speech_default("tlh", &p, &v, &e) < 0 && e.code == EX_CONF,
	    "nobody speaks it: %s", e.msg);
	ok(speech_provider_find("flite", &e)->speak(&q, &r, &e) < 0 &&
	    e.code == EX_CONF && strstr(e.msg, "awb"), "%s", e.msg);
	ok(speech_provider_find("espeak", &e)->speak(&q, &r, &e) < 0 &&
	    e.code == EX_CONF && strstr(e.msg, " de "), "%.60s", e.msg);
	q.voice = "../../../etc/passwd";
	ok(speech_provider_find("espeak", &e)->speak(&q, &r, &e) < 0 &&
	    e.code == EX_CONF, "no path is a voice");
	q.voice = NULL;
	q.language = "de";
	ok(speech_provider_find("flite", &e)->speak(&q, &r, &e) < 0 &&
	    e.code == EX_CONF && strstr(e.msg, "espeak"), "%s", e.msg);
	ok(!speech_provider_find("siri", &e) && e.code == EX_CONF, "%s",
	    e.msg);
}

int
main(void)
{
	test_signs();
	test_kanji();
	test_left_out();
	test_lexicon();
	test_choice();
	test_engines();
	return done_testing();
}
