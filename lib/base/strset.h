/*
 * A set of strings, each found at once however many there are.
 *
 * struct strset s = STRSET_INIT; strset_add(&s, "a"); strset_release(&s);
 */
#ifndef BASE_STRSET_H
#define BASE_STRSET_H

#include <stddef.h>

struct strset {
	char **slot; /* open addressing; NULL: free */
	size_t size, nr;
};

#define STRSET_INIT { NULL, 0, 0 }

/* Add a copy; 0 where it was there. */
int strset_add(struct strset *s, const char *str);
int strset_has(const struct strset *s, const char *str);
void strset_release(struct strset *s); /* usable again */

#endif
