/*
 * What stands before a Markdown document: YAML between "---" lines, or TOML
 * between "+++".
 */
#ifndef TEXT_FRONT_MATTER_H
#define TEXT_FRONT_MATTER_H

#include <stddef.h>

#include "text/markdown.h"

/* Bytes of front matter at the start of text, 0 where there is none. Sets
 * m->title from its title line, and adds its lines to *lines. */
size_t front_matter_skip(const char *text, size_t len, struct markdown *m,
	size_t *lines);

#endif
