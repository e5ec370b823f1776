/*
 * What a film was made with: another version of a library or of a font may make
 * other bytes of the same inputs. That alone makes no film stale; it is said.
 */
#ifndef RENDER_FILM_VERSIONS_H
#define RENDER_FILM_VERSIONS_H

#include "base/error.h"
#include "base/strbuf.h"
#include "record/node.h"
#include "render/film.h"

struct timeline;

/* For the film's record: the libraries' versions by name, and under "fonts"
 * those of the fonts that its burned captions show. NULL on error: captions
 * that cannot be laid out. */
struct node *film_versions(const struct film *f, const struct timeline *t,
	struct err *e);

/* Append "made with libx264 163; now 164" for a film whose record has those
 * versions, and nothing where they are what runs now (or made is NULL). */
void film_versions_differ(const struct node *made, struct strbuf *out);

#endif
