/*
 * Which entries of a map a text names: an asset depends on these only.
 */
#ifndef STORE_NAMED_H
#define STORE_NAMED_H

#include "record/node.h"

/* A map of copies of map's entries (NULL: none) whose keys stand as words in
 * a or b (which may be NULL), in map's order. ASCII letters match in either
 * case. Never NULL. */
struct node *named_in(const struct node *map, const char *a, const char *b);

#endif
