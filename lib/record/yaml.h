/*
 * YAML, the strict subset that people write in a project: maps, lists and
 * scalars. Aliases, anchors, tags, merge keys, duplicate keys and a second
 * document are errors; so are more than YAML_BYTES bytes, YAML_DEPTH levels
 * and YAML_NODES nodes. Merge markers left by git are named as such.
 * This file alone sees libyaml.
 */
#ifndef RECORD_YAML_H
#define RECORD_YAML_H

#include "base/error.h"
#include "base/strbuf.h"
#include "record/node.h"

#define YAML_BYTES (4u << 20)
#define YAML_DEPTH 32
#define YAML_NODES 100000

/* Parse; errors are EX_DATA "name:line:col: cause; cure". An empty document is
 * an empty map. The caller frees the tree. */
struct node *yaml_parse(const char *name, const char *buf, size_t len,
	struct err *e);
struct node *yaml_load(const char *path, struct err *e);

/*
 * Set one value in place: every byte outside that value is kept (comments,
 * order, line ends, a BOM). path has dots; missing maps are added at the end
 * of the nearest map that is there, in its style and indentation. value NULL
 * removes the key. The result is parsed again and compared with the tree that
 * was meant before it is given in *out.
 */
int yaml_edit(const char *name, const char *buf, size_t len, const char *path,
	const struct node *value, struct strbuf *out, struct err *e);
/* The same for a file, written atomically; makes the file when missing.
 * Returns 1 when it changed the file, 0 when the value was there already. */
int yaml_edit_file(const char *path, const char *key,
	const struct node *value, struct err *e);

/* Append a tree as new YAML (block style, texts quoted only where needed,
 * multi-line text as a literal block). Reads back as the same tree. */
void yaml_print(const struct node *n, struct strbuf *out);

#endif
