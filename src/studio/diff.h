/*
 * Two states of a project compared, for studio diff.
 */
#ifndef STUDIO_DIFF_H
#define STUDIO_DIFF_H

#include "studio/snapshot.h"

struct diff_ends {
	char from[GIT_ID], to[GIT_ID];
	char from_name[128], to_name[128]; /* as they were typed */
	int to_commit;                     /* 0: to is the working tree */
};

/*
 * {"from", "to", "settings": [...], "scenes": [...]}, to be freed. A setting
 * has its "file" and, in a map, "what" (the key), "was" and "now"; "touches"
 * where it is known whom it touches. A scene has its "id", "folder", "index"
 * and "wasIndex", its "text", "change" (added, deleted, changed), "moved" where
 * its place among the others is another, and "changes" as scene_changes has
 * them. What only moved because of others is not there.
 */
struct node *diff_tree(const struct snapshot *was, const struct snapshot *now,
	const struct diff_ends *d);

#endif
