/*
 * UUIDs (RFC 4122), as 36 characters in lower case.
 */
#ifndef BASE_UUID_H
#define BASE_UUID_H

#include <stddef.h>

#define UUID_LEN 37 /* 36 and NUL */

void uuid_random(char out[UUID_LEN]); /* version 4 */

/* Version 5 in the namespace ns (a UUID as text) of the n bytes at name.
 * Returns -1 where ns is not a UUID. */
int uuid_named(const char *ns, const void *name, size_t n,
	char out[UUID_LEN]);

int uuid_valid(const char *s);

#endif
