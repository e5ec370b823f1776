/*
 * How a filter puts what it made in place: media, then record, each atomic.
 *
 *	state_audio(p, s, take, cache, &a, &e);
 *	if (state_needs_making(&a)) {
 *		doc = commit_begin(&a);
 *		node_set_str(doc, "voiceId", ...);
 *		commit_media(p, &a, doc, &media, cache, &e);
 *	}
 */
#ifndef STORE_COMMIT_H
#define STORE_COMMIT_H

#include "base/strbuf.h"
#include "store/state.h"

struct media_bytes {
	const void *p;
	size_t n;
	const char *ext; /* "wav", without a dot */
};

/* A new record's tree for a's request: sceneId of a scene's, provider, take
 * from the second on, request, inputs. The caller adds what it knows. */
struct node *commit_begin(const struct asset_state *a);

/* Add what a provider warned of, a line each, as a list; none, no list. */
void commit_warnings(struct node *doc, const char *lines);

/*
 * Write the media beside the record, named after its kind ("audio.wav",
 * "audio.local.wav" when the asset is free, "image.2.png"), then the record
 * with url, sha256, bytes and status ready. Media of the same record under
 * another name is removed last. Takes doc over; a->rec is the record as
 * written after it, a->state STATE_FRESH.
 */
int commit_media(const struct project *p, struct asset_state *a,
	struct node *doc, const struct media_bytes *m, struct stat_cache *c,
	struct err *e);

/* The same for a file that is already where it belongs (the user's own, a film
 * renamed into place): path of the file, url relative to the record. */
int commit_file(const struct project *p, struct asset_state *a,
	struct node *doc, const char *path, struct stat_cache *c,
	struct err *e);

/* Record that a provider refused: status failed, error; older media and its
 * sha256 are kept. A passing fault (any code but EX_REFUSED and EX_DATA)
 * leaves the record alone. Takes doc over. */
int commit_failure(const struct project *p, struct asset_state *a,
	struct node *doc, const struct err *why, struct err *e);

/* Append the record as the user is shown it, on one line without newline:
 * with what is derived (projectId, isMain). */
void record_line(const struct project *p, const struct asset_state *a,
	struct strbuf *out);

#endif
