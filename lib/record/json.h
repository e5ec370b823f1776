/*
 * JSON (RFC 8259), strict: read by jsmn with limits, written from a tree.
 * This file alone sees jsmn.
 */
#ifndef RECORD_JSON_H
#define RECORD_JSON_H

#include "base/error.h"
#include "base/strbuf.h"
#include "record/node.h"

#define JSON_BYTES (64u << 20)
#define JSON_DEPTH 64
#define JSON_NODES 2000000

/* Parse; errors are EX_DATA "name:line:col: cause; cure". Duplicate keys, NaN,
 * lone surrogates, NUL, control characters in strings, trailing bytes and
 * invalid UTF-8 are errors. */
struct node *json_parse(const char *name, const char *buf, size_t len,
	struct err *e);
struct node *json_load(const char *path, struct err *e);

/* Append as a record: one key a line, two spaces a level, order kept, trailing
 * newline; lists of scalars and maps inside lists stay on one line each. */
void json_print(const struct node *n, struct strbuf *out);
/* Append on one line, without a newline. */
void json_print_line(const struct node *n, struct strbuf *out);
/* Append s as a JSON string with its quotes. */
void json_print_text(const char *s, size_t n, struct strbuf *out);

#endif
