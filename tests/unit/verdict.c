#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/hold.h"
#include "base/mem.h"
#include "provider/verdict.h"
#include "../tests/unit/tap.h"

static struct endpoint ep;
static struct paid_progress pp;
static struct call c;
static struct http_reply r = HTTP_REPLY_INIT;
static struct verdict v;
static struct err e;

static void
start(void)
{
	memset(&pp, 0, sizeof(pp));
	memset(&e, 0, sizeof(e));
	pp.end = GATE_UNSURE;
	v = (struct verdict){ NEXT_FAIL, -1, 120, 0 };
	strbuf_reset(&r.body);
	r.retry_after = -1;
	r.should_retry = -1;
	r.location[0] = '\0';
}

static void
answer(int status, const char *body)
{
	r.status = status;
	strbuf_reset(&r.body);
	strbuf_addstr(&r.body, body);
	verdict_answer(&c, &r, &v, &e);
}

static void
judged(int status, const char *body, enum next next, enum gate_end end,
    int code)
{
	start();
	answer(status, body);
	ok(v.next == next && pp.end == end && e.code == code,
	    "%d %s: next %d, end %d: %d %s", status, body, v.next, pp.end,
	    e.code, e.msg);
}

static void
test_answers(void)
{
	static const int again[] = { 429, 503, 529 };
	static const int open[] = { 408, 409, 500, 502, 504 };
	static const int final[] = { 400, 405, 413, 415, 422, 451, 501 };
	static const char said[] = "{\"error\":\"so\"}";
	size_t i;

	judged(200, "x", NEXT_DONE, GATE_ANSWERED, 0);
	judged(202, "", NEXT_DONE, GATE_ANSWERED, 0);
	judged(400, "{\"error\":{\"message\":\"API key not valid\",\"details\":"
	    "[{\"reason\":\"API_KEY_INVALID\"}]}}", NEXT_FAIL, GATE_STOPPED,
	    EX_NOQUOTA);
	for (i = 0; i < sizeof(again) / sizeof(*again); i++)
		judged(again[i], said, NEXT_WAIT, GATE_UNSURE, EX_LATER);
	for (i = 0; i < sizeof(open) / sizeof(*open); i++)
		judged(open[i], said, NEXT_UNSURE, GATE_UNSURE, EX_LATER);
	for (i = 0; i < sizeof(final) / sizeof(*final); i++)
		judged(final[i], said, NEXT_FAIL, GATE_ANSWERED, EX_REFUSED);
	judged(401, said, NEXT_FAIL, GATE_STOPPED, EX_NOQUOTA);
	ok(strstr(e.msg, "wants a key (401: so)") != NULL, "no key was given");
	ep.key = (char *)strbuf_slop;
	judged(403, said, NEXT_FAIL, GATE_STOPPED, EX_NOQUOTA);
	ok(strstr(e.msg, "is not accepted (403: so)") != NULL, "one was");
	ep.key = NULL;
	judged(402, said, NEXT_FAIL, GATE_STOPPED, EX_NOQUOTA);
	ok(strstr(e.msg, "has to be raised") != NULL, "money");
	judged(404, said, NEXT_FAIL, GATE_STOPPED, EX_CONF);
	ok(strstr(e.msg, "baseUrl URL (with its /v1)") != NULL,
	    "an address");
	judged(404, "{\"error\":\"model m not found\"}", NEXT_FAIL,
	    GATE_STOPPED, EX_CONF);
	ok(strstr(e.msg, "studio config ttsProvider home:MODEL") != NULL,
	    "a model");
	judged(404, "{\"detail\":{\"status\":\"voice_not_found\",\"message\":"
	    "\"No voice x.\"}}", NEXT_FAIL, GATE_STOPPED, EX_CONF);
	ok(strstr(e.msg, "No voice x; name another: studio config "
	    "defaultTtsVoice VOICE") != NULL, "a voice");
	judged(400, "{\"error\":{\"code\":\"model_not_found\"}}", NEXT_FAIL,
	    GATE_STOPPED, EX_CONF);
	judged(400, "{\"error\":\"response_format is not supported by this "
	    "model\"}", NEXT_FAIL, GATE_ANSWERED, EX_REFUSED);
}

