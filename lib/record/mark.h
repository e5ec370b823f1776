/*
 * Where a parser stands in a text, and errors that say so:
 * "file:line:col: cause; cure".
 */
#ifndef RECORD_MARK_H
#define RECORD_MARK_H

#include <stddef.h>

#include "base/error.h"
#include "base/strbuf.h"

struct mark {
	const char *name; /* of the file */
	const char *buf;
	size_t pos;       /* bytes from the start */
	size_t line, col; /* from 1; a column is a character */
};

void mark_start(struct mark *m, const char *name, const char *buf);
/* Go on to the byte at pos; pos must not be before m->pos. */
void mark_to(struct mark *m, size_t pos);
/* Set EX_DATA with "name:line:col: " before the message; returns -1. */
int mark_fail(const struct mark *m, struct err *e, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* The same for any place pos in the text. */
int mark_fail_at(const struct mark *m, struct err *e, size_t pos,
	const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/* Append a text that git could not merge as it was on our side; 0 where it has
 * no markers and is appended as it is. */
int mark_take_ours(const char *buf, size_t len, struct strbuf *out);

/* What every record must be: at most limit bytes, well-formed UTF-8, without
 * NUL, without lines that git left in a merge. Returns -1 with the place. */
int mark_check_text(const char *name, const char *buf, size_t len,
	size_t limit, struct err *e);

#endif
