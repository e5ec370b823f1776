/*
 * The JSON object in an answer of a language model, whatever stands round it:
 * its thoughts, a greeting, code fences, other objects.
 */
#ifndef PROVIDER_REPLY_JSON_H
#define PROVIDER_REPLY_JSON_H

#include <stddef.h>

#include "record/node.h"

struct reply_json {
	struct node *doc;  /* what was found; NULL: nothing */
	const struct node *map;  /* that with the key: doc or within it */
	const struct node *list; /* the key's value; doc where it is a list */
	int any;           /* there was some other JSON object */
	int cut;           /* the text ends inside an object, or a list of
			      them */
	size_t maps;       /* objects that were whole in the one cut off */
};

/* Find the last object with a value under key that is a list; it may lie in
 * another object. A bare list of objects counts as that list. s ends with NUL,
 * is UTF-8 and holds no other NUL. The caller frees doc. */
void reply_json_find(const char *s, const char *key, struct reply_json *out);

/* After the model's thoughts: "<think>...</think>", or a "</think>" alone.
 * Points into s. */
const char *reply_after_thoughts(const char *s);

/* The value of a key of map, its case, '_', '-' and spaces not counted; NULL
 * where there is none or null. names: keys, the best first, NULL at the end. */
const struct node *reply_field(const struct node *map,
	const char *const *names);

#endif
