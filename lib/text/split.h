/*
 * A script into scenes of a sensible spoken length: by the script's own
 * structure first, then at sentences, and inside one only where it is too
 * long for a picture.
 */
#ifndef TEXT_SPLIT_H
#define TEXT_SPLIT_H

#include <stddef.h>

#include "text/pace.h"
#include "text/script.h"
#include "text/word.h"

/* Spoken seconds of a scene. */
struct split_rule {
	const char *platform;
	double min, max; /* what is aimed at */
	double hard;     /* never more, but for one endless word */
};

/* The rule of a platform; that of youtube for one it does not know or NULL. */
const struct split_rule *split_rule_for(const char *platform);

/* The rate that splitting reckons with: one a language, whatever the voice, so
 * that a changed voice never splits anew. Between the slow and the fast. */
struct pace split_pace(const char *language);

/* Append the pieces of one paragraph as spans without white space at the
 * ends, in order, covering all words. Cuts are chosen together, so that few
 * pieces are outside min..max; inside a sentence only where it is over max,
 * best after a semicolon, then a comma, then before a conjunction. */
void split_text(const char *text, size_t len, const struct split_rule *rule,
	const struct pace *pace, struct word_list *out);

/* Scenes of a script, appended to out (empty before); title, description
 * and tags are copied. A paragraph with "say" stays whole. One with an image
 * or notes of its own is cut only where it is over rule->hard; the pieces
 * share them. */
void split_script(const struct script *in, const struct split_rule *rule,
	const struct pace *pace, struct script *out);

#endif
