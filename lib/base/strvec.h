/*
 * A growing list of strings that it owns, NULL-terminated for exec.
 */
#ifndef BASE_STRVEC_H
#define BASE_STRVEC_H

#include <stddef.h>

struct strvec {
	char **v;     /* v[nr] is NULL once something was pushed; else NULL */
	size_t nr, alloc;
};

#define STRVEC_INIT { NULL, 0, 0 }

void strvec_push(struct strvec *v, const char *s); /* copies s */
void strvec_pushf(struct strvec *v, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
int strvec_has(const struct strvec *v, const char *s);
void strvec_sort(struct strvec *v); /* by bytes */
void strvec_release(struct strvec *v);

#endif
