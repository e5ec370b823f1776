/*
 * What each record may hold. A violation is one line: file, line, field, what
 * was found, what is allowed. Unknown keys pass.
 */
#ifndef RECORD_SCHEMA_H
#define RECORD_SCHEMA_H

#include <stdint.h>

#include "base/error.h"
#include "record/node.h"

enum record_kind {
	RECORD_PROJECT,
	RECORD_SCENE,
	RECORD_SETTINGS,
	RECORD_AUDIO,
	RECORD_IMAGE,
	RECORD_VIDEO,
	RECORD_SCRIPT, /* script.json */
	RECORD_SPLIT   /* scenes/split.json */
};

/* The name as it is shown to people: "Project", "AudioClip" ... */
const char *record_name(enum record_kind kind);

/* Check every field; file is for the message. */
int schema_check(enum record_kind kind, const char *file,
	const struct node *doc, struct err *e);

/* A number that changes with the rules of any record. */
uint64_t schema_sum(void);

/* Is key one of the fields of such a record? */
int schema_has(enum record_kind kind, const char *key);
/* The file that people write key into, where that is none of the settings:
 * "project.yaml"; NULL where there is no such key. Static. */
const char *schema_home(const char *key);

/* Mark the scalars of text fields as text, so that a title of 2001 is printed
 * in quotes as JSON. */
void schema_mark_text(enum record_kind kind, struct node *doc);

/* "4s", "2.5s", "1m30s", "3m", "1h", a bare number of seconds. Seconds in
 * *out; -1 where it is none of these or not over 0. */
int duration_parse(const char *s, double *out);
/* The same, or 0: a place in time. */
int moment_parse(const char *s, double *out);

#endif
