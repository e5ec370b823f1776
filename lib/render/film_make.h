/*
 * From a film's description to its file: the parts that are missing, by several
 * threads, then the sound, then all joined by copying.
 */
#ifndef RENDER_FILM_MAKE_H
#define RENDER_FILM_MAKE_H

#include <stddef.h>

#include "base/error.h"
#include "render/film.h"
#include "render/part.h"
#include "render/timeline.h"

/*
 * Make the parts of l that dir lacks. workers 0: one for each core. Over all
 * programs of the user no more encode at a time than there are cores. The
 * parts are the same however many work. Returns how many were made; with an
 * error, those that were finished are kept.
 */
int film_make_parts(const struct film *f, const struct timeline *t,
	const struct part_list *l, const char *dir, int workers,
	struct err *e);

/*
 * Write the film to the file out, atomically, from its parts and its sound
 * (made in dir where it is missing). A part that turns out to be damaged is
 * removed and the code is EX_LATER: make the parts again.
 */
int film_join(const struct film *f, const struct timeline *t,
	const struct part_list *l, const char *dir, const char *out,
	struct err *e);

/* Both, once again where a part was damaged. */
int film_make(const struct film *f, const struct timeline *t, const char *dir,
	const char *out, int workers, struct err *e);

#endif
