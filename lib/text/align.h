/*
 * Which text of one list is which of another.
 */
#ifndef TEXT_ALIGN_H
#define TEXT_ALIGN_H

#include <stddef.h>

#define ALIGN_NONE ((size_t)-1)

/* to[i] becomes the index in b of a[i], or ALIGN_NONE; no index twice. First
 * by equal text in order (longest common subsequence), then by equal text
 * anywhere, then by likeness, then by what stands alone between the same
 * neighbours. White space does not count. */
void align_texts(const char *const *a, size_t an, const char *const *b,
	size_t bn, size_t *to);

/* The same by equal text alone: each of a with the first of b that is left. */
void align_equal(const char *const *a, size_t an, const char *const *b,
	size_t bn, size_t *to);

/* Marks with 1 a longest set of places whose values ascend (ALIGN_NONE is
 * left out): those that kept their order. */
void align_in_order(const size_t *v, size_t n, char *in_order);

#endif
