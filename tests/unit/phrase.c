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
