/*
 * Values as YAML text; for yaml_print.c and yaml_edit.c.
 */
#ifndef RECORD_YAML_TEXT_H
#define RECORD_YAML_TEXT_H

#include "base/strbuf.h"
#include "record/node.h"

enum yaml_quote { YAML_PLAIN, YAML_SINGLE, YAML_DOUBLE };

/* Append a text: plain or in the wished quotes where it can be (flow: inside
 * brackets), else in double quotes with escapes; always on one line. */
void yaml_put_text(const char *s, size_t len, int flow,
	enum yaml_quote wish, struct strbuf *out);
/* Append any value on one line, collections in brackets. */
void yaml_put_flow(const struct node *n, int flow, enum yaml_quote wish,
	struct strbuf *out);
/* Can the text be a literal block ("|")? It has lines, and nothing that such a
 * block cannot hold. */
int yaml_is_literal(const struct node *n);
/* Append its lines without the header, each indented and after eol. */
void yaml_put_literal(const struct node *n, size_t indent, const char *eol,
	struct strbuf *out);
/* "|" or "|-" of that block. */
const char *yaml_literal_header(const struct node *n);

#endif
