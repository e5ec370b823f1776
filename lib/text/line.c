#include "text/line.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* Cut leading white space; tabs go to the next multiple of four. */
void
line_dedent(struct line *l)
{
	l->indent = 0;
	while (l->n && (*l->s == ' ' || *l->s == '\t')) {
		l->indent += *l->s == '\t' ? 4 - l->indent % 4 : 1;
		l->s++;
		l->n--;
	}
	while (l->n && isspace((unsigned char)l->s[l->n - 1]))
		l->n--;
}

size_t
line_run(const struct line *l, char c)
{
	size_t n = 0;

	while (n < l->n && l->s[n] == c)
		n++;
	return n;
}

/* A line of only c (and spaces), at least least of them. */
int
line_is_rule(const struct line *l, char c, size_t least)
{
	size_t i, n = 0;

	for (i = 0; i < l->n; i++) {
		if (l->s[i] == c)
			n++;
		else if (l->s[i] != ' ')
			return 0;
	}
	return n >= least;
}

/* Bytes of "- ", "12. " and a task's "[x] " at the line's start; 0: none. */
size_t
line_bullet(const struct line *l)
{
	size_t n = 0;

	if (l->n > 1 && strchr("-*+", l->s[0])) {
		n = 1;
	} else {
		while (n < l->n && n < 9 && isdigit((unsigned char)l->s[n]))
			n++;
		if (!n || n >= l->n || (l->s[n] != '.' && l->s[n] != ')'))
			return 0;
		n++;
	}
	if (n >= l->n || !isspace((unsigned char)l->s[n]))
		return 0;
	while (n < l->n && isspace((unsigned char)l->s[n]))
		n++;
	if (l->n - n > 4 && l->s[n] == '[' && strchr(" xX", l->s[n + 1]) &&
	    !memcmp(l->s + n + 2, "] ", 2))
		n += 4;
	return n;
}

/* "| - | :-: |" below a line with a bar. */
int
line_is_table_rule(const struct line *l)
{
	size_t i;
	int dash = 0;

	for (i = 0; i < l->n; i++) {
		if (!strchr("|:- ", l->s[i]))
			return 0;
		dash |= l->s[i] == '-';
	}
	return dash && memchr(l->s, '|', l->n);
}

const char *
line_find(const struct line *l, const char *what)
{
	size_t n = strlen(what), i;

	for (i = 0; i + n <= l->n; i++)
		if (l->s[i] == *what && !strncasecmp(l->s + i, what, n))
			return l->s + i;
	return NULL;
}
