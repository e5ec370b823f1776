#include <stdlib.h>

#include "base/strbuf.h"
#include "tap.h"
#include "text/sentence.h"

/* "|" stands where a sentence ends. */
static const struct {
	const char *language, *marked;
} cases[] = {
	{ "en", "Dr. Smith went home. |He slept." },
	{ "en", "It cost 3.50 dollars. |Nobody paid." },
	{ "en", "J. R. R. Tolkien wrote it. |We read it." },
	{ "en", "Ships, boats etc. |Rafts too." },
	{ "en", "He lives in the U.S. |The rest moved." },
	{ "en", "He joined the U.S. Navy in May." },
	{ "en", "See No. 5 and Fig. 3 there. |No. |Not that." },
	{ "en", "\xe2\x80\x9cStop!\xe2\x80\x9d he cried. |They stopped." },
	{ "en", "\xe2\x80\x9cIt is late.\xe2\x80\x9d |She left." },
	{ "en", "Wait... |What was that? |Nothing... really." },
	{ "en", "Wait\xe2\x80\xa6 |What was that?" },
	{ "en", "Go to example.org/?q=1 now. |(See below.) |Done." },
	{ "en", "At 5 p.m. the bell rang. |At 6 p.m. |It rang again." },
	{ "en", "One line\ngoes on. |Next" },
	{ "en", "No stop here\n\n|Second paragraph" },
	{ "en", "e.g. whales, i.e. Mammals. |Yes!! |Really?! |Yes." },
	{ "en", "It is Plan B. |The next is C." },
	{ "en", "Yahoo! is a name. |iPhones ring. |It stops." },
	{ "de", "Am 3. Oktober war es so weit. |Alle kamen." },
	{ "de", "Im Jahr 1990. |Der Rest folgte z. B. Berlin usw. Ende." },
	{ "de", "Das gilt z.B. für Wale. |Prof. Dr. Meier nickt." },
	{ "fr", "M. Dupont arrive. |Il part \xc2\xab vite ! \xc2\xbb dit-il." },
	{ "es", "El Sr. López vino. |¿Por qué? |¡Nadie lo sabe!" },
	{ "it", "Il dott. Rossi parla. |Ecco." },
	{ "pt", "O Sr. Silva fala. |A Sra. Costa ouve." },
	{ "zh", "海是咸的。|为什么？|河水带来盐！|好。" },
	{ "ja", "「行くよ。」と言った。|彼は去った。" },
	{ "ja", "海だ。|「行くよ。」と言った。|（彼は去った。）|そう。" },
	{ "ar", "هل البحر مالح؟ |نعم. |هذا صحيح۔ |حسنا" },
	{ "hi", "समुद्र खारा है। |क्यों? |डॉ. सिंह ने बताया॥ |ठीक" },
	{ "th", "แม่น้ำพัดพาเกลือจากหินลงสู่ทะเล |น้ำทะเลจึงเค็มมากขึ้นทุกปี" },
	{ "ru", "Это г-н Иванов, т.е. врач. |Он пришёл." },
};

static void
check(const char *language, const char *marked)
{
	struct strbuf text = STRBUF_INIT, got = STRBUF_INIT;
	struct word_list l = WORD_LIST_INIT;
	const char *p;
	size_t i, end = 0;

	for (p = marked; *p; p++)
		if (*p != '|')
			strbuf_addch(&text, *p);
	sentence_split(text.buf, text.len, language, &l);
	for (i = 0; i < l.nr; i++) {
		strbuf_add(&got, text.buf + end, l.v[i].off - end);
		if (i)
			strbuf_addch(&got, '|');
		strbuf_add(&got, text.buf + l.v[i].off, l.v[i].len);
		end = l.v[i].off + l.v[i].len;
	}
	is(got.buf, marked, language);
	word_list_release(&l);
	strbuf_release(&text);
	strbuf_release(&got);
}

static void
hostile(void)
{
	struct strbuf b = STRBUF_INIT;
	struct word_list l = WORD_LIST_INIT;
	size_t i;

	for (i = 0; i < 200000; i++)
		strbuf_addstr(&b, "a. ");
	sentence_split(b.buf, b.len, "en", &l);
	ok(l.nr > 0, "200,000 initials");
	l.nr = 0;
	strbuf_reset(&b);
	for (i = 0; i < 500000; i++)
		strbuf_addch(&b, i & 1 ? '"' : '.');
	sentence_split(b.buf, b.len, "en", &l);
	ok(1, "a million quotes");
	l.nr = 0;
	sentence_split("\xff\xfe. A\x80", 6, "en", &l);
	ok(l.nr >= 1, "broken bytes");
	word_list_release(&l);
	strbuf_release(&b);
}

int
main(void)
{
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		check(cases[i].language, cases[i].marked);
	hostile();
	return done_testing();
}
