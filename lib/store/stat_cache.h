/*
 * SHA-256 of files that did not change since they were last read, told by
 * inode, size, mtime and ctime, so that a move costs nothing and a touch one
 * read. Kept in build/stat-cache; losing it costs time only.
 */
#ifndef STORE_STAT_CACHE_H
#define STORE_STAT_CACHE_H

#include <stdint.h>

#include "base/error.h"
#include "base/hash.h"

struct stat_cache;

/* root is the project's folder. Never fails: without the file it is empty. */
struct stat_cache *stat_cache_open(const char *root);
/* Hash of the regular file at path (cached or read); bytes may be NULL. */
int stat_cache_sha256(struct stat_cache *c, const char *path,
	char out[SHA256_HEX], uint64_t *bytes, struct err *e);
/* Remember what this program just wrote, without reading it again. */
void stat_cache_note(struct stat_cache *c, const char *path,
	const char *sha256);
/* Append what is new to the file and free; NULL is fine. */
void stat_cache_close(struct stat_cache *c);

#endif
