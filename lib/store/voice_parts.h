/*
 * The calls that a voice takes: the text as it is sent, cut where the provider
 * takes no more at once, each piece a request of its own, so that one that did
 * not change is answered from the store.
 */
#ifndef STORE_VOICE_PARTS_H
#define STORE_VOICE_PARTS_H

#include <stddef.h>

#include "base/chunk.h"
#include "store/request.h"
#include "store/sent_text.h"

struct voice_part {
	struct chunk chunk;    /* bytes of the text that is sent */
	struct request *want;  /* its own; NULL where the voice has none */
};

struct voice_parts {
	struct sent_text sent;
	struct voice_part *v;
	size_t nr;
};

/* want is the voice's request, NULL in a filter; a text in one piece keeps it
 * as its own. cap is in characters, 0: no limit. Text of white space only has
 * no part. */
void voice_parts_make(const char *text, const struct node *lexicon,
	size_t cap, const struct request *want, struct voice_parts *out);
void voice_parts_release(struct voice_parts *p);

/* The digest of part i; NULL without a request. */
const char *voice_part_digest(const struct voice_parts *p,
	const struct request *want, size_t i);

#endif
