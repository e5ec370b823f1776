#include "provider/http.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>

#include "base/hold.h"
#include "base/mem.h"
#include "base/secret.h"
#include "base/url.h"
#include "provider/http_address.h"
#include "provider/http_head.h"

#define BODY_SECONDS 900.0 /* in all, once the answer began */

/* One transfer while it runs. */
struct transfer {
	const struct http_request *q;
	struct http_reply *r;
	size_t head;       /* bytes of headers so far */
	int interim;       /* these headers are of a "100 Continue" or so */
	int begun;         /* the headers are complete */
	double start, answer; /* when it started, when the answer began */
	double mark;       /* begin of the window that a stall is told by */
	curl_off_t marked; /* bytes at that time */
	double signalled;  /* when a signal was first seen; 0: none */
	int too_much;      /* it sent more than there may be */
	char why[160];     /* we ended it, and why */
};

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
over(struct transfer *t, size_t limit, const char *of)
{
	t->too_much = 1;
	snprintf(t->why, sizeof(t->why), "sent more than %zu bytes%s", limit,
	    of);
}

static void
forget_head(struct http_reply *r)
{
	r->type[0] = r->request_id[0] = r->location[0] = '\0';
	r->retry_after = -1;
	r->should_retry = -1;
}

static size_t
on_header(char *line, size_t size, size_t nr, void *ctx)
{
	struct transfer *t = ctx;
	size_t n = size * nr;
	const char *code;

	t->head += n;
	if (t->head > HTTP_HEAD_BYTES) {
		over(t, HTTP_HEAD_BYTES, " of headers");
		return 0;
	}
	http_head_line(t->r, line, n);
	if (n > 5 && !strncmp(line, "HTTP/", 5)) {
		code = memchr(line, ' ', n - 1);
		t->interim = code && code[1] == '1';
	}
	if (n <= 2 && (line[0] == '\r' || line[0] == '\n') && !t->interim) {
		t->begun = 1;
		t->answer = t->mark = now();
	}
	return n;
}

static size_t
on_body(char *p, size_t size, size_t nr, void *ctx)
{
	struct transfer *t = ctx;
	size_t n = size * nr;

	if (t->r->body.len + n > t->q->limit) {
		over(t, t->q->limit, "");
		return 0;
	}
	strbuf_add(&t->r->body, p, n);
	return n;
}

/* Too slow, in any of the ways there are? */
static int
is_slow(struct transfer *t, curl_off_t got, double at)
{
	double stall = t->q->timeout < HTTP_STALL_SECONDS ? t->q->timeout
	    : HTTP_STALL_SECONDS;

	if (!t->begun) {
		if (at - t->start < t->q->timeout)
			return 0;
		snprintf(t->why, sizeof(t->why), "gave no answer within %.3g "
		    "s", t->q->timeout);
		return 1;
	}
	if (at - t->answer > BODY_SECONDS) {
		snprintf(t->why, sizeof(t->why), "did not end its answer "
		    "within %.3g s", BODY_SECONDS);
		return 1;
	}
	if (at - t->mark < stall)
		return 0;
	if ((double)(got - t->marked) < HTTP_STALL_BYTES * stall) {
		snprintf(t->why, sizeof(t->why), "stalled: %lld bytes in %.3g "
		    "s", (long long)(got - t->marked), stall);
		return 1;
	}
	t->mark = at;
	t->marked = got;
	return 0;
}

static int
on_progress(void *ctx, curl_off_t total, curl_off_t got, curl_off_t up,
    curl_off_t sent)
{
	struct transfer *t = ctx;
	double at = now();

	(void)total;
	(void)up;
	(void)sent;
	if ((size_t)got > t->q->limit) {
		over(t, t->q->limit, "");
		return 1;
	}
	if (is_slow(t, got, at))
		return 1;
	if (!hold_pending())
		return 0;
	if (t->signalled == 0)
		t->signalled = at;
	if (t->begun && at - t->signalled < HTTP_GRACE_SECONDS)
		return 0;
	snprintf(t->why, sizeof(t->why), "was interrupted");
	return 1;
}

