/*
 * Media out of the store by what their record says of them, without the
 * provider that reads its replies.
 */
#ifndef STORE_STORED_MEDIA_H
#define STORE_STORED_MEDIA_H

#include "base/error.h"
#include "base/strbuf.h"

/*
 * Append the file with this SHA-256 that the reply to request holds: as the
 * reply itself, as kept from a clone, or as base64 somewhere in a reply that is
 * JSON. 1 found; 0 not there, or a reply that has to be taken apart in another
 * way; -1 where the store cannot be read.
 */
int stored_media(const char *request, const char *sha256, struct strbuf *out,
	struct err *e);

#endif
