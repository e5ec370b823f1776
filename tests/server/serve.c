#include "serve.h"

#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "reply.h"
#include "request.h"

#define BODY_KEPT (1 << 20) /* room of a body kept for the next request */

static int
holds(const struct request *r, const struct strbuf *text)
{
	return !text->len ||
	    memmem(r->head.buf, r->head.len, text->buf, text->len) ||
	    memmem(r->body.buf, r->body.len, text->buf, text->len);
}

static int
matches(const struct rule *rule, const struct request *r)
{
	return (!strcmp(rule->method, "*") ||
	    !strcmp(rule->method, r->method)) &&
	    fnmatch(rule->pattern, r->target, 0) == 0 &&
	    holds(r, &rule->having);
}

/* The rule that answers, counted as used and in flight; NULL for none. */
static const struct rule *
take_rule(struct serve *v, const struct request *r, struct journal_line *l,
	uint64_t *count)
{
	struct rule *rule, *found = NULL;
	size_t i;

	pthread_mutex_lock(&v->lock);
	for (i = 0; i < v->script.rules && !found; i++) {
		rule = &v->script.rule[i];
		if ((!rule->times || rule->used < rule->times) &&
		    matches(rule, r))
			found = rule;
	}
	l->flight = ++v->flight[found ? found->flight : 0];
	if (found) {
		*count = ++found->used;
		l->rule = found->nr;
		l->group = found->group;
	}
	pthread_mutex_unlock(&v->lock);
	return found;
}

static void
leave_flight(struct serve *v, const struct rule *rule)
{
	pthread_mutex_lock(&v->lock);
	v->flight[rule ? rule->flight : 0]--;
	pthread_mutex_unlock(&v->lock);
}

/* A request that was received: answer it, note it, send the last bytes. */
static enum reply_end
answer(struct serve *v, const struct request *r, struct wire *w,
	struct journal_line *l)
{
	struct reply reply = { NULL, r, v->port, l->number, 0, "404" };
	enum reply_end end;

	reply.rule = take_rule(v, r, l, &reply.count);
	if (reply.rule)
		end = reply_send(&reply, w);
	else
		end = reply_refuse(r, 404, "no rule of the script matches", w);
	if (end == REPLY_HANG) {
		wire_flush(w);
		wire_wait(w, -1);
	} else if (end == REPLY_GONE || wire_wait(w, 0) < 0) {
		snprintf(reply.status, sizeof(reply.status), "gone");
	}
	memcpy(l->status, reply.status, sizeof(l->status));
	leave_flight(v, reply.rule);
	journal_end(&v->journal, l, r);
	if (wire_flush(w) < 0)
		end = REPLY_GONE;
	return end;
}

/* A request that cannot be: say why; then the connection ends. */
static enum reply_end
refuse(struct serve *v, const struct request *r, struct wire *w,
	struct journal_line *l, int status)
{
	snprintf(l->status, sizeof(l->status), "gone");
	if (status != REQUEST_GONE) {
		snprintf(l->status, sizeof(l->status), "%d", status % 1000);
		reply_refuse(r, status, "the server takes no such request", w);
	}
	journal_end(&v->journal, l, r);
	return wire_flush(w) < 0 ? REPLY_GONE : REPLY_CLOSE;
}

static enum reply_end
serve_request(struct serve *v, struct request *r, struct wire *w,
	unsigned long conn)
{
	struct journal_line l = { 0, conn, "none", 0, 0, 0, NULL };
	int status = request_head(r, w);

	if (status == REQUEST_GONE && !r->head.len)
		return REPLY_CLOSE;
	l.start = monotonic_ms();
	pthread_mutex_lock(&v->lock);
	l.number = ++v->last_request;
	pthread_mutex_unlock(&v->lock);
	journal_begin(&v->journal, l.number, r);
	if (status == 0)
		status = request_body(r, w);
	journal_body(&v->journal, l.number, r);
	return status ? refuse(v, r, w, &l, status) : answer(v, r, w, &l);
}

void
serve_wire(struct serve *v, struct wire *w, unsigned long conn)
{
	struct request r = REQUEST_INIT;
	enum reply_end end;

	do {
		strbuf_reset(&r.head);
		strbuf_reset(&r.body);
		if (r.body.alloc > BODY_KEPT)
			strbuf_release(&r.body);
		free(r.method);
		free(r.target);
		wire_drip(w, 0, 0);
		end = serve_request(v, &r, w, conn);
	} while (end == REPLY_KEEP);
	request_release(&r);
	if (end == REPLY_CLOSE)
		wire_finish(w);
	else if (end == REPLY_RESET)
		wire_reset(w);
}
