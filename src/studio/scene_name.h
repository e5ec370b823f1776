/*
 * Scenes as the user names them, for commands that must work where the project
 * cannot be read: a scene may be gone, or its files broken.
 */
#ifndef STUDIO_SCENE_NAME_H
#define STUDIO_SCENE_NAME_H

#include "studio/history.h"

struct scene_name {
	char id[UUID_LEN];
	char *here; /* its folder in the working tree; NULL: not there */
};

/* A position, a folder, "@" and the start of an id, or the start of an id; of
 * the working tree, else of the history. EX_DATA where the folder has it
 * twice. */
int scene_name_find(struct scene_name *s, const struct history *h,
	const char *name, struct err *e);
void scene_name_release(struct scene_name *s);

#endif
