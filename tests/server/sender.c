#include "sender.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

const char *
sender_reason(uint64_t code)
{
	static const struct {
		int code;
		const char *text;
	} reasons[] = {
		{ 200, "OK" }, { 201, "Created" }, { 202, "Accepted" },
		{ 204, "No Content" }, { 206, "Partial Content" },
		{ 301, "Moved Permanently" }, { 302, "Found" },
		{ 303, "See Other" }, { 304, "Not Modified" },
		{ 307, "Temporary Redirect" }, { 308, "Permanent Redirect" },
		{ 400, "Bad Request" }, { 401, "Unauthorized" },
		{ 402, "Payment Required" }, { 403, "Forbidden" },
		{ 404, "Not Found" }, { 408, "Request Timeout" },
		{ 409, "Conflict" }, { 410, "Gone" },
		{ 413, "Content Too Large" }, { 422, "Unprocessable Content" },
		{ 429, "Too Many Requests" },
		{ 431, "Request Header Fields Too Large" },
		{ 500, "Internal Server Error" }, { 501, "Not Implemented" },
		{ 502, "Bad Gateway" }, { 503, "Service Unavailable" },
		{ 504, "Gateway Timeout" }, { 505, "Version Not Supported" }
	};
	size_t i;

	for (i = 0; i < sizeof(reasons) / sizeof(*reasons); i++)
		if ((uint64_t)reasons[i].code == code)
			return reasons[i].text;
	return "Unnamed";
}

void
sender_expand(struct sender *s, const struct strbuf *in)
{
	const char *at = in->buf, *end = in->buf + in->len, *mark;

	strbuf_reset(&s->text);
	while ((mark = memchr(at, '%', (size_t)(end - at)))) {
		strbuf_add(&s->text, at, (size_t)(mark - at));
		at = mark;
		if (!strncmp(at, "%PORT%", 6)) {
			strbuf_addf(&s->text, "%u", s->r->port);
			at += 6;
		} else if (!strncmp(at, "%N%", 3)) {
			strbuf_addf(&s->text, "%lu", s->r->number);
			at += 3;
		} else if (!strncmp(at, "%COUNT%", 7)) {
			strbuf_addf(&s->text, "%" PRIu64, s->r->count);
			at += 7;
		} else {
			strbuf_addch(&s->text, *at++);
		}
	}
	strbuf_add(&s->text, at, (size_t)(end - at));
}

/* What a step adds to the body; s->text holds it where it is a text. */
static uint64_t
step_bytes(struct sender *s, const struct step *step)
{
	switch (step->kind) {
	case STEP_TEXT:
	case STEP_JSON:
		sender_expand(s, &step->text);
		return s->text.len;
	case STEP_FILE:
	case STEP_BASE64:
		return step->text.len;
	case STEP_ZEROS:
	case STEP_REPEAT:
		return step->n;
	case STEP_ECHO:
		return s->r->request->body.len;
	default:
		return 0;
	}
}

/* What the steps say of the head, before any of it is sent. */
struct plan {
	uint64_t code, body, length, fillers;
	const char *reason;
	int has_length, json, own_type, own_length, own_connection, last;
};

static int
named(const struct strbuf *header, const char *name)
{
	size_t n = strlen(name);

	return !strncasecmp(header->buf, name, n) &&
	    (header->buf[n] == ':' || header->buf[n] == ' ');
}

static void
plan_header(struct plan *p, const struct strbuf *h)
{
	p->own_type |= named(h, "Content-Type");
	p->own_length |= named(h, "Content-Length") ||
	    named(h, "Transfer-Encoding");
	if (named(h, "Connection")) {
		p->own_connection = 1;
		p->last |= strcasestr(h->buf, "close") != NULL;
	}
}

static void
plan_head(struct sender *s, struct plan *p)
{
	const struct rule *rule = s->r->rule;
	const struct step *step;
	size_t i;

	memset(p, 0, sizeof(*p));
	p->code = 200;
	p->reason = "";
	for (i = 0; i < rule->steps; i++) {
		step = &rule->step[i];
		p->body += step_bytes(s, step);
		p->json |= step->kind == STEP_JSON;
		if (step->kind == STEP_STATUS) {
			p->code = step->n;
			p->reason = step->text.buf;
		} else if (step->kind == STEP_HEADERS) {
			p->fillers += step->n;
		} else if (step->kind == STEP_HEADER) {
			plan_header(p, &step->text);
		} else if (step->kind == STEP_LENGTH) {
			p->has_length = 1;
			p->length = step->n;
		} else if (step->kind == STEP_CHUNKED) {
			s->chunked = 1;
		}
	}
	if (!*p->reason)
		p->reason = sender_reason(p->code);
}

/* May another reply follow on the connection: does the client know where this
 * one ends, and was it not told that this is the last? */
static int
may_go_on(const struct sender *s, const struct plan *p)
{
	if (p->last)
		return 0;
	if (s->no_body)
		return 1;
	if (p->own_length)
		return 0;
	if (p->code < 200 || p->code == 204 || p->code == 304)
		return p->body == 0;
	return s->chunked ? !p->has_length
	    : !p->has_length || p->length == p->body;
}

static void
put_length(struct sender *s, const struct plan *p, struct strbuf *b)
{
	uint64_t n = p->has_length ? p->length : p->body;

	if (s->chunked)
		strbuf_addstr(b, "Transfer-Encoding: chunked\r\n");
	if (!p->has_length) {
		if (s->chunked || p->own_length)
			return;
		if (!n && (p->code < 200 || p->code == 204 || p->code == 304))
			return;
	}
	if (n != LENGTH_NONE)
		strbuf_addf(b, "Content-Length: %" PRIu64 "\r\n", n);
}

static int
put_headers(struct sender *s, const struct plan *p)
{
	const struct rule *rule = s->r->rule;
	char line[64];
	uint64_t n;
	size_t i;

	for (i = 0; i < rule->steps; i++) {
		if (rule->step[i].kind != STEP_HEADER)
			continue;
		sender_expand(s, &rule->step[i].text);
		if (wire_put(s->w, s->text.buf, s->text.len) < 0 ||
		    wire_puts(s->w, "\r\n") < 0)
			return -1;
	}
	for (n = 1; n <= p->fillers; n++) {
		snprintf(line, sizeof(line), "X-Filler-%" PRIu64 ": %" PRIu64
		    "\r\n", n, n);
		if (wire_puts(s->w, line) < 0)
			return -1;
	}
	return 0;
}

int
sender_head(struct sender *s)
{
	struct strbuf b = STRBUF_INIT;
	struct plan p;
	int ret;

	if (s->sent)
		return 0;
	s->sent = 1;
	plan_head(s, &p);
	s->keep = s->r->request->keep && may_go_on(s, &p);
	snprintf(s->r->status, sizeof(s->r->status), "%d", (int)p.code);
	strbuf_addf(&b, "HTTP/1.1 %d %s\r\n", (int)p.code, p.reason);
	ret = wire_put(s->w, b.buf, b.len);
	strbuf_reset(&b);
	if (p.json && !p.own_type)
		strbuf_addstr(&b, "Content-Type: application/json\r\n");
	put_length(s, &p, &b);
	if (!s->r->request->keep && !p.own_connection)
		strbuf_addstr(&b, "Connection: close\r\n");
	strbuf_addstr(&b, "\r\n");
	if (ret == 0)
		ret = put_headers(s, &p);
	if (ret == 0)
		ret = wire_put(s->w, b.buf, b.len);
	strbuf_release(&b);
	return ret;
}
