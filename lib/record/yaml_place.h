/*
 * Where things stand in the bytes of a YAML file, for yaml_edit.c. Offsets are
 * bytes from the start of the file; nodes are those of yaml_parse.
 */
#ifndef RECORD_YAML_PLACE_H
#define RECORD_YAML_PLACE_H

#include <stddef.h>

#include "record/node.h"

struct yaml_source {
	const char *buf;
	size_t len, bom; /* bytes; bom is 3 or 0 */
	const char *eol; /* "\n" or "\r\n" */
};

void yaml_source_init(struct yaml_source *s, const char *buf, size_t len);

/* Bytes of the line break at pos, as libyaml takes them: LF, CR, CRLF, NEL,
 * U+2028 and U+2029; 0 where there is none. */
size_t yaml_break(const struct yaml_source *s, size_t pos);
/* Start of the line of pos, after a byte order mark; end before its break. */
size_t yaml_line_start(const struct yaml_source *s, size_t pos);
size_t yaml_line_end(const struct yaml_source *s, size_t pos);
/* Column of pos, from 0, in characters. */
size_t yaml_indent(const struct yaml_source *s, size_t pos);

int yaml_is_flow(const struct yaml_source *s, const struct node *n);
int yaml_is_block_collection(const struct yaml_source *s,
	const struct node *n);
int yaml_is_block_scalar(const struct yaml_source *s, const struct node *n);

/* End of "|", ">-", "|2+" and the like. */
size_t yaml_header_end(const struct yaml_source *s, const struct node *n);
/* Behind the last byte of the value, without the blank lines and comments that
 * libyaml counts in. */
size_t yaml_real_end(const struct yaml_source *s, const struct node *n);
/* Behind the colon of n's key. */
size_t yaml_after_key(const struct yaml_source *s, const struct node *n);
/* What must stand between the key before pos and its value: ": ", " " or
 * nothing. */
const char *yaml_joint(const struct yaml_source *s, size_t pos);

#endif
