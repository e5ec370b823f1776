/*
 * A film's description read from a project: the one way, for render-video and
 * render-clip.
 */
#ifndef RENDER_FILM_READ_H
#define RENDER_FILM_READ_H

#include "base/error.h"
#include "base/strvec.h"
#include "render/film.h"
#include "store/film_state.h"

struct timeline;
struct film_source; /* owns what the film borrows */

/*
 * Fill *f. Scenes whose voice or picture cannot be used yet are left without
 * (film_missing finds them). p, v and s must outlive the source. EX_CONF for a
 * setting that is not possible; EX_DATA for a record that is broken.
 */
int film_read(struct film *f, struct film_source **src,
	const struct project *p, const struct video *v,
	const struct survey *s, struct err *e);
void film_source_free(struct film_source *src); /* NULL is fine */

/* Draw the title and end cards that the nr scenes of the film (places in
 * f->scene) show, or all where scene is NULL; before their parts are made. */
int film_draw_cards(struct film *f, struct film_source *src,
	const size_t *scene, size_t nr, struct err *e);

/* What is possible but unwise, one line each. Appended. */
void film_warnings(const struct film *f, const struct film_source *src,
	const struct timeline *t, struct strvec *lines);

/* The description of a film that names the photographers of its pictures,
 * after the project's own (may be NULL); nothing where there is nobody to
 * name. Appended. */
void film_credits(const struct video *v, const struct survey *s,
	const char *description, struct strbuf *out);

/* Can scene i of the film (from 0) be shown, or with sound_only heard? Else
 * -1: EX_LATER names the scene and the program to run; also for placeholder
 * media, unless ALLOW_PLACEHOLDER=1. With e NULL git is asked for no cure. */
int film_missing(const struct video *v, const struct survey *s, size_t i,
	int sound_only, struct err *e);

/* fs->image is a drawn card, of fs->language: set its size, and that its words
 * stay in view. */
int film_use_card(struct film_scene *fs, struct err *e);

/* The caption choice of that name (none, sidecar, burned, both), -1 where it
 * is none. */
int film_captions_named(const char *name);

#endif
