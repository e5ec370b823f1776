/*
 * Kinds of values that fields may have, and how a wrong one is reported.
 */
#ifndef RECORD_SCHEMA_VALUE_H
#define RECORD_SCHEMA_VALUE_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "record/node.h"

enum value_kind {
	VALUE_TEXT,     /* any scalar */
	VALUE_UUID,
	VALUE_TIME,     /* RFC 3339 */
	VALUE_URL,      /* a path inside, relative to the record, or https */
	VALUE_PATH,     /* a path inside the project */
	VALUE_WORD,     /* one of words */
	VALUE_SLUG,     /* [a-z0-9-]+, a file's name */
	VALUE_LANGUAGE, /* BCP 47 */
	VALUE_NUMBER,   /* min..max */
	VALUE_WHOLE,    /* whole number, min..max */
	VALUE_TRUTH,
	VALUE_DURATION, /* "4s" */
	VALUE_MOMENT,   /* "4s", or 0 */
	VALUE_LEVEL,    /* a number, min..max, or "lively" */
	VALUE_LENGTH,   /* "3m" or "300 words" */
	VALUE_DIGEST,   /* 64 hex digits */
	VALUE_SIZE,     /* "1280x720" */
	VALUE_COLOUR,   /* "#ff9f6e" */
	VALUE_POINT,    /* list of two numbers, min..max */
	VALUE_COLOR,    /* "#rrggbb" */
	VALUE_SWITCH,   /* true, false, or a map */
	VALUE_TEXTS,    /* list of scalars */
	VALUE_MAP,
	VALUE_LIST,
	VALUE_ANY       /* checked elsewhere */
};

struct field {
	const char *path;  /* dots lead into maps */
	enum value_kind kind;
	int required;
	const char *words; /* VALUE_WORD: allowed, a space between two;
			      VALUE_TEXT: what a message asks for; a number:
			      its unit, behind the range; may be NULL */
	double min, max;
};

#define FIELDS_END { NULL, VALUE_TEXT, 0, NULL, 0, 0 }

/* What a message names. */
struct place {
	const char *file;
	const char *list; /* field that holds the items; NULL at the top */
	const char *name; /* of the item, or NULL */
	size_t index;     /* of the item, from 1 */
};

/* [a-z0-9-]+ that names a file; one of words, a space between two. */
int value_is_slug(const char *s);
int value_is_word(const char *s, const char *words);

/* Check doc's fields against the table (to FIELDS_END). */
int value_check_fields(const struct field *table, const struct node *doc,
	const struct place *at, struct err *e);

/* A number that another table, or a field that is said otherwise, changes; h
 * is what to go on from. */
uint64_t value_table_sum(uint64_t h, const struct field *table);

/* EX_DATA "file:line: field: found 'x'; must be WANT". */
int value_wrong(const struct place *at, const struct node *n,
	const char *field, const char *want, struct err *e);

#endif
