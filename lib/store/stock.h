/*
 * All that the user's store holds, listed: whole replies, replies that were
 * journalled by a program that then died, those that were refused, and calls
 * whose outcome is open. Only looks: a store that cannot be written will do.
 */
#ifndef STORE_STOCK_H
#define STORE_STOCK_H

#include <stdint.h>
#include <time.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/strvec.h"
#include "record/node.h"

enum stock_shelf {
	STOCK_OBJECTS,
	STOCK_JOURNAL,
	STOCK_REJECTED,
	STOCK_INTENTS
};
#define STOCK_SHELVES 4

extern const char *const stock_shelf_names[STOCK_SHELVES];

struct stock_item {
	enum stock_shelf shelf;
	char digest[SHA256_HEX];
	char *path;        /* of the reply, or of the intent */
	struct node *doc;  /* its record, or the intent; NULL: none */
	uint64_t bytes;    /* of the reply on the disk */
	time_t at;         /* when it was paid for, or asked */
	int there;         /* it is, and an object's record too */
};

struct stock {
	struct stock_item *item; /* by shelf, then by digest */
	size_t nr, alloc;
	struct strvec temp;      /* paths of temp files, dead or not */
};

/* A store that is not there yet is empty. EX_IO, or EX_DATA where the folder
 * holds more than FOLDER_NAMES (base/folder.h). */
int stock_read(struct stock *s, struct err *e);
void stock_release(struct stock *s);

/* NULL where there is none. */
const struct stock_item *stock_find(const struct stock *s,
	enum stock_shelf shelf, const char *digest);

/* What it cost in dollars; < 0 where its record does not say. */
double stock_cost(const struct stock_item *i);

/* Is s the name of a digest, 64 hex digits? */
int stock_is_digest(const char *s);

/* Remove an object, its record last; with its lock, without waiting:
 * EX_LATER where somebody works on it. */
int stock_remove(const struct stock_item *i, struct err *e);

#endif
