/*
 * scenes/ brought in line with script.md, and the other way round.
 */
#ifndef TEXT_SCENE_SYNC_H
#define TEXT_SCENE_SYNC_H

#include "base/error.h"
#include "base/strvec.h"
#include "record/project.h"
#include "store/state.h"

struct scene_sync {
	struct strvec messages;  /* for people, one a change worth telling */
	size_t conflicts;        /* scenes that script and user both changed */
	int changed;             /* folders were made, renamed or removed */
};

#define SCENE_SYNC_INIT { STRVEC_INIT, 0, 0 }

/* Folders that hold no id yet get one, and their name. p is changed in
 * memory too, but for the folders' names: load it again where changed. */
int scene_sync_complete(struct project *p, struct scene_sync *r,
	struct err *e);

/* Three-way (resplit.h): base is split (state_split's record), theirs is
 * script.md, ours the scenes of p, all with ids. Inserts, edits in place,
 * renames, removes, and last writes scenes/split.json; killed at any point it
 * can be run again. Load p again after it. */
int scene_sync_script(const struct project *p, struct asset_state *split,
	struct scene_sync *r, struct err *e);

/* Write script.md from the scenes of p, and split.json from both. */
int scene_sync_write_script(const struct project *p,
	struct asset_state *split, struct err *e);

void scene_sync_release(struct scene_sync *r);

#endif
