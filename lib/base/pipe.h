/*
 * What a program in a pipe does with its stdin and stdout. For programs only:
 * a fault is said and exits.
 */
#ifndef BASE_PIPE_H
#define BASE_PIPE_H

#include "base/strbuf.h"

/* Append stdin, limit bytes at most; what is not UTF-8 is EX_DATA, and cure
 * ("save it as UTF-8") the end of the message. */
void pipe_read_text(struct strbuf *out, size_t limit, const char *cure);

/* Write all to stdout. */
void pipe_write(const struct strbuf *b);

/* Print a text to stdout as utf8_printable shows it: for results that a
 * terminal may get, and that hold what others wrote. */
void pipe_show(const char *s);

/* The end of a program that printed to stdout: code, or EX_IO when not all
 * could be written. */
int pipe_end(int code);

#endif
