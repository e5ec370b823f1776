#include <stdlib.h>

#include "tap.h"
#include "text/phrase.h"
#include "text/word.h"

static const struct {
	const char *text, *language, *want;
} cases[] = {
	{ "The whale surfaces.", "en", "The whale surfaces" },
	{ "Why is the sea salt?", "en", "Why is the sea salt?" },
	{ "", "en", "" },
	{ "...", "en", "" },
	{ "Every year, grey whales swim 16,000 kilometres from Mexico to the "
	    "Arctic.", "en",
	    "Grey whales swim 16,000 kilometres from Mexico" },
	{ "In 1869, the Suez Canal opened to ships of every nation and changed "
	    "trade for ever.", "en", "The Suez Canal opened to ships" },
	{ "Rain dissolves a little of the rock, and rivers carry it to the "
	    "sea.", "en", "Rain dissolves a little of the rock" },
	{ "It costs $40, or 20 %.", "en", "It costs $40, or 20 %" },
	{ "Warum ist das Meer salzig?", "de", "Warum ist das Meer salzig?" },
	{ "¿Por qué el mar es salado?", "es",
	    "¿Por qué el mar es salado?" },
	{ "海水为什么是咸的？河流把岩石里的盐带进大海。",
	    "zh", "海水为什么是咸的？" },
	{ "Well-known co-operatives thrive.", "en",
	    "Well-known co-operatives thrive" },
	{ "The day is not as long as it used to be: it is longer."
	    " Each century adds nearly two thousandths of a second"
	    " to the day.", "en",
	    "The day is not as long" },
	{ "Lasers bounced off mirrors on the Moon show that it"
	    " moves away from the Earth by 3.8 centimetres every"
	    " year.", "en",
	    "Lasers bounced off mirrors" },
	{ "At that rate every tide that runs up a beach makes the"
	    " day a little longer.", "en",
	    "Every tide that runs up a beach" },
	{ "Its blood is blue, because haemocyanin carries the"
	    " oxygen, with copper where ours has iron.", "en",
	    "Its blood is blue" },
	{ "Two of them do nothing but push blood through the"
	    " gills.", "en",
	    "Push blood through the gills" },
	{ "Rain falls on the mountains and wears away the rock.", "en",
	    "Rain falls on the mountains" },
	{ "Light, held in glass", "en",
	    "Light, held in glass" },
	{ "Simple shapes, big ideas", "en",
	    "Simple shapes, big ideas" },
	{ "In 1963 John Wells counted them on fossil corals"
	    " nearly four hundred million years old.", "en",
	    "John Wells counted them on fossil corals" },
	{ "Each century adds nearly two thousandths of a second"
	    " to the day.", "en",
	    "Nearly two thousandths of a second" },
	{ "A coral lays down a thin ridge of lime each day, and"
	    " the ridges swell and shrink with the seasons.", "en",
	    "A coral lays down a thin ridge" },
	{ "Why does the sea taste of salt when all the rivers"
	    " that feed it are fresh?", "en",
	    "Why does the sea taste of salt?" },
	{ "\"We choose to go to the Moon,\" said Kennedy in"
	    " Houston in September 1962.", "en",
	    "We choose to go to the Moon" },
	{ "Do not open the valve before the pressure has fallen"
	    " below 2 bar.", "en",
	    "Do not open the valve" },
	{ "The Great Wall of China is not visible from the Moon"
	    " with the naked eye.", "en",
	    "The Great Wall of China" },
	{ "She opened the door and found nothing but an old"
	    " letter on the floor.", "en",
	    "An old letter on the floor" },
	{ "Coffee contains more than eight hundred different"
	    " aromatic compounds.", "en",
	    "More than eight hundred different aromatic compounds" },
	{ "Einstein called it \"the happiest thought of my life\""
	    " many years later.", "en",
	    "The happiest thought of my life" },
	{ "Antibiotics do not work against viruses, although many"
	    " patients ask for them.", "en",
	    "Antibiotics do not work against viruses" },
	{ "Your heart beats about a hundred thousand times a day.", "en",
	    "A hundred thousand times a day" },
	{ "Mr. Smith of No. 12 went to Washington to speak with"
	    " Dr. Jones.", "en",
	    "Mr. Smith of No. 12" },
	{ "Penguins cannot fly, but they swim better than most"
	    " fish.", "en",
	    "Penguins cannot fly" },
	{ "Scientists do not think that the universe will ever"
	    " end.", "en",
	    "Scientists do not think" },
	{ "It is not true that bats are blind.", "en",
	    "It is not true" },
	{ "Unless we act soon, the last glaciers of the Alps will"
	    " vanish within a century.", "en",
	    "The last glaciers of the Alps" },
	{ "There is no evidence that the Vikings wore helmets"
	    " with horns.", "en",
	    "There is no evidence" },
	{ "Never leave a fire alone in the forest during the dry"
	    " months of summer.", "en",
	    "Never leave a fire alone" },
	{ "Trees talk to each other through a network of fungi"
	    " under the forest floor.", "en",
	    "Trees talk to each other" },
	{ "In winter the river freezes and the children skate to"
	    " school.", "en",
	    "The river freezes and the children skate" },
	{ "The company was founded in 1998 by two students in a"
	    " garage in California.", "en",
	    "The company was founded in 1998" },
	{ "So an octopus would rather walk.", "en",
	    "An octopus would rather walk" },
	{ "Most of its nerve cells are not in the head.", "en",
	    "Most of its nerve cells" },
	{ "Fields that are ploughed every year hold far fewer of"
	    " them than meadows.", "en",
	    "Fields that are ploughed every year" },
	{ "Drawn glass was cheap but never quite even.", "en",
	    "Drawn glass was cheap" },
	{ "The Moon's gravity raises two broad swells in the"
	    " ocean, one on the near side of the Earth and one on"
	    " the far side.", "en",
	    "The Moon's gravity raises two broad swells" },
	{ "Darwin had noticed that stones left on a field slowly"
	    " sink.", "en",
	    "Stones left on a field slowly sink" },
	{ "Salt slows yeast down and tightens the gluten.", "en",
	    "Salt slows yeast down" },
	{ "Nothing travels faster than light.", "en",
	    "Nothing travels faster than light" },
	{ "Der Mond entfernt sich jedes Jahr um 3,8 Zentimeter"
	    " von der Erde.", "de",
	    "Der Mond entfernt sich jedes Jahr" },
	{ "Ein Tintenfisch hat nicht nur ein Herz, sondern drei.", "de",
	    "Ein Tintenfisch hat nicht nur ein Herz" },
	{ "Warum schmeckt das Meer nach Salz, obwohl alle Flüsse"
	    " süß sind?", "de",
	    "Warum schmeckt das Meer nach Salz?" },
	{ "La Luna se aleja de la Tierra unos 3,8 centímetros"
	    " cada año.", "es",
	    "La Luna se aleja de la Tierra" },
	{ "La Gran Muralla no se ve desde la Luna a simple vista.", "es",
	    "La Gran Muralla no se ve" },
	{ "La Grande Muraille n'est pas visible depuis la Lune à"
	    " l'œil nu.", "fr",
	    "La Grande Muraille n'est pas visible" },
	{ "La Lune s'éloigne de la Terre de 3,8 centimètres"
	    " chaque année.", "fr",
	    "La Lune s'éloigne de la Terre" },
	{ "タコには心臓が三つあります。", "ja",
	    "タコには心臓が三つあります" },
	{ "万里の長城は月から肉眼では見えません。", "ja",
	    "月から肉眼では見えません" },
	{ "章鱼有三颗心脏。", "zh",
	    "章鱼有三颗心脏" },
	{ "للأخطبوط ثلاثة قلوب.", "ar",
	    "للأخطبوط ثلاثة قلوب" },
	{ "لا يمكن رؤية سور الصين العظيم"
	    " من القمر بالعين المجردة.", "ar",
	    "لا يمكن رؤية سور الصين العظيم" },
	{ "ऑक्टोपस के तीन दिल"
	    " होते हैं।", "hi",
	    "ऑक्टोपस के तीन दिल"
	    " होते हैं" },
};

int
main(void)
{
	size_t i;
	char *got;

	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		got = phrase_key(cases[i].text, cases[i].language, 7);
		is(got, cases[i].want,
		    cases[i].text[0] ? cases[i].text : "empty");
		free(got);
	}
	got = phrase_key("The quick brown fox of the north jumps", "en", 4);
	is(got, "The quick brown fox", "at most four words");
	free(got);
	ok(word_count("The co-operative isn't 3.5 km away.", 35, "en") == 6,
	    "words are counted as an editor does");
	ok(word_is_stop("The", 3, "en-GB") && !word_is_stop("whale", 5, "en"),
	    "stop words");
	return done_testing();
}
