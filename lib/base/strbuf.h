/*
 * A growing byte buffer, always NUL-terminated, that may hold any byte.
 *
 * struct strbuf b = STRBUF_INIT; ... strbuf_release(&b);
 */
#ifndef BASE_STRBUF_H
#define BASE_STRBUF_H

#include <stddef.h>

struct strbuf {
	char *buf;    /* never NULL: "" when empty */
	size_t len;   /* bytes, without the NUL */
	size_t alloc; /* 0 while buf is not ours */
};

extern char strbuf_slop[1];
#define STRBUF_INIT { strbuf_slop, 0, 0 }

void strbuf_init(struct strbuf *b);
void strbuf_release(struct strbuf *b); /* frees; usable again */
void strbuf_reset(struct strbuf *b);   /* empties, keeps the room */
/* Hand the bytes to the caller, who frees them; *len may be NULL. */
char *strbuf_detach(struct strbuf *b, size_t *len);
/* Make room for n more bytes beside the NUL. */
void strbuf_grow(struct strbuf *b, size_t n);
void strbuf_add(struct strbuf *b, const void *p, size_t n);
void strbuf_addstr(struct strbuf *b, const char *s);
void strbuf_addch(struct strbuf *b, int c);
void strbuf_addf(struct strbuf *b, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* Append s in single quotes as a shell reads it, for cures that are pasted. */
void strbuf_add_shell(struct strbuf *b, const char *s);
/* Cut to n bytes; n <= len. */
void strbuf_setlen(struct strbuf *b, size_t n);
/* Remove white space (ASCII) at both ends. */
void strbuf_trim(struct strbuf *b);

#endif
