#include "provider/card.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/strbuf.h"
#include "base/utf8.h"
#include "media/card/card.h"
#include "text/phrase.h"
#include "text/word.h"

#define CARD_WORDS 7
#define STYLE_SHOWN 100 /* bytes of an unknown one in the warning */

/* A style in other words changes nothing that one could foresee. */
static void
warn_style(const char *style, struct strbuf *warnings)
{
	char safe[STYLE_SHOWN];

	if (!style || !style[strspn(style, " \t\r\n")] ||
	    card_style_is_known(style))
		return;
	utf8_printable(safe, sizeof(safe), style, strlen(style));
	strbuf_addf(warnings, "style: cards know no \"%s\"; they are drawn "
	    "as ", safe);
	card_style_names(warnings);
	strbuf_addch(warnings, '\n');
}

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
	s.use = q->title ? CARD_COVER : CARD_SCENE;
	phrase = phrase_key(q->title ? q->title : q->prompt, language,
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
	warn_style(q->style, &r->warnings);
	r->extension = "png";
	r->source_type = "algorithmicMedia";
	r->seed = info.seed;
	snprintf(r->version, sizeof(r->version), "%s, %s", CARD_VERSION,
	    info.family);
	return 0;
}

const struct image_provider card_image = { .name = "card",
	.draw = draw };
