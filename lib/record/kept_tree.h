/*
 * Trees of files that did not change since they were last read and found
 * right, so that a project of thousands of files is not parsed again by each
 * program. Kept in build/tree-index; losing it costs time only.
 *
 *	tree = kept_tree_get(k, KEPT_SCENE, &stamp);
 *	if (!tree && (tree = ... read and check ...))
 *		kept_tree_put(k, KEPT_SCENE, &stamp, now, tree);
 *
 * A file is told by its stamp (base/file_stamp.h), whatever its path, so a
 * move costs nothing. Each entry has its own checksum, the whole file the
 * version of what it holds: an index that is cut, damaged, of another program
 * or another machine is passed over and written anew. Programs that run at
 * once append, each with one write.
 */
#ifndef RECORD_KEPT_TREE_H
#define RECORD_KEPT_TREE_H

#include <stdint.h>

#include "base/file_stamp.h"
#include "record/node.h"

/* What kind of tree: a file that is read in two ways has two entries. */
#define KEPT_SCENE 1u   /* scene.yaml whole */
#define KEPT_RECORD 16u /* + enum record_kind: a record without its long
			   parts, see asset_load_kept */

struct kept_tree;

/* root is the project's folder; version stands for everything else that a tree
 * depends on, such as the rules that it was checked by. Never fails: without
 * the file it is empty. */
struct kept_tree *kept_tree_open(const char *root, uint64_t version);
/* To be freed; NULL where it is not known. */
struct node *kept_tree_get(struct kept_tree *k, unsigned kind,
	const struct file_stamp *s);
/* The same for who only reads it, at a tenth of the cost: it stays k's, until
 * kept_tree_close, and must not be changed (node_free leaves it alone). */
struct node *kept_tree_lend(struct kept_tree *k, unsigned kind,
	const struct file_stamp *s);
/* Remember, where the file had settled when it was about to be read. */
void kept_tree_put(struct kept_tree *k, unsigned kind,
	const struct file_stamp *s, int64_t read_at, const struct node *tree);
/* Every file of the project was asked for: entries of others may go. */
void kept_tree_saw_all(struct kept_tree *k);
/* Write what is new and free; NULL is fine. */
void kept_tree_close(struct kept_tree *k);

/* For what it is kept by: sum of n bytes, going on from h. */
uint64_t kept_tree_sum(uint64_t h, const void *p, size_t n);

#endif
