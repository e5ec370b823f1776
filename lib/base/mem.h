/*
 * Memory that is there or ends the program: on failure one line is written
 * and the program exits with EX_FAILED; temp files are removed at exit.
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <dirent.h>
#include <stdarg.h>
#include <stddef.h>

void *xmalloc(size_t n);
void *xcalloc(size_t n, size_t size);
/* Resize to n elements; the product is checked for overflow. */
void *xreallocarray(void *p, size_t n, size_t size);
char *xstrdup(const char *s);
/* Copy of the n bytes at s, with a NUL after them. */
char *xmemdup(const void *s, size_t n);
char *xasprintf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
char *xvasprintf(const char *fmt, va_list ap)
	__attribute__((format(printf, 1, 0)));

/*
 * opendir(3) and the like with an errno as ever, but not for want of memory:
 * who takes NULL for a folder that is not there would find nothing in it.
 */
DIR *xopendir(const char *path);
DIR *xfdopendir(int fd);
char *xrealpath(const char *path);
void xsetenv(const char *name, const char *value);

/* End the program as they do, for a library that says it got no memory. */
void mem_failed(void) __attribute__((noreturn));

/* Make room for one more in the triple (array p, count nr, room alloc). */
#define ALLOC_GROW(p, nr, alloc)                                             \
	do {                                                                 \
		if ((nr) >= (alloc)) {                                       \
			(alloc) = (alloc) ? (alloc) * 2 : 8;                 \
			(p) = xreallocarray((p), (alloc), sizeof(*(p)));     \
		}                                                            \
	} while (0)

#endif
