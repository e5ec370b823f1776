/*
 * Captions as Advanced SubStation Alpha, for players and editors that draw
 * captions by themselves: from the same cue list as the other files beside the
 * film, in a style that comes near the burned one.
 *
 * The format is libass's reading of v4.00+: times in hundredths of a second,
 * colours &HAABBGGRR with AA the transparency, \k for how many hundredths a
 * word is spoken. libass lays the text between two tags out by itself, from
 * left to right, so that cues with a word of Arabic or Hebrew have no \k, and
 * an encoding of -1, by which it finds the direction.
 */
#ifndef RENDER_SIDECAR_ASS_H
#define RENDER_SIDECAR_ASS_H

#include "base/error.h"
#include "base/strbuf.h"
#include "render/cues.h"

struct timeline;

/* Append the file. The words light up as they are spoken in the styles that
 * mark them. EX_CONF for a style that is not known. */
int sidecar_ass(const struct cue_list *l, const struct film *f,
	const struct timeline *t, struct strbuf *out, struct err *e);

#endif
