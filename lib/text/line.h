/*
 * One line of Markdown and what its start says.
 */
#ifndef TEXT_LINE_H
#define TEXT_LINE_H

#include <stddef.h>

struct line {
	const char *s;
	size_t n;       /* without the line end */
	size_t indent;  /* columns of white space */
	size_t no;
};

/* Cut white space at both ends; sets indent, tabs to multiples of four. */
void line_dedent(struct line *l);
/* How many c the line starts with. */
size_t line_run(const struct line *l, char c);
/* Only c and spaces, at least least of them? */
int line_is_rule(const struct line *l, char c, size_t least);
/* Bytes of "- ", "12. " and a task's "[x] " at its start; 0: none. */
size_t line_bullet(const struct line *l);
/* "| - | :-: |"? */
int line_is_table_rule(const struct line *l);
/* The first place of what, letters in either case; NULL if it is not there. */
const char *line_find(const struct line *l, const char *what);

#endif