/* About to connect: is this an address for it? */
static curl_socket_t
on_socket(void *ctx, curlsocktype purpose, struct curl_sockaddr *a)
{
	struct transfer *t = ctx;
	char ip[INET6_ADDRSTRLEN];

	(void)purpose;
	if (t->q->foreign && http_address_is_private(t->q->url, &a->addr,
	    ip)) {
		snprintf(t->why, sizeof(t->why), "leads to the private address "
		    "%s, which is not fetched", ip);
		t->r->outcome = HTTP_BARRED;
		return CURL_SOCKET_BAD;
	}
	return socket(a->family, a->socktype | SOCK_CLOEXEC, a->protocol);
}

/* Would others on the way see the key? */
static int
shows_key(const struct http_request *q)
{
	return q->key && !strncasecmp(q->url, "http:", 5);
}

/* Connected, and nothing sent yet: may the key go there? */
static int
on_connected(void *ctx, char *ip, char *local, int port, int local_port)
{
	struct transfer *t = ctx;

	(void)local;
	(void)port;
	(void)local_port;
	if (!shows_key(t->q) || url_ip_is_private(ip))
		return CURL_PREREQFUNC_OK;
	snprintf(t->why, sizeof(t->why), "would get the key in clear; use "
	    "https in its baseUrl:");
	t->r->outcome = HTTP_BARRED;
	return CURL_PREREQFUNC_ABORT;
}

/* Append a line; where there is no memory for it, the list is as before. */
static int
add_header(struct curl_slist **list, const char *line)
{
	struct curl_slist *longer = curl_slist_append(*list, line);

	if (!longer)
		return -1;
	*list = longer;
	return 0;
}

/* All of them or an error: without its key or its type a request is another,
 * and may be paid for. */
static int
headers(const struct http_request *q, struct curl_slist **list)
{
	char *auth;
	size_t i;
	int ret = add_header(list, "Expect:");

	for (i = 0; ret == 0 && i < q->header.nr; i++)
		ret = add_header(list, q->header.v[i]);
	if (ret == 0 && q->key && q->auth) {
		auth = xasprintf("%s%s", q->auth, q->key);
		ret = add_header(list, auth);
		explicit_bzero(auth, strlen(auth));
		free(auth);
	}
	return ret;
}

static void
set_limits(CURL *c, struct transfer *t)
{
	double connect = t->q->timeout < HTTP_CONNECT_SECONDS ? t->q->timeout
	    : HTTP_CONNECT_SECONDS;

	curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, (long)(connect * 1000));
	curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(c, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
	curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, on_progress);
	curl_easy_setopt(c, CURLOPT_XFERINFODATA, t);
	curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, on_header);
	curl_easy_setopt(c, CURLOPT_HEADERDATA, t);
	curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(c, CURLOPT_WRITEDATA, t);
	curl_easy_setopt(c, CURLOPT_OPENSOCKETFUNCTION, on_socket);
	curl_easy_setopt(c, CURLOPT_OPENSOCKETDATA, t);
	curl_easy_setopt(c, CURLOPT_PREREQFUNCTION, on_connected);
	curl_easy_setopt(c, CURLOPT_PREREQDATA, t);
}

/* Those of which libcurl keeps a copy may fail, and none may be left out: they
 * say where a key may go. */
static int
set_request(CURL *c, const struct http_request *q)
{
	int bad;

	bad = curl_easy_setopt(c, CURLOPT_URL, q->url) != CURLE_OK ||
	    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, q->foreign ? "https"
	    : "http,https") != CURLE_OK ||
	    curl_easy_setopt(c, CURLOPT_USERAGENT, "ai-studio") != CURLE_OK ||
	    curl_easy_setopt(c, CURLOPT_ACCEPT_ENCODING, "") != CURLE_OK;
	if (!bad && q->ca_file)
		bad = curl_easy_setopt(c, CURLOPT_CAINFO, q->ca_file);
	if (!bad && (url_is_local(q->url) || shows_key(q))) /* no proxy */
		bad = curl_easy_setopt(c, CURLOPT_NOPROXY, "*");
	if (bad)
		return -1;
	curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
	if (strcmp(q->method, "POST") != 0)
		return 0;
	curl_easy_setopt(c, CURLOPT_POST, 1L);
	curl_easy_setopt(c, CURLOPT_POSTFIELDS, q->body ? q->body : "");
	curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)q->len);
	/* On a kept connection that the server has just closed, libcurl would
	 * send it again by itself; whether it was paid for nobody knows. */
	curl_easy_setopt(c, CURLOPT_FRESH_CONNECT, 1L);
	curl_easy_setopt(c, CURLOPT_FORBID_REUSE, 1L);
	return 0;
}

