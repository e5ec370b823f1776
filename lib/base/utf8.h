/*
 * UTF-8: reading, checking, and making text safe to show.
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stddef.h>
#include <stdint.h>

/* Read one code point from the n bytes at s. Returns the bytes used (1-4),
 * or 0 where s is empty or not well-formed (overlong forms, surrogates and
 * values over 10FFFF are refused). */
size_t utf8_decode(const char *s, size_t n, uint32_t *cp);

/* Write cp at out (room for 4); returns the bytes written, 0 if cp is not a
 * Unicode scalar value. */
size_t utf8_encode(uint32_t cp, char *out);

/* Offset of the first byte that is not well-formed UTF-8 or is NUL; n when
 * all is well. */
size_t utf8_check(const char *s, size_t n);

/* Number of code points in well-formed text. */
size_t utf8_length(const char *s, size_t n);

/* Write the n bytes at s to out (size bytes, NUL included) with control
 * characters (C0 but newline as a space, DEL, C1), bidirectional overrides and
 * broken bytes shown as \xNN or \u{N}. Returns the bytes written without the
 * NUL; what does not fit is left off at a whole character. */
size_t utf8_printable(char *out, size_t size, const char *s, size_t n);

/* Columns that the text takes on a terminal: 2 for East Asian wide and emoji,
 * 0 for combining marks, else 1. */
size_t utf8_columns(const char *s, size_t n);

#endif
