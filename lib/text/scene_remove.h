/*
 * A scene that left the script leaves the film.
 */
#ifndef TEXT_SCENE_REMOVE_H
#define TEXT_SCENE_REMOVE_H

#include "base/error.h"
#include "record/project.h"

/* Remove the folder of scene s, when all in it can be made again for nothing:
 * scene.yaml with what the script said (base is its entry of split.json),
 * *.local.* media and records of such. Else the folder is moved to
 * build/removed/. Returns 1 when it was moved, 0 when removed. */
int scene_remove(const struct project *p, const struct scene *s,
	const struct node *base, struct err *e);

#endif
