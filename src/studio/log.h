/*
 * The revisions of a scene, for studio log.
 */
#ifndef STUDIO_LOG_H
#define STUDIO_LOG_H

#include "record/node.h"
#include "studio/history.h"

/*
 * A list, newest first, to be freed; NULL on error. A revision is a map:
 * "commit" (missing: not committed), "date", "author", "subject", "change"
 * (added, changed, moved, deleted, or "oldest known" where a shallow clone
 * ends), "folder" and "wasFolder", "changes" as
 * scene_changes has them, and "media": what the revision uses, each with
 * "asset", "url", "sha256" and "where". here is the scene's folder in the
 * working tree, NULL where it is not there.
 */
struct node *log_tree(const struct history *h, const char *id,
	const char *here, struct err *e);

#endif