/* What is known after a transfer that gave no whole answer. */
static enum http_outcome
judge(CURL *c, CURLcode code, const struct http_request *q)
{
	curl_off_t sent = 0, ready = 0;

	switch (code) {
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_ISSUER_ERROR:
	case CURLE_SSL_INVALIDCERTSTATUS:
	case CURLE_UNSUPPORTED_PROTOCOL:
	case CURLE_URL_MALFORMAT:
		return HTTP_BARRED;
	default:
		break;
	}
	curl_easy_getinfo(c, CURLINFO_PRETRANSFER_TIME_T, &ready);
	curl_easy_getinfo(c, CURLINFO_SIZE_UPLOAD_T, &sent);
	if (ready == 0 || (size_t)sent < q->len)
		return HTTP_UNSENT;
	return HTTP_UNKNOWN;
}

static int
fault(CURL *c, CURLcode code, struct transfer *t, const char *said,
    struct err *e)
{
	struct http_reply *r = t->r;
	char url[300];
	int bad;

	if (r->outcome != HTTP_BARRED)
		r->outcome = judge(c, code, t->q);
	/* too much of an answer is an answer: it will not be less next time */
	if (t->too_much)
		r->outcome = HTTP_TOO_MUCH;
	bad = r->outcome == HTTP_BARRED || r->outcome == HTTP_TOO_MUCH;
	url_show(t->q->url, url, sizeof(url));
	if (*t->why)
		return err_set(e, t->too_much ? EX_DATA : bad ? EX_CONF
		    : EX_LATER, "%s %s", url, t->why);
	return err_set(e, bad ? EX_CONF : EX_LATER, "%s: %s", url,
	    *said ? said : curl_easy_strerror(code));
}

/* Kept connections; a handle is new each time. curl_easy_reset() says nothing
 * where it has no memory: what is sent then is paid for, and its reply lost. */
static CURLSH *shared;

void
http_start(void)
{
	if (shared || curl_global_init(CURL_GLOBAL_DEFAULT) != 0)
		return;
	shared = curl_share_init();
	if (shared && curl_share_setopt(shared, CURLSHOPT_SHARE,
	    CURL_LOCK_DATA_CONNECT) != CURLSHE_OK) {
		curl_share_cleanup(shared);
		shared = NULL;
	}
}

static CURL *
new_handle(void)
{
	CURL *c;

	http_start();
	c = shared ? curl_easy_init() : NULL;
	if (c && curl_easy_setopt(c, CURLOPT_SHARE, shared) != CURLE_OK) {
		curl_easy_cleanup(c);
		c = NULL;
	}
	return c;
}

int
http_run(const struct http_request *q, struct http_reply *r, struct err *e)
{
	struct transfer t;
	struct curl_slist *list = NULL;
	char said[CURL_ERROR_SIZE] = "";
	CURLcode code = CURLE_OUT_OF_MEMORY;
	long status = 0;
	CURL *c = new_handle();

	if (!c)
		return err_set(e, EX_FAILED, "libcurl has no memory to start; "
		    "close something, then run it again");
	hold_signals();
	memset(&t, 0, sizeof(t));
	t.q = q;
	t.r = r;
	t.start = t.mark = now();
	strbuf_reset(&r->body);
	r->outcome = HTTP_UNSENT;
	r->status = 0;
	forget_head(r);
	curl_easy_setopt(c, CURLOPT_ERRORBUFFER, said);
	set_limits(c, &t);
	if (set_request(c, q) == 0 && headers(q, &list) == 0 &&
	    curl_easy_setopt(c, CURLOPT_HTTPHEADER, list) == CURLE_OK)
		code = curl_easy_perform(c);
	curl_slist_free_all(list);
	curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
	secret_hide(r->body.buf, r->body.len);
	secret_hide(r->location, strlen(r->location));
	secret_hide(r->request_id, strlen(r->request_id));
	if (code == CURLE_OK) {
		r->outcome = HTTP_ANSWERED;
		r->status = (int)status;
	} else {
		fault(c, code, &t, said, e);
	}
	curl_easy_cleanup(c);
	return code == CURLE_OK ? 0 : -1;
}
