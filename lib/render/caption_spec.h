/*
 * What the burned captions of a film are to be: which look, how they are cut,
 * how large they are and where they stand. By the film's style and the shape
 * of its frame.
 */
#ifndef RENDER_CAPTION_SPEC_H
#define RENDER_CAPTION_SPEC_H

#include "media/caption_draw.h"
#include "render/cues.h"
#include "render/film.h"

struct timeline;

/* The film's own look, else the built-in one that it or its preset names;
 * EX_CONF, naming the four, for any other. */
int caption_look_of(const struct film *f, struct caption_look *k,
	struct err *e);

/*
 * How the text is cut. Returns 1 where cues are small groups of words rather
 * than lines to be read: in "big", where the look says how many words, and in
 * frames of 9:16, which take 20 columns and 2 to 5 words at a time.
 */
int caption_rules_of(const struct caption_look *k, const struct timeline *t,
	const char *language, struct cue_rules *r);

/*
 * Size and place for one scene. All that is drawn stays inside the preset's
 * safe area. Captions that the user moved off the bottom give way to the
 * phrase of a drawn card: they go below it where there is room, else to the
 * bottom. k, f and t must outlive q.
 */
void caption_spec_of(struct caption_spec *q, const struct caption_look *k,
	const struct film *f, const struct timeline *t, size_t scene);

#endif
