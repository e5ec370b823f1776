/*
 * Media of a clone, as the store keeps it: the reply that it came in is not
 * there, so what its record says of it goes with it.
 *
 *	"studio-kept 1\n", the record's fields as JSON on one line, "\n", the
 *	file
 */
#ifndef STORE_KEPT_H
#define STORE_KEPT_H

#include <stddef.h>

#include "base/strbuf.h"
#include "record/node.h"

/* Append the file's bytes with what rec, its record, says that the bytes do
 * not: words, voice, seed, whom to credit ... */
void kept_pack(const struct node *rec, const void *file, size_t n,
	struct strbuf *out);

/* Is this such a reply? Then the fields, to be freed, and where the file
 * begins; else NULL. */
struct node *kept_unpack(const struct strbuf *reply, size_t *file);

#endif
