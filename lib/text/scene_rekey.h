/*
 * Scene folders that get other keys.
 */
#ifndef TEXT_SCENE_REKEY_H
#define TEXT_SCENE_REKEY_H

#include "base/error.h"
#include "record/project.h"

/* Rename scenes/FROM to scenes/TO; EX_DATA where TO is in the way. */
int scene_rename(const struct project *p, const char *from, const char *to,
	struct err *e);

/* Give scene list[i] of p, NULL for none, the key key[i]; keys ascend. Its
 * folder is renamed after key and id where the key is another. In an order in
 * which none passes another that is in its place already, so that who stops
 * half way leaves the film's order as it was. Returns how many were renamed,
 * -1 on error. */
int scene_rekey(const struct project *p, const struct scene *const *list,
	const unsigned *key, size_t nr, struct err *e);

/* Make room for a scene at position pos (from 1) where no key is free: its
 * neighbours move. The new one's key; 0 on error. */
unsigned scene_make_room(const struct project *p, size_t pos, struct err *e);

#endif
