#include "provider/card.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "media/card/card.h"
#include "text/phrase.h"
#include "text/word.h"

/* Of the drawing: a change of it changes every picture. */
#define CARD_VERSION "card 1"
#define CARD_WORDS 7

static int
draw(const struct image_request *q, struct image_result *r, struct err *e)
{
	const char *language = q->language && *q->language ? q->language :
	    "en";
	struct card_info info;
	struct card_spec s;
	char *phrase;
	int ret;

	memset(&s, 0, sizeof(s));
	s.cover = q->title != NULL;
	phrase = phrase_key(s.cover ? q->title : q->prompt, language,
	    CARD_WORDS);
	s.width = q->width;
	s.height = q->height;
	s.phrase = phrase;
	s.is_light = word_is_stop;
	s.text = q->prompt;
	s.language = language;
	s.tone = q->tone;
	s.style = q->style;
	s.look = q->look;
	s.take = q->take;
	ret = card_draw(&s, &r->picture, &info, e);
	free(phrase);
	if (ret < 0)
		return -1;
	r->extension = "png";
	r->source_type = "algorithmicMedia";
	r->seed = info.seed;
	snprintf(r->version, sizeof(r->version), "%s, %s", CARD_VERSION,
	    info.family);
	return 0;
}

const struct image_provider card_image = { .name = "card",
	.draw = draw };
