/*
 * The text as it is sent to a voice over the network: the lexicon's words
 * replaced, everything else byte for byte, since such voices read signs and
 * numbers by themselves. It knows which bytes of the original stand behind its
 * own. Links nothing but base, record and tables: "studio" counts with it what
 * is paid for.
 */
#ifndef STORE_SENT_TEXT_H
#define STORE_SENT_TEXT_H

#include <stddef.h>

#include "base/strbuf.h"
#include "record/node.h"

struct sent_text {
	struct strbuf text; /* what is sent */
	size_t len;         /* bytes of the original */
	struct sent_span {  /* what was replaced, in order */
		size_t sent, sent_len; /* bytes in text */
		size_t off, len;       /* bytes in the original */
	} *span;
	size_t nr, alloc;
};

/* text is well-formed UTF-8; lexicon may be NULL. Fills *st, whatever was in
 * it before. */
void sent_text_make(const char *text, const struct node *lexicon,
	struct sent_text *st);
void sent_text_release(struct sent_text *st);

/*
 * The bytes of the original for which len bytes of the sent text at off stand;
 * a part of a replacement stands for all that it replaced. What leads out of
 * the text is cut off. *l is 0 where they stand for nothing.
 */
void sent_text_origin(const struct sent_text *st, size_t off, size_t len,
	size_t *o, size_t *l);

#endif
