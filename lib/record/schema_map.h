/*
 * Maps whose keys the user chooses: speakers, characters, options.
 */
#ifndef RECORD_SCHEMA_MAP_H
#define RECORD_SCHEMA_MAP_H

#include "base/error.h"
#include "record/node.h"

#define OPTIONS_MOST 32     /* of one stage */
#define OPTION_NAME_MOST 64 /* bytes */
#define OPTION_MOST 8192    /* bytes of a value */

/* The map of doc that is called field, which may be missing; file is for the
 * message. A speaker is a voice, or {voice, speed}. */
int schema_check_speakers(const char *file, const struct node *doc,
	const char *field, struct err *e);
/* A character is a description, or {description, picture} with one of them at
 * least; picture is a path inside the project. */
int schema_check_characters(const char *file, const struct node *doc,
	const char *field, struct err *e);
/* What a provider is handed: names of [A-Za-z0-9_.-], texts, numbers and truth
 * values. */
int schema_check_options(const char *file, const struct node *doc,
	const char *field, struct err *e);

#endif
