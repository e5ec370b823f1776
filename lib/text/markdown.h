/*
 * Markdown in, plain text out: what a voice may read.
 *
 * Kept: headings, paragraphs, list items, quotations, the text of links,
 * emphasis and inline code. Dropped: code blocks, tables, images, HTML tags
 * and comments, front matter, footnotes, addresses (a bare one leaves its
 * host). Time and memory are linear in the input, whatever it holds.
 */
#ifndef TEXT_MARKDOWN_H
#define TEXT_MARKDOWN_H

#include <stddef.h>

#include "base/strbuf.h"

#define MARKDOWN_BYTES (16u << 20) /* callers read no more than this */

enum markdown_kind {
	MARKDOWN_HEADING,
	MARKDOWN_TEXT,      /* a paragraph */
	MARKDOWN_ITEM,      /* of a list */
	MARKDOWN_QUOTE,     /* a quotation */
	MARKDOWN_DIRECTIVE  /* "key: value" after '>', see below; raw text */
};

struct markdown_block {
	enum markdown_kind kind;
	int level;     /* of a heading, 1..6; else 0 */
	size_t line;   /* where it starts, from 1 */
	char *text;    /* one line of plain text */
};

struct markdown {
	struct markdown_block *v;
	size_t nr, alloc;
	char *title;   /* from front matter; NULL when it has none */
};

#define MARKDOWN_INIT { NULL, 0, 0, NULL }

/* Read blocks from text. directives: NULL, or a NULL-terminated list of keys;
 * a line "> key: value" then is a block of its own. Broken UTF-8 passes
 * through; check first. */
void markdown_parse(const char *text, size_t len,
	const char *const *directives, struct markdown *out);
void markdown_release(struct markdown *m);

/* Append the text of one paragraph without its markup. */
void markdown_inline(const char *s, size_t n, struct strbuf *out);

/* Append plain text so that Markdown reads it back as that text. */
void markdown_escape(const char *s, size_t n, struct strbuf *out);

#endif
