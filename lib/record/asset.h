/*
 * Asset records: AudioClip, ImageAsset, VideoClip (and script.json), which
 * programs write. A record is the commit mark: it is written last.
 */
#ifndef RECORD_ASSET_H
#define RECORD_ASSET_H

#include <stdint.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "record/kept_tree.h"
#include "record/node.h"
#include "record/schema.h"

struct asset {
	enum record_kind kind;
	char *path;       /* of the record, as given */
	struct node *doc; /* strings below point into it; NULL: no record */
	const char *id, *url, *status, *error;
	const char *request; /* digest, 64 hex digits */
	const char *sha256;  /* of the media */
	uint64_t bytes;      /* of the media */
	double seconds;      /* durationSec, 0 when there is none */
	int lean;            /* doc has not its long parts */
};

/* Load and check. A missing record gives 0 with doc NULL. */
int asset_load(struct asset *a, enum record_kind kind, const char *path,
	struct err *e);
void asset_release(struct asset *a);

/*
 * The same of a project of thousands, by way of what is kept of files that did
 * not change (NULL: as asset_load). doc lacks the long parts: inputs, words,
 * scenes, chapters, usage and warnings; asset_whole gets them.
 */
int asset_load_kept(struct asset *a, enum record_kind kind, const char *path,
	struct kept_tree *k, struct err *e);
/* Read a lean one whole. Pointers into its doc are new ones after it. */
int asset_whole(struct asset *a, struct err *e);
/* Append its words as a line of JSON; 0 where it has none. */
int asset_words(const struct asset *a, struct strbuf *out);

/* The media's path: the record's folder and its url; NULL with EX_DATA where
 * the url leads out of the folder, also by a symbolic link. To be freed. */
char *asset_media_path(const struct asset *a, struct err *e);

/*
 * Write doc as the record at path. id, createdAt and unknown keys of an older
 * record there are kept (not those that say how the older media was made, see
 * made_keys in asset.c: a new such key belongs there); updatedAt moves only
 * when something else changed, and a record that would be the same is left
 * alone. The id of a new one is the UUIDv5 of "REQUEST" or "REQUEST SCENEID"
 * in project_id, so that two people who make the same asset write the same
 * record. Takes doc over.
 */
int asset_save(enum record_kind kind, const char *path,
	const char *project_id, struct node *doc, struct err *e);

#endif
