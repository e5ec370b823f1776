/*
 * Lines that name who speaks them: "Anna: It is late." in a script whose
 * project has a speaker Anna.
 */
#ifndef TEXT_DIALOGUE_H
#define TEXT_DIALOGUE_H

#include "base/strvec.h"
#include "record/node.h"
#include "text/script.h"

/*
 * Cut each part of s that has such lines into one part a line, each with its
 * speaker and without the label. speakers is the settings' map, of which the
 * names count (ASCII letters in either case); NULL: nothing is done. A label
 * counts at the start of a part and behind the end of a sentence. Before the
 * first label the part keeps its own speaker. A part with "say" stays whole;
 * heading goes to the first piece, image and notes to all.
 */
void dialogue_split(struct script *s, const struct node *speakers);

/* Words that stand in a script with such lines as labels do ("Bert: Hm?"), but
 * name no speaker, so that they are read aloud; each once, added to out. */
void dialogue_strangers(const struct script *s, const struct node *speakers,
	struct strvec *out);

#endif
