#include "provider/script_plan.h"

#include <math.h>
#include <string.h>

#include "record/preset.h"
#include "text/pace.h"
#include "text/split.h"
#include "text/word.h"

#define SENTENCE_WORDS 13
#define SENTENCE_CHARACTERS 25
#define STOPS_INSIDE 0.3 /* of the sentences; the others end a scene */
#define CHAPTERS_FROM 90 /* seconds; shorter films have none */
#define CHAPTER_SECONDS 60
#define CHAPTERS_MOST 12

/* Letters of a word with the space after it, in narration: the planning rates
 * of pace.c over the words a minute that speakers aim at. 0: no spaces. */
static const struct {
	const char *language;
	double letters;
} lengths[] = {
	{ "en", 5.6 }, { "de", 6.6 }, { "fr", 5.8 }, { "es", 5.8 },
	{ "it", 6.0 }, { "pt", 5.8 }, { "nl", 6.0 }, { "ru", 6.6 },
	{ "pl", 6.8 }, { "hi", 5.0 }, { "ar", 5.6 }, { "ko", 4.0 },
	{ "zh", 0 }, { "cmn", 0 }, { "ja", 0 }, { "th", 0 }, { "lo", 0 },
	{ "km", 0 }, { "my", 0 },
};

static double
word_letters(const char *language)
{
	size_t i;

	for (i = 0; i < sizeof(lengths) / sizeof(*lengths); i++)
		if (language_is(language, lengths[i].language))
			return lengths[i].letters;
	return 6;
}

/* Seconds that a letter takes with its share of the pauses. */
static double
letter_seconds(const struct pace *p, double letters)
{
	double sentence = letters > 0 ? SENTENCE_WORDS * letters
				      : SENTENCE_CHARACTERS;

	return 1 / p->rate + (p->comma + STOPS_INSIDE * p->stop) / sentence;
}

static double
default_seconds(const struct script_request *q, const struct preset *preset,
    const struct pace *pace)
{
	double most = !strcmp(preset->name, "youtube") ? 180
	    : !strcmp(preset->name, "podcast") ? 300
	    : preset->width < preset->height && preset->scene_seconds < 4 ? 40
	    : 60, own;

	own = q->source && *q->source ? pace_seconds(pace, q->source,
	    strlen(q->source)) : most;
	return own < most ? fmax(own, 5) : most;
}

static size_t
whole(double d, double least)
{
	return (size_t)floor(fmax(d, least) + 0.5);
}

void
script_plan_make(const struct script_request *q, struct script_plan *out)
{
	const struct preset *preset = q->platform ? preset_find(q->platform,
	    NULL) : NULL;
	const struct split_rule *rule = split_rule_for(q->platform);
	struct pace pace = pace_for(q->language, q->voice_provider, q->speed);
	double letters = word_letters(q->language), middle, gap, edge, voice;
	double word = letter_seconds(&pace, letters) * (letters > 0 ? letters
	    : 1);

	if (!preset)
		preset = preset_at(0);
	middle = (rule->min + rule->max) / 2;
	gap = preset->gap_ms / 1000.0;
	edge = (preset->head_ms + preset->tail_ms) / 1000.0;
	memset(out, 0, sizeof(*out));
	out->characters = letters <= 0;
	if (q->words) { /* an editor counts two characters as a word */
		out->words = q->words * (out->characters ? 2 : 1);
		voice = (double)out->words * word;
		out->scenes = whole(voice / middle, 1);
		out->seconds = voice + edge + (double)(out->scenes - 1) * gap;
	} else {
		out->seconds = q->seconds > 0 ? q->seconds
		    : default_seconds(q, preset, &pace);
		out->scenes = whole((out->seconds - edge + gap) / (middle +
		    gap), 1);
		voice = out->seconds - edge - (double)(out->scenes - 1) * gap;
		voice = fmax(voice, 1);
		out->words = whole(voice / word, 1);
	}
	if (out->scenes > SCRIPT_PLAN_SCENES)
		out->scenes = SCRIPT_PLAN_SCENES;
	out->scene_words = whole((double)out->words / (double)out->scenes, 1);
	out->scene_most = whole(fmax(rule->max / word,
	    1.3 * (double)out->scene_words), 2);
	if (preset->chapters && out->seconds >= CHAPTERS_FROM)
		out->chapters = (int)fmin(fmax(out->seconds / CHAPTER_SECONDS,
		    3), CHAPTERS_MOST);
}
