/*
 * JSON (RFC 8259), strict: read by jsmn with limits, written from a tree.
 * json.c alone sees jsmn.
 */
#ifndef RECORD_JSON_H
#define RECORD_JSON_H

#include "base/error.h"
#include "base/strbuf.h"
#include "record/node.h"

#define JSON_BYTES (64u << 20)
#define JSON_DEPTH 64
#define JSON_NODES 2000000
#define JSON_LEAN (64u << 10)         /* bytes of a text in the file */
#define JSON_LEAN_BYTES (512u << 20)

/* Parse; errors are EX_DATA "name:line:col: cause; cure". Duplicate keys, NaN,
 * lone surrogates, NUL, control characters in strings, trailing bytes and
 * invalid UTF-8 are errors. */
struct node *json_parse(const char *name, const char *buf, size_t len,
	struct err *e);
struct node *json_load(const char *path, struct err *e);

/* As json_parse, for replies that carry files as text: what is longer than
 * JSON_LEAN is checked but neither decoded nor copied. Its node has str "" and
 * len 0, and start and end are the range of the text in buf, raw, between its
 * quotes. limit (bytes) may be up to JSON_LEAN_BYTES; the other limits hold,
 * and keys are never longer than JSON_LEAN. buf is not copied either, and
 * buf[len] has to be NUL, as a strbuf's is. */
struct node *json_parse_lean(const char *name, const char *buf, size_t len,
	size_t limit, struct err *e);
/* Is this a text that json_parse_lean left in buf? */
int json_is_lean(const struct node *n);
/* Append the bytes that a text stands for in base64, lean or not (then buf is
 * not looked at). n may be NULL: EX_DATA, as for what is no text. */
int json_base64(const char *buf, const struct node *n, struct strbuf *out,
	struct err *e);

/* Append as a record: one key a line, two spaces a level, order kept, trailing
 * newline; lists of scalars and maps inside lists stay on one line each. */
void json_print(const struct node *n, struct strbuf *out);
/* Append on one line, without a newline. */
void json_print_line(const struct node *n, struct strbuf *out);
/* Append s as a JSON string with its quotes. */
void json_print_text(const char *s, size_t n, struct strbuf *out);

#endif
