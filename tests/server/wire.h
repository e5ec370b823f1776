/*
 * One accepted connection, plain or TLS: buffered in both directions. What is
 * put stays in the buffer until it is full or flushed, so that a reply can be
 * accounted for before its last byte is out. Used by one thread.
 */
#ifndef SERVER_WIRE_H
#define SERVER_WIRE_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/strbuf.h"

struct wire;
struct wire_tls; /* certificate and key of a server */

/* Errors are EX_BADUSE and name the file. */
int wire_tls_new(const char *cert, const char *key, struct wire_tls **t,
	struct err *e);
void wire_tls_free(struct wire_tls *t); /* t may be NULL */

/* Takes over the socket; with t (may be NULL) it shakes hands first. NULL
 * where that fails; the socket is then closed. */
struct wire *wire_new(int fd, struct wire_tls *t);

/* Append to *out up to and with the next newline: 1, or 0 where the client
 * ended (or failed) before it, -1 where *out would be longer than limit. */
int wire_line(struct wire *w, struct strbuf *out, size_t limit);
/* Append exactly n bytes: 1, or 0 where the client ended before. */
int wire_take(struct wire *w, struct strbuf *out, uint64_t n);
/* Has the client sent something that is not taken yet? */
int wire_more(const struct wire *w);

/* These return -1 when the client is gone: it closed the connection or its
 * sending half, or reset it. */
int wire_put(struct wire *w, const void *p, size_t n);
int wire_puts(struct wire *w, const char *s);
int wire_flush(struct wire *w);
int wire_wait(struct wire *w, int ms); /* ms < 0: until the client goes */
/* From now on n bytes at a time, with ms between; n = 0: as fast as can be. */
int wire_drip(struct wire *w, size_t n, int ms);

/* Say that no more comes (close_notify, FIN) and read what the client still
 * sends, so that closing does not reset what it has not read; bounded. */
void wire_finish(struct wire *w);
/* Let the client's system have what was sent, then close with RST; what
 * follows is only wire_free. */
void wire_reset(struct wire *w);
void wire_free(struct wire *w); /* closes the socket */

int64_t monotonic_ms(void);

#endif
