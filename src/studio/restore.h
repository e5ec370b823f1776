/*
 * The parts of studio restore: a scene's files out of a commit, its media out
 * of git or the store. What was not committed is kept first; nobody is asked
 * or paid.
 */
#ifndef STUDIO_RESTORE_H
#define STUDIO_RESTORE_H

#include "base/strvec.h"
#include "studio/scene_name.h"
#include "studio/snapshot.h"

struct restore {
	const struct git *git;
	char commit[GIT_ID];
	char *dir;            /* the scene's folder in the commit */
	struct git_list list; /* its files there */
	struct snap_scene was; /* what it said */
	char *to;             /* its folder now, below scenes/ */
	char *base;           /* path of the folder that is written to: to, or
				 a new one, which is renamed into place */
	int is_new;
	char *head;           /* its folder at HEAD; NULL: none */
	struct git_list head_list;
	char *kept;           /* folder with copies of what was not committed;
				 NULL: there are none */
	struct strvec done;   /* what was brought back, for people */
	struct strvec left;   /* media that could not be, and the cure */
};

/* Find the scene in rev, or (NULL) where it was last, and choose where it goes.
 * Nothing is written. */
int restore_open(struct restore *r, const struct history *h,
	const struct scene_name *s, const char *rev, struct err *e);
void restore_release(struct restore *r);

/* Its media, then its records, then scene.yaml. */
int restore_files(struct restore *r, struct err *e);

/* Keep a copy of the file at path, name in the scene's folder, unless it is as
 * HEAD has it or not there. */
int restore_keep(struct restore *r, const char *path, const char *name,
	struct err *e);
/* Write a file of the commit to path. */
int restore_blob(struct restore *r, const struct git_entry *f,
	const char *path, struct err *e);
/* Has the file at path these bytes of the commit? */
int restore_is_same(const struct restore *r, const struct git_entry *f,
	const char *path);

/* Media that the records name and git does not have, and files of the user's
 * own that the scene names. */
int restore_media(struct restore *r, struct err *e);

#endif
