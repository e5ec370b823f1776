/* Where lines are broken, by sense, in many languages: each text has a bar
 * where the line ends. */
#include <stdlib.h>

#include "base/strbuf.h"
#include "media/segment.h"
#include "render/cue_break.h"
#include "render/cue_lists.h"
#include "tap.h"

static const struct {
	const char *language;
	int columns;
	const char *text;
} breaks[] = {
	{ "en", 42, "The lamp of this lighthouse is no bigger|than a milk "
	  "bottle from the shop." },
	{ "en", 42, "They walked from New York to the sea|and back again in a "
	  "single night." },
	{ "en", 42, "It costs about 300 dollars a month|to keep the light "
	  "burning at night." },
	{ "de", 42, "Am Ende steht ein Mensch auf der Straße|und winkt den "
	  "letzten Wagen durch." },
	{ "de", 42, "Der Hafen ist für die Schiffe gebaut,|die jede Woche "
	  "hier anlegen." },
	{ "fr", 42, "Le gardien du phare écrit le journal|à l'encre dans un "
	  "grand cahier." },
	{ "es", 42, "María vende aceitunas en el mercado|desde hace cuarenta "
	  "años y medio." },
	{ "it", 42, "Il guardiano accende la lampada ogni sera|e scrive il "
	  "diario di bordo." },
	{ "pt", 42, "O farol ilumina o mar durante a noite|para os barcos que "
	  "voltam tarde." },
	{ "nl", 42, "De wachter schrijft elke avond in het boek|omdat de "
	  "kapitein het vraagt." },
	{ "sv", 42, "Fyren lyser över havet varje natt|och vaktaren skriver i "
	  "boken." },
	{ "pl", 42, "Latarnik zapala lampę o zmierzchu|i zapisuje to w "
	  "grubym zeszycie." },
	{ "ru", 42, "Зимой лёд становится таким прозрачным,|что видно камни "
	  "на глубине." },
	{ "ru", 42, "Рыбак Сергей едет по льду на мотоцикле|и берёт с собой "
	  "термос с чаем." },
	{ "uk", 42, "Маяк світить над морем усю ніч|і сторож пише у великий "
	  "зошит." },
	{ "tr", 42, "Fener bekçisi her akşam lambayı yakar|ve büyük deftere "
	  "tek tek yazar." },
	{ "hi", 42, "उसका दिल एक छोटी कार जितना भारी होता है|और वह हर गर्मी में "
	  "तैरती है।" },
	{ "ar", 42, "يصب صاحب البيت الفنجان الأول للضيف|ثم يملؤه إلى الثلث "
	  "فقط." },
	{ "th", 42, "ตลาดน้ำเปิดตอนบ่ายสามโมง|แม่ค้าพายเรือมาขายก๋วยเตี๋ยว" },
	{ "ja", 26, "シロナガスクジラは地球上で|最も大きな動物です。" },
	{ "ja", 26, "広島の路面電車は、|1912年から走っています。" },
	{ "zh", 32, "每年夏天它们|都会游数千公里到寒冷的海域觅食。" },
	{ "zh", 32, "老师傅说：“火候差一点，|香气就差很多。”" },
	{ "ko", 32, "흰긴수염고래는 지구상에서|가장 큰 동물입니다." },
};

static void
test_breaks(void)
{
	struct cue_tokens k;
	struct strbuf text = STRBUF_INIT, got = STRBUF_INIT;
	size_t i, x;
	const char *p;
	long at;

	for (i = 0; i < sizeof(breaks) / sizeof(breaks[0]); i++) {
		strbuf_reset(&text);
		for (p = breaks[i].text; *p; p++)
			if (*p != '|')
				strbuf_addch(&text, *p);
			else if (strncmp(breaks[i].language, "ja", 2) &&
			    strncmp(breaks[i].language, "zh", 2))
				strbuf_addch(&text, ' ');
		cue_tokens_read(&k, text.buf, breaks[i].columns,
		    breaks[i].language, NULL);
		at = cue_line_break(&k, 0, k.nr - 1, breaks[i].columns,
		    breaks[i].language, NULL);
		strbuf_reset(&got);
		for (x = 0; x < k.nr; x++) {
			if (at > 0 && (long)x == at)
				strbuf_addch(&got, '|');
			else if (x && k.t[x].space)
				strbuf_addch(&got, ' ');
			strbuf_add(&got, k.text.buf + k.t[x].off, k.t[x].len);
		}
		is(got.buf, breaks[i].text, breaks[i].language);
		cue_tokens_release(&k);
	}
	strbuf_release(&text);
	strbuf_release(&got);
}

