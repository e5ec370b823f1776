/*
 * Trees as bytes, and back: for kept_tree.c. Each node is a head of bytes and
 * numbers, its key and its text with a NUL each, then its children.
 */
#ifndef RECORD_TREE_PACK_H
#define RECORD_TREE_PACK_H

#include "base/strbuf.h"
#include "record/node.h"

/* Memory that is freed at once. */
struct tree_arena {
	struct arena_block *last; /* NULL at first */
};

/* Append; -1, with something appended, where it is deeper than is kept. */
int tree_pack(const struct node *n, struct strbuf *out);

/* The tree in the n bytes at p, NULL where they are none. Without an arena it
 * is the caller's. With one, its nodes are fixed, in the arena, and its texts
 * stay where they are, in p. */
struct node *tree_unpack(const char *p, size_t n, struct tree_arena *arena);
void tree_arena_release(struct tree_arena *a);

#endif
