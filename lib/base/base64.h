/*
 * Base64 (RFC 4648 section 4), by libcrypto.
 */
#ifndef BASE_BASE64_H
#define BASE_BASE64_H

#include <stddef.h>

#include "base/error.h"
#include "base/strbuf.h"

/*
 * Append what the n bytes at p stand for. Taken as it comes from providers:
 * white space anywhere, padding or none at the end, "data:TYPE;base64," before
 * it, and JSON's escapes as they stand in raw JSON text, each for its
 * character ("\/" counts as "/", "\n" as a newline, "\u002b" as "+").
 *
 * EX_DATA, with the offset from p, for every other character (also "-" and "_"
 * of the other alphabet), for something behind padding, for padding that does
 * not fit, and for an end that leaves a single character; out is then as it
 * was. The name is the caller's to put before (err_prefix). Beside the output
 * some 64 KiB of memory are used.
 */
int base64_decode(const char *p, size_t n, struct strbuf *out, struct err *e);

/* Append the n bytes at p as base64, padded, on one line. */
void base64_encode(const void *p, size_t n, struct strbuf *out);

#endif
