/*
 * script.md: Markdown that is a script.
 *
 *	# Title
 *	> description: what the film is about
 *	> tags: whales, song   these two only before the first scene
 *
 *	## Heading            starts a scene, and a chapter
 *
 *	What is spoken.       a paragraph is a scene
 *	> image: a whale      these belong to the scene above
 *	> notes: slowly
 *	> speaker: host
 *	> say: What is really spoken.
 *
 * Everything else is narration; its markup is dropped (see markdown.h).
 */
#ifndef TEXT_SCRIPT_H
#define TEXT_SCRIPT_H

#include <stddef.h>

#include "base/strbuf.h"

/* One scene as the author wrote it. Strings are owned; NULL: not set. */
struct script_part {
	char *heading; /* of the chapter that starts here; "" is possible */
	char *text;    /* never NULL; "" for a scene without words */
	char *image, *notes, *speaker, *say;
	size_t line;   /* in the file, from 1 */
	int whole;     /* not to be split, however long */
};

struct script {
	char *title;       /* these may be NULL: */
	char *description; /* one line */
	char *tags;        /* "a, b, c" */
	struct script_part *v;
	size_t nr, alloc;
};

#define SCRIPT_INIT { NULL, NULL, NULL, NULL, 0, 0 }

/* Read text into *out (empty before). Directives before the first scene are
 * dropped, but for description and tags; these two are narration after it.
 * Anything parses; check for UTF-8 first. */
void script_parse(const char *text, size_t len, struct script *out);

/* Append as script.md. What it prints parses to the same script. */
void script_print(const struct script *s, struct strbuf *out);

/* Append an empty part with these (copied) strings, either may be NULL. */
struct script_part *script_add(struct script *s, const char *heading,
	const char *text);
void script_release(struct script *s);

#endif
