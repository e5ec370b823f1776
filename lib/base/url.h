/*
 * URLs and addresses, as text.
 */
#ifndef BASE_URL_H
#define BASE_URL_H

#include <stddef.h>

#include "base/strbuf.h"

/* Does this URL name an address of this machine (localhost, 127/8, ::1)? */
int url_is_local(const char *url);

/* Is this numeric address no public one: of this machine, of a private network
 * or a link (RFC 1918, 3927, 4193, 4291, 6598, 6890)? So is what is none. */
int url_ip_is_private(const char *ip);

/* The length of "scheme://host:port" at the start of a URL; 0: it is none. */
size_t url_origin_length(const char *url);

/* Have both the same scheme, host and port? Not where one names a user. */
int url_same_origin(const char *a, const char *b);

/* Append s percent-encoded for one part of a URL (RFC 3986, unreserved). */
void url_escape(const char *s, struct strbuf *out);

/* The URL as people and records may see it, without its user and its query, in
 * which passwords, signatures and keys stand. size is of out, NUL included. */
void url_show(const char *url, char *out, size_t size);

#endif
