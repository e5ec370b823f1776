/*
 * Which files below build/ the last film of a name was made of, so that what
 * no film needs can be told without reading films again: a line each in
 * build/parts/NAME.used, "parts/KEY.part". Losing it costs nothing.
 */
#ifndef RENDER_FILM_USED_H
#define RENDER_FILM_USED_H

#include "render/film.h"
#include "render/part.h"

/*
 * dir is build/parts, track the sound in it (may be NULL), more another file
 * that was used (may be NULL), l NULL for a film of sound alone. Nothing for a
 * preview, which out tells. Called before the film is put in place, so that a
 * fresh film has its list. -1 with e set where it cannot be written.
 */
int film_used_note(const struct film *f, const struct part_list *l,
	const char *dir, const char *const track[2], const char *out,
	struct err *e);

#endif
