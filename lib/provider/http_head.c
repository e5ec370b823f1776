#include "provider/http_head.h"

#include <string.h>
#include <strings.h>
#include <time.h>

#include "base/utf8.h"
#include "base/wait_time.h"

static void
set_text(char *out, size_t size, const char *s, size_t n)
{
	if (n >= size)
		n = size - 1;
	memcpy(out, s, n);
	out[n] = '\0';
}

/* "Name: value" against a name; the value without spaces around, or NULL. */
static const char *
header_value(const char *line, size_t n, const char *name, size_t *len)
{
	size_t k = strlen(name);

	if (n <= k || line[k] != ':' || strncasecmp(line, name, k) != 0)
		return NULL;
	line += k + 1;
	n -= k + 1;
	while (n && strchr(" \t", *line)) {
		line++;
		n--;
	}
	while (n && strchr(" \t\r\n", line[n - 1]))
		n--;
	*len = n;
	return line;
}

/* The longest of what it says counts. */
static void
note_wait(struct http_reply *r, double seconds)
{
	if (seconds > r->retry_after)
		r->retry_after = seconds;
}

static void
read_wait(struct http_reply *r, const char *line, size_t n)
{
	char v[128];
	const char *s;
	size_t k;

	s = header_value(line, n, "retry-after", &k);
	if (s) {
		set_text(v, sizeof(v), s, k);
		note_wait(r, wait_time_retry_after(v, time(NULL)));
	}
	s = header_value(line, n, "retry-after-ms", &k);
	if (s) {
		set_text(v, sizeof(v), s, k);
		if (wait_time_retry_after(v, 0) >= 0)
			note_wait(r, wait_time_retry_after(v, 0) / 1000);
	}
	s = header_value(line, n, "x-should-retry", &k);
	if (s)
		r->should_retry = k == 4 && !strncasecmp(s, "true", 4);
}

void
http_head_line(struct http_reply *r, const char *line, size_t n)
{
	const char *s;
	size_t k;

	if (n > 5 && !strncmp(line, "HTTP/", 5)) {
		/* also after "100 Continue": what came before is void */
		r->type[0] = r->request_id[0] = r->location[0] = '\0';
		r->retry_after = -1;
		r->should_retry = -1;
	}
	s = header_value(line, n, "content-type", &k);
	if (s)
		set_text(r->type, sizeof(r->type), s, k);
	s = header_value(line, n, "x-request-id", &k);
	if (!s)
		s = header_value(line, n, "request-id", &k);
	if (s) /* it goes into a record, and any byte may be in it */
		utf8_printable(r->request_id, sizeof(r->request_id), s, k);
	s = header_value(line, n, "location", &k);
	if (s && k < sizeof(r->location)) /* a part leads somewhere else */
		set_text(r->location, sizeof(r->location), s, k);
	read_wait(r, line, n);
}
