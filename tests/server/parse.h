/*
 * Reading a script: what its two halves, rules (script.c) and steps (step.c),
 * share. All that return int return -1 with the error set.
 */
#ifndef SERVER_PARSE_H
#define SERVER_PARSE_H

#include "script.h"

struct parse {
	const char *path;
	int line;
	struct script *script;
	int headed, sent, ended, chunked; /* in the rule so far */
	struct err *e;
};

/* Set the error "file:line: what: about"; about may be "". Returns -1. */
int parse_bad(const struct parse *p, const char *what, const char *about);
/* Cut the next word off at its blank; "" at the end of the line. */
char *parse_word(char **at);
/* Append s with its escapes replaced. */
int parse_text(const struct parse *p, const char *s, struct strbuf *out);
/* Digits and perhaps one of k, M, G; the largest is 2^62. */
int parse_number(const struct parse *p, const char *s, uint64_t *n);
/* A step of the last rule, from its word on. */
int parse_step(struct parse *p, char *line);

#endif
