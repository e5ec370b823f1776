/*
 * The prompt for a model that draws, from all that a request says.
 */
#ifndef PROVIDER_IMAGE_PROMPT_H
#define PROVIDER_IMAGE_PROMPT_H

#include "provider/provider.h"

/* Unicode characters; what OpenAI's GPT image models take. */
#define IMAGE_PROMPT_MOST 32000

/*
 * Append the prompt: q->prompt as it is, then in plain English sentences the
 * style and what keeps the pictures of a film together (mood by the tone; look,
 * unless it is eight hex digits, which "studio new" makes up; characters); for
 * a cover (q->title) that it is one, without any text but with room for a
 * title; and that no text is to be drawn, unless q->prompt, where it was
 * written for the picture (q->narrated 0), has some in quotes. The same request
 * gives the same bytes. Of what is longer than IMAGE_PROMPT_MOST the context is
 * cut first, at a word, and last the prompt.
 *
 * Reference pictures are not mentioned: their order is the provider's.
 */
void image_prompt(const struct image_request *q, struct strbuf *out);

/* The description of a character; "" when there is none. */
const char *image_character_text(const struct node *character);

#endif