static void
test_money(void)
{
	static const char spent[] = "{\"error\":{\"code\":"
	    "\"insufficient_quota\",\"message\":\"pay\"}}";

	judged(429, spent, NEXT_FAIL, GATE_STOPPED, EX_NOQUOTA);
	judged(503, spent, NEXT_FAIL, GATE_STOPPED, EX_NOQUOTA);
	judged(400, "{\"error\":{\"code\":\"billing_hard_limit_reached\"}}",
	    NEXT_FAIL, GATE_STOPPED, EX_NOQUOTA);
	judged(401, "{\"detail\":{\"status\":\"quota_exceeded\",\"message\":"
	    "\"pay\"}}", NEXT_FAIL, GATE_STOPPED, EX_NOQUOTA);
	ok(strstr(e.msg, "home: pay; the account") != NULL,
	    "quota by a 401 is no bad key: %s", e.msg);
}

static void
test_waits(void)
{
	static const char google[] = "{\"error\":{\"message\":\"m\",\"details\""
	    ":[{\"retryDelay\":\"46s\"}]}}";

	start();
	r.retry_after = 7;
	answer(429, "{}");
	ok(v.wait == 7, "the header's wait");
	start();
	r.retry_after = 7;
	answer(429, google);
	ok(v.wait == 46, "the body's, being longer");
	start();
	answer(503, "{}");
	ok(v.wait == -1 && v.patience == 120, "none is said");
	start();
	r.should_retry = 0;
	answer(429, "{}");
	ok(v.next == NEXT_FAIL && e.code == EX_LATER, "not to be asked again");
	start();
	r.should_retry = 0;
	answer(500, "{}");
	ok(v.next == NEXT_UNSURE && v.patience == 0,
	    "nor this, but what it did is open");
	start();
	r.should_retry = 1;
	answer(400, "{}");
	ok(v.next == NEXT_FAIL, "a refusal is final");
}

static void
test_redirect(void)
{
	start();
	snprintf(r.location, sizeof(r.location), "%s",
	    "https://me:pw@other/x?sig=1");
	answer(302, "");
	ok(v.next == NEXT_FAIL && pp.end == GATE_STOPPED &&
	    e.code == EX_CONF && strstr(e.msg, "redirects to https://other/x,"),
	    "not followed: %s", e.msg);
}

static void
silent(enum http_outcome how, int code)
{
	start();
	r.status = 0;
	r.outcome = how;
	err_set(&e, code, "URL: why");
	verdict_silence(&c, &r, &v, &e);
}

static void
test_silence(void)
{
	silent(HTTP_BARRED, EX_CONF);
	ok(v.next == NEXT_FAIL && pp.end == GATE_STOPPED &&
	    !strncmp(e.msg, "home: URL: why; correct", 23), "barred: %s",
	    e.msg);
	silent(HTTP_UNKNOWN, EX_LATER);
	ok(v.next == NEXT_UNSURE && pp.end == GATE_UNSURE &&
	    v.patience == 120, "it broke: %s", e.msg);
	silent(HTTP_TOO_MUCH, EX_DATA);
	ok(v.next == NEXT_UNSURE && pp.end == GATE_UNSURE &&
	    v.patience == 0 && e.code == EX_DATA,
	    "too much came, which may be paid: %s", e.msg);
	silent(HTTP_UNSENT, EX_LATER);
	ok(v.next == NEXT_WAIT && v.patience == 20 &&
	    strstr(e.msg, "look at the network"), "far: %s", e.msg);
	ep.local = 1;
	silent(HTTP_UNSENT, EX_LATER);
	ok(v.next == NEXT_WAIT && v.patience == 2 &&
	    strstr(e.msg, "start the server"), "near: %s", e.msg);
	hold_signals();
	raise(SIGTERM);
	silent(HTTP_UNSENT, EX_LATER);
	ok(v.next == NEXT_FAIL && !strstr(e.msg, "start the server") &&
	    pp.end == GATE_UNSURE, "a signal is not the server's fault: %s",
	    e.msg);
	signal(SIGTERM, SIG_IGN); /* which takes it away */
	hold_release();
}

int
main(void)
{
	ep.alias = xstrdup("home");
	ep.type = provider_type_find("openai", 6);
	ep.doc = node_new(NODE_MAP);
	ep.base_url = xstrdup("http://far/v1");
	c.ep = &ep;
	c.pp = &pp;
	c.model = "m";
	c.setting = "ttsProvider";
	test_answers();
	test_money();
	test_waits();
	test_redirect();
	test_silence();
	strbuf_release(&r.body);
	node_free(ep.doc);
	free(ep.base_url);
	free(ep.alias);
	return done_testing();
}
