#include "wire.h"

#include <errno.h>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <openssl/err.h>
#include <openssl/ssl.h>

#include "base/mem.h"

#define IN_MAX 16384
#define OUT_MAX 65536
#define LINGER_MS 2000

struct wire {
	int fd;
	SSL *ssl; /* NULL: plain */
	int broken;
	size_t at, got; /* of in */
	size_t len, cap; /* of out */
	int pause;       /* ms between two pieces */
	char in[IN_MAX];
	char out[OUT_MAX];
};

struct wire_tls {
	SSL_CTX *ctx;
};

int64_t
monotonic_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int
wire_tls_new(const char *cert, const char *key, struct wire_tls **t,
	struct err *e)
{
	SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());

	*t = NULL;
	if (!ctx)
		return err_set(e, EX_FAILED, "no memory for TLS");
	if (SSL_CTX_use_certificate_chain_file(ctx, cert) != 1 ||
	    SSL_CTX_use_PrivateKey_file(ctx, key, SSL_FILETYPE_PEM) != 1) {
		SSL_CTX_free(ctx);
		return err_set(e, EX_BADUSE, "%s, %s: not a certificate and "
		    "its key, as PEM: %s", cert, key,
		    ERR_reason_error_string(ERR_get_error()));
	}
	*t = xmalloc(sizeof(**t));
	(*t)->ctx = ctx;
	return 0;
}

void
wire_tls_free(struct wire_tls *t)
{
	if (!t)
		return;
	SSL_CTX_free(t->ctx);
	free(t);
}

struct wire *
wire_new(int fd, struct wire_tls *t)
{
	struct wire *w = xmalloc(sizeof(*w));
	int one = 1;

	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	memset(w, 0, offsetof(struct wire, in));
	w->fd = fd;
	w->cap = OUT_MAX;
	if (!t)
		return w;
	w->ssl = SSL_new(t->ctx);
	if (w->ssl && SSL_set_fd(w->ssl, fd) == 1 && SSL_accept(w->ssl) == 1)
		return w;
	wire_free(w);
	return NULL;
}

void
wire_free(struct wire *w)
{
	SSL_free(w->ssl);
	/* The queue of errors is this thread's, and would only grow. */
	ERR_clear_error();
	close(w->fd);
	free(w);
}

static size_t
receive(struct wire *w, char *p, size_t n)
{
	ssize_t got;
	size_t done;

	if (w->ssl)
		return SSL_read_ex(w->ssl, p, n, &done) == 1 ? done : 0;
	do
		got = recv(w->fd, p, n, 0);
	while (got < 0 && errno == EINTR);
	return got > 0 ? (size_t)got : 0;
}

static int
transmit(struct wire *w, const char *p, size_t n)
{
	ssize_t put;
	size_t done;

	if (w->ssl)
		return SSL_write_ex(w->ssl, p, n, &done) == 1 ? 0 : -1;
	while (n) {
		put = send(w->fd, p, n, MSG_NOSIGNAL);
		if (put < 0 && errno != EINTR)
			return -1;
		if (put > 0) {
			p += put;
			n -= (size_t)put;
		}
	}
	return 0;
}

static int
fill(struct wire *w)
{
	if (w->at < w->got)
		return 1;
	w->at = 0;
	w->got = receive(w, w->in, IN_MAX);
	return w->got > 0;
}

int
wire_line(struct wire *w, struct strbuf *out, size_t limit)
{
	char *start, *end;
	size_t n;

	do {
		if (!fill(w))
			return 0;
		start = w->in + w->at;
		end = memchr(start, '\n', w->got - w->at);
		n = end ? (size_t)(end - start) + 1 : w->got - w->at;
		if (n > limit - out->len)
			return -1;
		strbuf_add(out, start, n);
		w->at += n;
	} while (!end);
	return 1;
}

int
wire_take(struct wire *w, struct strbuf *out, uint64_t n)
{
	size_t part;

	while (n) {
		if (!fill(w))
			return 0;
		part = w->got - w->at;
		if (part > n)
			part = (size_t)n;
		strbuf_add(out, w->in + w->at, part);
		w->at += part;
		n -= part;
	}
	return 1;
}

int
wire_more(const struct wire *w)
{
	return w->at < w->got;
}

int
wire_flush(struct wire *w)
{
	size_t n = w->len;

	w->len = 0;
	if (!w->broken && n && transmit(w, w->out, n) < 0)
		w->broken = 1;
	return w->broken ? -1 : 0;
}

int
wire_wait(struct wire *w, int ms)
{
	struct pollfd p = { w->fd, POLLRDHUP, 0 };
	int64_t end = monotonic_ms() + ms;
	int64_t left = ms;
	int n;

	if (w->broken)
		return -1;
	do {
		n = poll(&p, 1, ms < 0 ? -1 : (int)left);
		left = end - monotonic_ms();
	} while ((n < 0 && errno == EINTR && (ms < 0 || left > 0)) ||
	    (n == 0 && left > 0));
	return n > 0 ? -1 : 0;
}

int
wire_put(struct wire *w, const void *p, size_t n)
{
	const char *s = p;
	size_t part;

	while (n) {
		if (w->len >= w->cap) {
			if (wire_flush(w) < 0 ||
			    (w->pause && wire_wait(w, w->pause) < 0))
				return -1;
		}
		part = w->cap - w->len;
		if (part > n)
			part = n;
		memcpy(w->out + w->len, s, part);
		w->len += part;
		s += part;
		n -= part;
	}
	return w->broken ? -1 : 0;
}

int
wire_puts(struct wire *w, const char *s)
{
	return wire_put(w, s, strlen(s));
}

int
wire_drip(struct wire *w, size_t n, int ms)
{
	w->pause = ms;
	w->cap = n && n < OUT_MAX ? n : OUT_MAX;
	/* What was put before is not dripped, and may be too long. */
	return w->len ? wire_flush(w) : 0;
}

void
wire_finish(struct wire *w)
{
	struct pollfd p = { w->fd, POLLIN, 0 };
	int64_t end = monotonic_ms() + LINGER_MS;
	int64_t left = LINGER_MS;

	if (w->broken)
		return;
	if (w->ssl)
		SSL_shutdown(w->ssl);
	shutdown(w->fd, SHUT_WR);
	while (left > 0 && poll(&p, 1, (int)left) > 0 &&
	    recv(w->fd, w->in, IN_MAX, 0) > 0)
		left = end - monotonic_ms();
}

void
wire_reset(struct wire *w)
{
	struct linger now = { 1, 0 };
	struct timespec nap = { 0, 1000000 };
	int64_t end = monotonic_ms() + LINGER_MS;
	int left;

	while (ioctl(w->fd, SIOCOUTQ, &left) == 0 && left > 0 &&
	    monotonic_ms() < end)
		nanosleep(&nap, NULL);
	setsockopt(w->fd, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
}
