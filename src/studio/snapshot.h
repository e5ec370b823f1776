/*
 * What a project's scenes were in a commit, or are in the working tree: texts
 * and the records of the media used, by scene.
 */
#ifndef STUDIO_SNAPSHOT_H
#define STUDIO_SNAPSHOT_H

#include <stddef.h>

#include "record/node.h"
#include "store/git.h"

struct snap_scene {
	char *dir;           /* below scenes/ */
	size_t index;        /* from 1 */
	struct node *doc;    /* scene.yaml */
	const char *id;      /* NULL: it has none yet */
	struct node *audio, *image; /* records of the takes used; NULL: none */
};

#define SNAP_DOCS 3  /* project.yaml, settings.yaml, lexicon.yaml */
#define SNAP_TEXTS 3 /* brief.md, source.md, script.md */

extern const char *const snap_docs[SNAP_DOCS], *const snap_texts[SNAP_TEXTS];

struct snapshot {
	char *name;                  /* for people */
	struct node *doc[SNAP_DOCS]; /* an empty map where it is not there */
	char *text[SNAP_TEXTS];      /* SHA-256; NULL: not there */
	struct node *cover;          /* its record; NULL: none */
	struct snap_scene *scene;    /* in the order of the film */
	size_t nr, alloc;
};

/* commit NULL: the working tree. EX_DATA names a file that cannot be read, as
 * "REV:scenes/x/scene.yaml", and two folders with one id. */
int snapshot_take(struct snapshot *s, const struct git *g, const char *commit,
	const char *name, struct err *e);
void snapshot_release(struct snapshot *s);

/* The scene with this id; NULL where there is none. */
const struct snap_scene *snapshot_scene(const struct snapshot *s,
	const char *id);

/* One scene alone: dir of a commit, or of the working tree. Records that are
 * broken count as none. */
int snapshot_scene_read(struct snap_scene *s, const struct git *g,
	const char *commit, const char *dir, struct err *e);
void snap_scene_release(struct snap_scene *s);

#endif
