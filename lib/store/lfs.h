/*
 * Git LFS pointers: small texts that stand in a commit, and where the file was
 * not fetched also in the folder, for a file that is kept elsewhere.
 * Format: https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md
 */
#ifndef STORE_LFS_H
#define STORE_LFS_H

#include <stddef.h>

#include "base/hash.h"

#define LFS_POINTER_BYTES 1024 /* it is smaller */

/* Are those n bytes, with a NUL behind them, such a pointer? Then sha256 (may
 * be NULL) gets the digest of the file, "" where it names none. */
int lfs_is_pointer(const char *p, size_t n, char sha256[SHA256_HEX]);

#endif
