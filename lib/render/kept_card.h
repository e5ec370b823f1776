/*
 * Cards that are of no record: free to draw, kept in build/ by what they are
 * drawn from, so that they are drawn once.
 */
#ifndef RENDER_KEPT_CARD_H
#define RENDER_KEPT_CARD_H

#include "base/error.h"
#include "record/project.h"

/* The card of a scene, or of the cover where s is NULL, for frames of w x h, as
 * the provider "card" draws that take of it: found or made at dir/DIGEST.png;
 * *path is to be freed. With spoken 1 it shows the words that are spoken,
 * whatever the scene's prompt is. EX_CONF or EX_DATA where a character has no
 * font. */
int card_keep(const struct project *p, const struct scene *s, int take,
	int spoken, const int frame[2], const char *dir, char **path,
	struct err *e);

/* For who makes the file of that path: a lock on its name, so that two who
 * want it do not both make it. Closing the descriptor lets go; -1 where there
 * can be none. Ask again whether the file is there. */
int kept_lock(const char *path, struct err *e);

#endif