/* What a break before the last of two or three words costs. */
static int
cost(const char *language, const char *text)
{
	struct cue_tokens k;
	int c;

	cue_tokens_read(&k, text, 42, language, NULL);
	c = k.nr > 1 ? cue_break_cost(&k, k.nr - 1, language) : -1;
	cue_tokens_release(&k);
	return c;
}

static void
test_costs(void)
{
	ok(cost("ru", "живёт В Москве") == 18, "a preposition hangs, also in "
	    "capitals");
	ok(cost("ru", "рыбак Сергей") == 12 && cost("ru",
	    "там Рыбак Сергей") == 35, "a name in Cyrillic holds together");
	ok(cost("ru", "знал же") == 40 && cost("pl", "śmieje się") == 40 &&
	    cost("tr", "deniz kadar") == 40 && cost("hi", "घर में") == 40,
	    "what belongs to the word before never begins a line");
	ok(cost("hi", "घर में।") == 40, "also with a full stop after it");
	ok(cost("ar", "لمدة ١٢ دقيقة") == 40 && cost("hi", "सुबह ५ बजे") == 40 &&
	    cost("th", "ราคา ๒๐ บาท") == 40, "digits of other scripts hold "
	    "what they count");
	ok(cost("de", "die Straße") == 40 && cost("nl", "het boek") == 40 &&
	    cost("sv", "varje natt") == 40, "never after an article");
	ok(cost("zh", "千公") == 25 && cost("zh", "水和") == 7 &&
	    cost("zh", "好的") == 25 && cost("zh", "过程") == 18, "Chinese characters that bind");
	ok(cost("ja", "電車") == 25 && cost("ja", "のデ") == 7 &&
	    cost("ja", "デン") == 120, "Japanese words hold, phrases part");
	ok(cost("ja", "1912年") == 120 && cost("ja", "佐藤さん") == 120 &&
	    cost("ja", "車は") == 30 && cost("ja", "はい、です") == 30 &&
	    cost("ja", "音をき") == 7, "Japanese endings are not torn off");
	ok(cost("en", "at dusk. 🌊") == 40 && cost("en", "at dusk. 🌊 The") ==
	    0 && cost("ja", "です。🚋橋") == 0, "an emoji stays with what it "
	    "stands behind");
	ok(cost("de", "Software (sie heißt") == 30 && cost("de",
	    "Software (sie") == 5 && cost("en", "log (old) in") == 7,
	    "a bracket is not torn from what it opens");
	ok(cost("zh", "说：“火") == 2 && cost("zh", "多。”整") == 0,
	    "a Chinese line may be broken beside a quote");
	ok(cue_lists_for("no-NO") == cue_lists_for("nb") &&
	    cue_lists_for("nb") && !cue_lists_for("xx") && !cue_lists_for(""),
	    "lists by language");
}

/* Kinsoku: no line may begin with what closes, or end with what opens. */
static void
test_kinsoku(void)
{
	static const char text[] = "彼は「昨日、東京（日本）で桜を見た。」と言った！？"
	    "ラーメン・カツ丼ー々、それだけ…です";
	static const char *const never_first[] = { "。", "、", "」", "）", "！",
		"？", "ー", "々", "・", "…" };
	struct cue_tokens k;
	size_t i, j;
	int bad = 0;

	cue_tokens_read(&k, text, 26, "ja", NULL);
	for (i = 1; i < k.nr; i++)
		for (j = 0; j < sizeof(never_first) /
		    sizeof(never_first[0]); j++)
			if (!strncmp(k.text.buf + k.t[i].off, never_first[j],
			    3) || (k.t[i - 1].len >= 3 &&
			    !strncmp(k.text.buf + k.t[i - 1].off +
			    k.t[i - 1].len - 3, "「", 3)))
				bad++;
	ok(k.nr > 10 && !bad, "no line begins with a closing mark, of %zu "
	    "places", k.nr);
	cue_tokens_release(&k);
}

int
main(void)
{
	test_breaks();
	test_costs();
	test_kinsoku();
	return done_testing();
}
