/*
 * A request: what an asset is made from, one key and value a line, and the
 * digest of it all. The same request gives the same digest on every machine;
 * what is not in it (path, order, id, time, host, limits) cannot make an asset
 * stale.
 *
 * digest = SHA-256 over, for each input in order of its key (by bytes):
 *	"length key" "length value", lengths as decimal and a newline after each
 * where kind and version are the inputs ".kind" and ".version".
 */
#ifndef STORE_REQUEST_H
#define STORE_REQUEST_H

#include <stddef.h>

#include "base/hash.h"
#include "record/node.h"

struct input {
	char *key, *value;
	size_t len; /* bytes of value, which may hold any byte */
};

struct request {
	struct input *input;
	size_t nr, alloc;
	char digest[SHA256_HEX]; /* set by request_seal */
};

/* version is bumped by hand when the way of making changes the result. */
struct request *request_new(const char *kind, int version);
void request_free(struct request *r); /* NULL is fine */
void request_add(struct request *r, const char *key, const char *value);
void request_add_bytes(struct request *r, const char *key, const void *p,
	size_t n);
void request_add_num(struct request *r, const char *key, double d);
/* Sort and digest; no input may be added after it. */
void request_seal(struct request *r);

/* Forget the inputs of a sealed one, where its digest is all that is asked. */
void request_trim(struct request *r);

/* A sealed request for a part of what r asks for: as r, but with this value
 * under key, added or in place of r's. To be freed. */
struct request *request_piece(const struct request *r, const char *key,
	const void *p, size_t n);

/* The record's "inputs": a map of each key to its value, or where that is over
 * 60 bytes or not plain text to its first 60 bytes and its SHA-256. */
struct node *request_inputs(const struct request *r);

/* One input that differs from an older record's inputs. */
struct change {
	char *key, *was, *now; /* was or now NULL: the key is new or gone */
};

struct changes {
	struct change *v;
	size_t nr, alloc;
};

void changes_find(const struct request *r, const struct node *inputs,
	struct changes *out);
void changes_release(struct changes *c);

#endif
