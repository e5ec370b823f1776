#include "journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/strbuf.h"
#include "wire.h"

#define FIELD_MAX 2000 /* bytes of a target or key in a line */

static int
open_in(int dir, const char *name, int flags)
{
	return openat(dir, name, O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0600);
}

int
journal_open(struct journal *j, const char *dir, struct err *e)
{
	j->dir = j->began = j->log = -1;
	if (mkdir(dir, 0700) < 0 && errno != EEXIST)
		return err_errno(e, "%s: cannot make the folder", dir);
	j->dir = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (j->dir >= 0)
		j->began = open_in(j->dir, "began", O_APPEND);
	if (j->began >= 0)
		j->log = open_in(j->dir, "log", O_APPEND);
	if (j->log < 0) {
		err_errno(e, "%s: cannot write there", dir);
		journal_close(j);
		return -1;
	}
	return 0;
}

void
journal_close(struct journal *j)
{
	if (j->dir >= 0)
		close(j->dir);
	if (j->began >= 0)
		close(j->began);
	if (j->log >= 0)
		close(j->log);
	j->dir = j->began = j->log = -1;
}

static int
write_file(int dir, const char *name, const void *p, size_t n)
{
	int fd = open_in(dir, name, O_TRUNC), ret;

	if (fd < 0)
		return -1;
	ret = file_write_all(fd, p, n);
	if (close(fd) < 0)
		ret = -1;
	return ret;
}

int
journal_port(const struct journal *j, unsigned port, struct err *e)
{
	char text[16];
	int n = snprintf(text, sizeof(text), "%u\n", port);

	if (write_file(j->dir, ".port", text, (size_t)n) < 0 ||
	    renameat(j->dir, ".port", j->dir, "port") < 0)
		return err_errno(e, "cannot write the port");
	return 0;
}

static void
write_part(const struct journal *j, unsigned long number, const char *what,
	const struct strbuf *b)
{
	char name[48];

	snprintf(name, sizeof(name), "%lu.%s", number, what);
	if (write_file(j->dir, name, b->buf, b->len) < 0)
		warning("%s: %s", name, strerror(errno));
}

/* One write, so that lines of several threads do not mix. */
static void
append(int fd, const struct strbuf *b)
{
	if (file_write_all(fd, b->buf, b->len) < 0)
		warning("began, log: %s", strerror(errno));
}

static void
add_field(struct strbuf *b, const char *s, size_t n)
{
	size_t i;

	strbuf_addch(b, ' ');
	for (i = 0; i < n && i < FIELD_MAX; i++) {
		if (s[i] > ' ' && s[i] < 0x7f)
			strbuf_addch(b, s[i]);
		else
			strbuf_addf(b, "\\x%02x", (unsigned char)s[i]);
	}
	if (!n)
		strbuf_addch(b, '-');
}

void
journal_begin(const struct journal *j, unsigned long number,
	const struct request *r)
{
	struct strbuf b = STRBUF_INIT;

	write_part(j, number, "head", &r->head);
	strbuf_addf(&b, "%lu", number);
	add_field(&b, r->method, strlen(r->method));
	add_field(&b, r->target, strlen(r->target));
	strbuf_addch(&b, '\n');
	append(j->began, &b);
	strbuf_release(&b);
}

void
journal_body(const struct journal *j, unsigned long number,
	const struct request *r)
{
	write_part(j, number, "body", &r->body);
}

void
journal_end(const struct journal *j, const struct journal_line *l,
	const struct request *r)
{
	struct strbuf b = STRBUF_INIT;
	size_t len = 0;
	const char *key = request_header(r, "Idempotency-Key", &len);

	strbuf_addf(&b, "%lu", l->number);
	add_field(&b, r->method, strlen(r->method));
	add_field(&b, r->target, strlen(r->target));
	strbuf_addf(&b, " %s %d %d %lld %lld", l->status, l->rule, l->flight,
	    (long long)l->start, (long long)monotonic_ms());
	add_field(&b, key, key ? len : 0);
	add_field(&b, l->group, l->group ? strlen(l->group) : 0);
	strbuf_addf(&b, " %lu\n", l->conn);
	append(j->log, &b);
	strbuf_release(&b);
}
