/*
 * Order keys of scene folders: six digits, in steps, so that a scene can be
 * put between two others.
 */
#ifndef TEXT_SCENE_KEYS_H
#define TEXT_SCENE_KEYS_H

#include <stddef.h>

/* key[i] is the key of the i-th scene of the film, 0 where it needs one.
 * Fills them in: evenly between neighbours, in steps of 100 (50, 20 or 10
 * where there are many) at the end. Keys that are there stay, unless there is
 * no room: then the next neighbours are moved up too. Returns -1 where there
 * are more scenes than keys. */
int scene_keys_fill(unsigned *key, size_t nr);

/* The step for nr scenes that have no keys yet. */
unsigned scene_keys_step(size_t nr);

#endif
