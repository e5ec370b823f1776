#include "request.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"

#define CHUNK_LINE_MAX 4096

/* The next header line at or after *at; *at moves behind it. */
static const char *
next_header(const char **at, size_t *name, const char **value, size_t *len)
{
	const char *line, *end, *colon;

	while (*(line = *at)) {
		end = line + strcspn(line, "\n");
		*at = *end ? end + 1 : end;
		colon = memchr(line, ':', (size_t)(end - line));
		if (!colon)
			continue;
		*name = (size_t)(colon - line);
		colon++;
		while (colon < end && isspace((unsigned char)*colon))
			colon++;
		while (end > colon && isspace((unsigned char)end[-1]))
			end--;
		*value = colon;
		*len = (size_t)(end - colon);
		return line;
	}
	return NULL;
}

static const char *
find_header(const struct request *r, const char *name, size_t *len, int *count)
{
	const char *at = r->head.buf + strcspn(r->head.buf, "\n");
	const char *line, *value, *first = NULL;
	size_t n, l;

	*count = 0;
	while ((line = next_header(&at, &n, &value, &l))) {
		if (n != strlen(name) || strncasecmp(line, name, n))
			continue;
		if (!(*count)++) {
			first = value;
			*len = l;
		}
	}
	return first;
}

const char *
request_header(const struct request *r, const char *name, size_t *len)
{
	int count;

	return find_header(r, name, len, &count);
}

static int
header_is(const struct request *r, const char *name, const char *want)
{
	size_t len;
	const char *v = request_header(r, name, &len);

	return v && len == strlen(want) && !strncasecmp(v, want, len);
}

/* METHOD TARGET HTTP/1.x, or a status. */
static int
read_request_line(struct request *r)
{
	const char *line = r->head.buf, *target, *version;
	size_t m = strcspn(line, " \r\n"), t;

	target = line + m + (line[m] == ' ');
	t = strcspn(target, " \r\n");
	version = target + t + (target[t] == ' ');
	if (!m || !t || strncmp(version, "HTTP/", 5))
		return 400;
	if (strncmp(version, "HTTP/1.", 7) ||
	    (version[7] != '0' && version[7] != '1') ||
	    !strchr("\r\n", version[8]))
		return 505;
	free(r->method);
	free(r->target);
	r->method = xmemdup(line, m);
	r->target = xmemdup(target, t);
	r->keep = version[7] == '1';
	return 0;
}

static int
read_length(struct request *r)
{
	size_t len, te;
	int lengths, codings;
	const char *v = find_header(r, "Content-Length", &len, &lengths);
	char *end;

	r->length = 0;
	r->chunked = find_header(r, "Transfer-Encoding", &te, &codings) != NULL;
	if (r->chunked && !header_is(r, "Transfer-Encoding", "chunked"))
		return 501;
	/* Two lengths are an attack, or a bug of the client under test. */
	if (lengths + codings > 1)
		return 400;
	if (!v)
		return 0;
	errno = 0;
	r->length = strtoull(v, &end, 10);
	if (!isdigit((unsigned char)*v) || end != v + len || errno)
		return 400;
	return r->length > REQUEST_BODY_MAX ? 413 : 0;
}

static int
parse_head(struct request *r)
{
	int status;

	if (strlen(r->head.buf) < r->head.len)
		return 400;
	status = read_request_line(r);
	if (!status)
		status = read_length(r);
	if (header_is(r, "Connection", "close"))
		r->keep = 0;
	else if (header_is(r, "Connection", "keep-alive"))
		r->keep = 1;
	r->expect = header_is(r, "Expect", "100-continue");
	return status;
}

int
request_head(struct request *r, struct wire *w)
{
	size_t start;
	int got;

	r->method = xstrdup("?");
	r->target = xstrdup("?");
	do {
		start = r->head.len;
		got = wire_line(w, &r->head, REQUEST_HEAD_MAX);
		if (got < 0)
			return 431;
		if (!got)
			return REQUEST_GONE;
		/* Empty lines before a request are allowed. */
		if (!start && strchr("\r\n", *r->head.buf) &&
		    strlen(r->head.buf) == r->head.len)
			strbuf_reset(&r->head);
	} while (!r->head.len || (r->head.buf[start] != '\n' &&
	    strcmp(r->head.buf + start, "\r\n") != 0));
	return parse_head(r);
}

/* One chunk with its data; *last when it was the empty one. */
static int
read_chunk(struct request *r, struct wire *w, struct strbuf *line, int *last)
{
	unsigned long long n;
	char *end;
	int got;

	strbuf_reset(line);
	got = wire_line(w, line, CHUNK_LINE_MAX);
	if (got <= 0)
		return got ? 400 : REQUEST_GONE;
	errno = 0;
	n = strtoull(line->buf, &end, 16);
	if (!isxdigit((unsigned char)*line->buf) || errno ||
	    !strchr(";\r\n \t", *end))
		return 400;
	*last = n == 0;
	if (*last)
		return 0;
	if (n > REQUEST_BODY_MAX - r->body.len)
		return 413;
	if (!wire_take(w, &r->body, n))
		return REQUEST_GONE;
	strbuf_reset(line);
	got = wire_line(w, line, 2);
	if (got <= 0)
		return got ? 400 : REQUEST_GONE;
	return strcmp(line->buf, "\r\n") && strcmp(line->buf, "\n") ? 400 : 0;
}

static int
read_chunks(struct request *r, struct wire *w)
{
	struct strbuf line = STRBUF_INIT;
	int last = 0, status = 0, got = 1;
	size_t all = 0;

	while (!status && !last)
		status = read_chunk(r, w, &line, &last);
	/* Trailers, up to the empty line. */
	while (!status && got > 0) {
		strbuf_reset(&line);
		got = wire_line(w, &line, CHUNK_LINE_MAX);
		all += line.len;
		if (got <= 0 || all > REQUEST_HEAD_MAX)
			status = got ? 400 : REQUEST_GONE;
		else if (line.buf[strspn(line.buf, "\r")] == '\n')
			got = 0;
	}
	strbuf_release(&line);
	return status;
}

int
request_body(struct request *r, struct wire *w)
{
	if (r->expect && (r->chunked || r->length) && !wire_more(w) &&
	    (wire_puts(w, "HTTP/1.1 100 Continue\r\n\r\n") < 0 ||
	    wire_flush(w) < 0))
		return REQUEST_GONE;
	if (r->chunked)
		return read_chunks(r, w);
	return wire_take(w, &r->body, r->length) ? 0 : REQUEST_GONE;
}

void
request_release(struct request *r)
{
	strbuf_release(&r->head);
	strbuf_release(&r->body);
	free(r->method);
	free(r->target);
	r->method = r->target = NULL;
}
