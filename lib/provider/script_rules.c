#include "provider/script_rules.h"

#include <string.h>

#include "record/preset.h"
#include "text/word.h"

static const struct {
	const char *tag, *name;
} languages[] = {
	{ "en", "English" }, { "de", "German" }, { "fr", "French" },
	{ "es", "Spanish" }, { "it", "Italian" }, { "pt", "Portuguese" },
	{ "nl", "Dutch" }, { "ru", "Russian" }, { "pl", "Polish" },
	{ "hi", "Hindi" }, { "ar", "Arabic" }, { "zh", "Chinese" },
	{ "cmn", "Chinese" }, { "ja", "Japanese" }, { "ko", "Korean" },
	{ "sv", "Swedish" }, { "da", "Danish" }, { "nb", "Norwegian" },
	{ "no", "Norwegian" }, { "fi", "Finnish" }, { "cs", "Czech" },
	{ "sk", "Slovak" }, { "hu", "Hungarian" }, { "ro", "Romanian" },
	{ "bg", "Bulgarian" }, { "el", "Greek" }, { "tr", "Turkish" },
	{ "uk", "Ukrainian" }, { "he", "Hebrew" }, { "fa", "Persian" },
	{ "ur", "Urdu" }, { "bn", "Bengali" }, { "ta", "Tamil" },
	{ "te", "Telugu" }, { "mr", "Marathi" }, { "th", "Thai" },
	{ "vi", "Vietnamese" }, { "id", "Indonesian" }, { "ms", "Malay" },
	{ "sw", "Swahili" }, { "ca", "Catalan" }, { "hr", "Croatian" },
	{ "sr", "Serbian" }, { "sl", "Slovenian" }, { "lt", "Lithuanian" },
	{ "lv", "Latvian" }, { "et", "Estonian" },
};

void
script_rules_language(const char *tag, struct strbuf *out)
{
	size_t i;

	if (!tag || !*tag)
		tag = "en";
	for (i = 0; i < sizeof(languages) / sizeof(*languages); i++)
		if (language_is(tag, languages[i].tag)) {
			strbuf_addf(out, "%s (%s)", languages[i].name, tag);
			return;
		}
	strbuf_addf(out, "the language with the tag %s", tag);
}

void
script_rules_tone(const char *tone, struct strbuf *out)
{
	static const char *const known[][2] = {
		{ "curious", "ask what the viewer would ask, then answer" },
		{ "serious", "matter-of-fact, without jokes or praise" },
		{ "playful", "light, with an unexpected comparison now and "
		    "then" },
		{ "calm", "unhurried, without exclamations" },
		{ "dramatic", "build up to what is at stake, then resolve it" },
		{ "technical", "exact terms, each explained when it first "
		    "comes" },
	};
	size_t i;

	if (!tone || !*tone)
		return;
	strbuf_addf(out, "- The tone is %s", tone);
	for (i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (!strcmp(tone, known[i][0]))
			strbuf_addf(out, ": %s", known[i][1]);
	strbuf_addstr(out, ".\n");
}

#define NO_GREETING \
	"No greeting, no \"in this video\", no name of a channel or speaker."

static const char short_form[] =
	"- The first sentence has at most 9 words and says at once what is "
	"surprising or useful. " NO_GREETING "\n"
	"- The last scene holds the only call to action, of at most 12 words: "
	"a question to the viewer, or a line that leads back to the first "
	"sentence.\n";

static const char feed[] =
	"- The first sentence is the claim of the film; the first scene's "
	"notes say it too, since it starts without sound. " NO_GREETING "\n"
	"- The last scene holds the only call to action, of at most 12 words, "
	"as a question to the viewer.\n";

static const char youtube[] =
	"- The first two sentences promise what the viewer will know in the "
	"end, within 8 seconds. " NO_GREETING "\n"
	"- The last scene holds the only call to action, of at most 12 words. "
	"Its image is calm, with room in it: an end screen lies over it.\n";

static const char podcast[] =
	"- It is heard more than seen: say what a listener has to know "
	"without the pictures, and mark turns of thought with words.\n"
	"- The first two sentences say what it is about and why now.\n"
	"- No call to action but one at the very end, as a sentence of its "
	"own.\n";

void
script_rules_platform(const char *platform, struct strbuf *out)
{
	static const struct {
		const char *platform, *rules;
	} t[] = {
		{ "youtube", youtube }, { "shorts", short_form },
		{ "tiktok", short_form }, { "reels", short_form },
		{ "linkedin", feed }, { "square", feed },
		{ "podcast", podcast },
	};
	size_t i, n = sizeof(t) / sizeof(*t);

	for (i = 0; i < n && (!platform || strcmp(platform, t[i].platform));)
		i++;
	i = i < n ? i : 0;
	strbuf_addf(out, "\n# Opening and end, for %s\n\n%s", t[i].platform,
	    t[i].rules);
}

const char *
script_rules_frame(const char *platform)
{
	const struct preset *p = platform ? preset_find(platform, NULL) : NULL;

	if (!p || p->width * 9 == p->height * 16)
		return "wide, 16:9";
	if (p->width * 16 == p->height * 9)
		return "upright, 9:16";
	return p->width == p->height ? "square, 1:1" : "upright, 4:5";
}
