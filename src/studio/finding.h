/*
 * What check, doctor and gc find: one thing a line for people, or a list for
 * programs.
 */
#ifndef STUDIO_FINDING_H
#define STUDIO_FINDING_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct finding {
	char *what; /* one word: "modified", "journalled" ... */
	char *file; /* or what it is about */
	char *why;
	char *cure; /* "": nothing to do */
	int code;   /* enum exit_code that it is worth; EX_DONE: a note */
	int fixed;
};

struct findings {
	struct finding *v;
	size_t nr, alloc;
};

/* One more; the texts are copied. It is there until the next is added. */
struct finding *finding_add(struct findings *f, const char *what,
	const char *file, int code);
/* Set why or cure. */
void finding_why(struct finding *f, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
void finding_cure(struct finding *f, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
void findings_release(struct findings *f);

/* The worst code of those that are not fixed; how many those are that are
 * more than a note, where nr is not NULL. */
int findings_code(const struct findings *f, size_t *nr);

/* As a list of maps, each on a line. To be freed. */
struct node *findings_tree(const struct findings *f);

#endif
