/*
 * The scenes as last split (scenes/split.json), as the script has them now,
 * and as scene.yaml has them: the same few fields each.
 */
#ifndef TEXT_SCENE_BASE_H
#define TEXT_SCENE_BASE_H

#include "base/strvec.h"
#include "record/node.h"
#include "record/project.h"
#include "store/state.h"
#include "text/script.h"

/* The fields that a script says beside the text. */
extern const char *const scene_base_fields[]; /* ends with NULL */

/* scene.yaml's value, or split.json's, of a field; NULL: not set. */
const char *scene_base_get(const struct node *doc, const char *field);
/* The same of a part of a script. */
const char *scene_base_of(const struct script_part *part, const char *field);

/* A part as a map: id (where given), text and the fields that it has. */
struct node *scene_base_node(const char *id, const struct script_part *part);

/* Read script.md and split it; a paragraph that is a scene or was one stays
 * whole. An empty script is EX_DATA. strangers gets what dialogue_strangers
 * finds. */
int scene_base_script(const struct project *p, const struct node *base,
	struct script *out, struct strvec *strangers, struct err *e);

/* Write split.json: scenes is its list, taken over. With conflicts the record
 * stays stale, so that they are met again until they are settled. */
int scene_base_write(const struct project *p, struct asset_state *split,
	struct node *scenes, int conflicts, struct err *e);

#endif
