/*
 * The store of what was paid for: replies by the digest of their request.
 *
 * It is the user's, not the project's: $XDG_DATA_HOME/studio/store, or
 * storeDir: in the user's settings. A reply lies in objects/ab/DIGEST with
 * DIGEST.json beside it, which is written last and says that it is whole.
 */
#ifndef STORE_OBJECT_H
#define STORE_OBJECT_H

#include <stddef.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "record/node.h"

#define OBJECT_BYTES (1u << 30) /* a reply is not larger */

/* Who made an object, for its record. */
struct object_meta {
	const char *kind;     /* "audio", "image", "script", "media" */
	const char *provider; /* "home:model" */
	double cost;          /* dollars; < 0: nobody knows */
};

/* Is there a whole reply for this digest? */
int object_is_there(const char *digest);
/* The same, or one that was journalled by a program which then died: whoever
 * asks for it gets that one, and nobody pays. */
int object_is_kept(const char *digest);

/* Does the reply have the hash of its record? It is read, not kept in memory.
 * 1 yes, 0 there is none, -1 as object_read. */
int object_verify(const char *digest, struct err *e);

/* Path of the reply (ext "") or of its record (".json"), to be freed. */
char *object_path(const char *digest, const char *ext);

/* Append the reply: 1 found, 0 not there, -1 (also for one whose bytes no
 * longer have their hash: EX_IO names it and the cure). */
int object_read(const char *digest, struct strbuf *reply, struct err *e);

/* Wait until nobody else asks for this digest or writes it. Returns a
 * descriptor; closing it lets go. */
int object_lock(const char *digest, struct err *e);
/* The same without waiting: EX_LATER where somebody does. */
int object_lock_now(const char *digest, struct err *e);
/* Does somebody, now? Changes nothing. */
int object_is_held(const char *digest);

/* Make the file at path (in the store) the reply to digest; sha256 and bytes
 * are of its content. */
int object_take(const char *digest, const char *path,
	const struct object_meta *m, const struct strbuf *reply,
	struct err *e);

/* Undo an object_take that was not finished: a reply without its record, left
 * by a program that died between the two, goes to path. */
void object_take_back(const char *digest, const char *path);

/* Put media that came another way (a clone) into the store as the reply to
 * digest, unless it is there, with what its record says of it (kept.h). Takes
 * the lock. */
int object_keep(const char *digest, const char *path, const struct node *rec,
	struct err *e);

/* A path in the store, DIR/kind/name, to be freed; kind is "journal",
 * "intents", "objects", "rejected". mkdir_for makes its folder. */
char *object_aside(const char *kind, const char *name);

/* Make the folder that holds path. */
int object_mkdir_for(const char *path, struct err *e);

#endif
