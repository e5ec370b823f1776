/*
 * The inside of a JSON string (RFC 8259 section 7).
 */
#ifndef RECORD_JSON_STRING_H
#define RECORD_JSON_STRING_H

#include <stddef.h>

/*
 * Decode the n bytes at s, which a quote or NUL follows, to out (room for n;
 * decoded text is never longer); out NULL: only check. Returns the bytes read:
 * n when all is well, else the offset of what is wrong, a control character or
 * an escape that stands for no character (U+0000 and lone surrogates among
 * them). *len (may be NULL) gets the bytes written.
 */
size_t json_string_decode(const char *s, size_t n, char *out, size_t *len);

#endif
