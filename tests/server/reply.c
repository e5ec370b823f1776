#include "reply.h"

#include <stdio.h>
#include <string.h>

#include "sender.h"

static int
put_body(struct sender *s, const char *p, size_t n)
{
	char size[32];

	if (s->no_body || !n)
		return 0;
	if (!s->chunked)
		return wire_put(s->w, p, n);
	snprintf(size, sizeof(size), "%zx\r\n", n);
	if (wire_puts(s->w, size) < 0 || wire_put(s->w, p, n) < 0)
		return -1;
	return wire_puts(s->w, "\r\n");
}

static int
put_repeated(struct sender *s, const struct step *step)
{
	uint64_t left = s->no_body ? 0 : step->n;
	size_t n;

	while (left) {
		n = left < step->text.len ? (size_t)left : step->text.len;
		if (put_body(s, step->text.buf, n) < 0)
			return -1;
		left -= n;
	}
	return 0;
}

static int
put_raw(struct sender *s, const struct step *step)
{
	if (!s->sent)
		snprintf(s->r->status, sizeof(s->r->status), "raw");
	s->sent = 1;
	s->keep = 0;
	sender_expand(s, &step->text);
	return wire_put(s->w, s->text.buf, s->text.len);
}

/* One step; 0, or -1 when the client is gone. */
static int
do_step(struct sender *s, const struct step *step)
{
	const struct strbuf *echo = &s->r->request->body;

	switch (step->kind) {
	case STEP_DELAY:
		if (wire_flush(s->w) < 0)
			return -1;
		return wire_wait(s->w, step->ms);
	case STEP_DRIP:
		return wire_drip(s->w, (size_t)step->n, step->ms);
	case STEP_RAW:
		return put_raw(s, step);
	case STEP_HEAD:
	case STEP_TEXT:
	case STEP_JSON:
	case STEP_FILE:
	case STEP_BASE64:
	case STEP_ECHO:
	case STEP_ZEROS:
	case STEP_REPEAT:
	case STEP_BADCHUNK:
		break;
	default:
		return 0;
	}
	if (sender_head(s) < 0)
		return -1;
	if (step->kind == STEP_ZEROS || step->kind == STEP_REPEAT)
		return put_repeated(s, step);
	if (step->kind == STEP_ECHO)
		return put_body(s, echo->buf, echo->len);
	if (step->kind == STEP_BADCHUNK) {
		s->keep = 0;
		return wire_puts(s->w, "zz\r\n");
	}
	if (step->kind == STEP_TEXT || step->kind == STEP_JSON) {
		sender_expand(s, &step->text);
		return put_body(s, s->text.buf, s->text.len);
	}
	return put_body(s, step->text.buf, step->text.len);
}

/* After the last step: what is still due, and what becomes of the wire. */
static enum reply_end
end_reply(struct sender *s)
{
	const struct rule *rule = s->r->rule;
	enum step_kind last = rule->steps ? rule->step[rule->steps - 1].kind
	    : STEP_HEAD;

	if (last == STEP_RESET)
		return REPLY_RESET;
	if (last == STEP_HANG)
		return REPLY_HANG;
	if (last == STEP_CLOSE)
		return REPLY_CLOSE;
	if (sender_head(s) < 0)
		return REPLY_GONE;
	if (s->chunked && !s->no_body && wire_puts(s->w, "0\r\n\r\n") < 0)
		return REPLY_GONE;
	return s->keep ? REPLY_KEEP : REPLY_CLOSE;
}

enum reply_end
reply_send(struct reply *r, struct wire *w)
{
	struct sender s = { r, w, STRBUF_INIT, 0, 0, 0, 0 };
	enum reply_end end = REPLY_KEEP;
	size_t i;

	s.no_body = !strcmp(r->request->method, "HEAD");
	snprintf(r->status, sizeof(r->status), "none");
	for (i = 0; i < r->rule->steps && end != REPLY_GONE; i++)
		if (do_step(&s, &r->rule->step[i]) < 0)
			end = REPLY_GONE;
	if (end != REPLY_GONE)
		end = end_reply(&s);
	strbuf_release(&s.text);
	return end;
}

enum reply_end
reply_refuse(const struct request *r, int status, const char *what,
	struct wire *w)
{
	struct strbuf body = STRBUF_INIT, b = STRBUF_INIT;
	int keep = r->keep && status == 404, ret;

	strbuf_addf(&body, "{\"error\":{\"message\":\"%s\","
	    "\"type\":\"server_script\",\"param\":null,\"code\":null}}\n",
	    what);
	strbuf_addf(&b, "HTTP/1.1 %d %s\r\nContent-Type: application/json\r\n"
	    "Content-Length: %zu\r\n%s\r\n", status,
	    sender_reason((uint64_t)status), body.len,
	    keep ? "" : "Connection: close\r\n");
	if (strcmp(r->method, "HEAD") != 0)
		strbuf_add(&b, body.buf, body.len);
	ret = wire_put(w, b.buf, b.len);
	strbuf_release(&body);
	strbuf_release(&b);
	return ret < 0 ? REPLY_GONE : keep ? REPLY_KEEP : REPLY_CLOSE;
}
