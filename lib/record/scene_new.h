/*
 * New scene folders: a key in its place, an id that two people who make the
 * same scene would both give it.
 */
#ifndef RECORD_SCENE_NEW_H
#define RECORD_SCENE_NEW_H

#include "record/project.h"

#define SCENE_KEY_STEP 100
#define SCENE_KEY_MAX 999999u

/* A key for a scene that stands at position pos (1 is first, nr + 1 last) of
 * the nr scenes now there: halfway between its neighbours, or a step after the
 * last. 0 where there is no room left. */
unsigned scene_key_at(const struct project *p, size_t pos);

/* UUIDv5, in the project's id, of the text and its ordinal among the scenes
 * that had the same first text; taken ids are passed over. */
void scene_new_id(const struct project *p, const char *text,
	char out[UUID_LEN]);

/* Make scenes/KEY-IDSTART/scene.yaml from doc, which holds at least "text"; id
 * (where it has none) and createdAt are laid in. Takes doc over. *dir (may be
 * NULL) is the folder's name, to be freed. p itself is not changed. */
int scene_create(const struct project *p, unsigned key, struct node *doc,
	char **dir, struct err *e);

#endif
