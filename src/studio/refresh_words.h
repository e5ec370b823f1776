/*
 * What studio refresh tells make.
 */
#ifndef STUDIO_REFRESH_WORDS_H
#define STUDIO_REFRESH_WORDS_H

#include "studio/studio.h"

/*
 * One word a line, for what leads to the kinds in whats (BUDGET_OF):
 *
 *	cover.json                  the cover
 *	audio:SCENE image:SCENE     a voice, a picture; SCENE is its folder, or
 *	                            "@" and its id where a shell would read
 *	                            the folder's name as more than a name
 *	audio-run:3-52              the same of scenes 3 to 52, what is fresh
 *	                            among them left alone
 *	audio-call:SCENE            one that a server makes
 *	audio-calls                 all that servers make
 *	film:NAME audio-film:NAME with-cover:NAME sound:NAME
 *	part:NAME/SCENE part-run:NAME/3-52
 *
 * Where there are many, a job takes a run of scenes: each program reads the
 * whole project, so ten thousand jobs would read it ten thousand times. each:
 * a job a scene all the same, for goals that name files.
 */
void print_words(const struct plan *p, int whats, int each);

#endif
