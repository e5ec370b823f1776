/*
 * SHA-256 and SHA-1, by libcrypto.
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define SHA256_BYTES 32
#define SHA256_HEX 65 /* 64 digits and NUL */

struct sha256; /* a running hash */

struct sha256 *sha256_new(void);
void sha256_add(struct sha256 *h, const void *p, size_t n);
/* Finish: lower-case hex to out; frees h. */
void sha256_end(struct sha256 *h, char out[SHA256_HEX]);

/* Hash of one buffer, as lower-case hex. */
void sha256_hex(const void *p, size_t n, char out[SHA256_HEX]);
/* The same as 32 bytes. */
void sha256_raw(const void *p, size_t n, uint8_t out[SHA256_BYTES]);

/* Hash a regular file; *bytes (may be NULL) gets its size. */
int sha256_file(const char *path, char out[SHA256_HEX], uint64_t *bytes,
	struct err *e);

/* SHA-1 as 20 bytes; for UUIDv5 (RFC 4122) only. */
void sha1_raw(const void *p, size_t n, uint8_t out[20]);

#endif
