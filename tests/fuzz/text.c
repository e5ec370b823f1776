/*
 * Short texts from anywhere: the first byte chooses who reads the rest.
 * UTF-8 has a second reader here that must agree.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/strbuf.h"
#include "base/strvec.h"
#include "base/url.h"
#include "base/utf8.h"
#include "base/wait_time.h"
#include "provider/http_head.h"
#include "provider/media_kind.h"
#include "record/caption_style.h"
#include "record/json.h"
#include "record/json_string.h"
#include "record/preset.h"
#include "record/schema.h"
#include "text/target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Unicode 15, table 3-7, as it stands there. */
static size_t
well_formed(const uint8_t *p, size_t n)
{
	static const uint8_t row[][9] = {
		/* length, then the range of each byte */
		{ 1, 0x01, 0x7F, 0, 0, 0, 0, 0, 0 },
		{ 2, 0xC2, 0xDF, 0x80, 0xBF, 0, 0, 0, 0 },
		{ 3, 0xE0, 0xE0, 0xA0, 0xBF, 0x80, 0xBF, 0, 0 },
		{ 3, 0xE1, 0xEC, 0x80, 0xBF, 0x80, 0xBF, 0, 0 },
		{ 3, 0xED, 0xED, 0x80, 0x9F, 0x80, 0xBF, 0, 0 },
		{ 3, 0xEE, 0xEF, 0x80, 0xBF, 0x80, 0xBF, 0, 0 },
		{ 4, 0xF0, 0xF0, 0x90, 0xBF, 0x80, 0xBF, 0x80, 0xBF },
		{ 4, 0xF1, 0xF3, 0x80, 0xBF, 0x80, 0xBF, 0x80, 0xBF },
		{ 4, 0xF4, 0xF4, 0x80, 0x8F, 0x80, 0xBF, 0x80, 0xBF },
	};
	size_t i, k;

	for (i = 0; i < sizeof(row) / sizeof(*row); i++) {
		if (row[i][0] > n)
			continue;
		for (k = 0; k < row[i][0]; k++)
			if (p[k] < row[i][1 + 2 * k] ||
			    p[k] > row[i][2 + 2 * k])
				break;
		if (k == row[i][0])
			return k;
	}
	return 0;
}

/* No control character and nothing that turns the direction of what follows
 * is left for a terminal. */
static void
check_shown(const char *s)
{
	size_t i, k, n = strlen(s);
	uint32_t c = 0;

	for (i = 0; i < n; i += k) {
		k = utf8_decode(s + i, n - i, &c);
		if (!k || c < 0x20 || (c >= 0x7F && c < 0xA0) ||
		    (c >= 0x202A && c <= 0x202E) ||
		    (c >= 0x2066 && c <= 0x2069))
			abort();
	}
}

static void
read_utf8(const char *s, size_t n)
{
	const uint8_t *p = (const uint8_t *)s;
	char shown[64], again[64], code[4];
	size_t i = 0, k;
	uint32_t c;

	while (i < n && (k = well_formed(p + i, n - i))) {
		if (utf8_decode(s + i, n - i, &c) != k ||
		    utf8_encode(c, code) != k || memcmp(code, s + i, k) != 0)
			abort();
		i += k;
	}
	if (utf8_check(s, n) != i)
		abort();
	k = utf8_printable(shown, sizeof(shown), s, n);
	if (k >= sizeof(shown) || strlen(shown) != k)
		abort();
	check_shown(shown);
	utf8_printable(again, sizeof(again), shown, k);
	if (strcmp(shown, again) != 0)
		abort();
	utf8_columns(s, n);
}

static void
read_url(const char *s)
{
	struct strbuf b = STRBUF_INIT;
	char shown[100];
	size_t n = url_origin_length(s);

	if (n > strlen(s))
		abort();
	url_is_local(s);
	url_ip_is_private(s);
	url_show(s, shown, sizeof(shown));
	if (strlen(shown) > 4 * strlen(s) || strchr(shown, '?'))
		abort();
	url_escape(s, &b);
	if (strspn(b.buf, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	    "0123456789-._~%") != b.len || b.len > 3 * strlen(s))
		abort();
	strbuf_release(&b);
}

static void
read_time(const char *s)
{
	char text[TIME_LEN];
	time_t t, back;
	double d = wait_time_duration(s);

	if (!(d == -1 || (d >= 0 && d <= WAIT_TIME_MAX)))
		abort();
	d = wait_time_retry_after(s, 1700000000);
	if (!(d == -1 || (d >= 0 && d <= WAIT_TIME_MAX)))
		abort();
	if (time_parse(s, &t) < 0)
		return;
	time_format(t, text);
	if (time_parse(text, &back) < 0 || back != t)
		abort();
}

static void
read_measure(const char *s)
{
	struct target t;
	struct err e = ERR_INIT;
	double d;
	int w, h;

	if (duration_parse(s, &d) == 0 && !(d > 0 && d < 1e15))
		abort();
	if (moment_parse(s, &d) == 0 && !(d >= 0 && d < 1e15))
		abort();
	if (frame_size_parse(s, &w, &h) == 0 && (w < 16 || w > 7680 ||
	    h < 16 || h > 7680 || w % 2 || h % 2))
		abort();
	if (caption_colour(s) < -1 || caption_colour(s) > 0xffffff)
		abort();
	if (target_parse(s, "fuzz", &t, &e) == 0 && !(t.seconds >= 0 &&
	    t.seconds <= TARGET_SECONDS_MAX && t.words <= TARGET_WORDS_MAX))
		abort();
}

static void
read_head(const char *s, size_t n)
{
	struct http_reply r = HTTP_REPLY_INIT;
	const char *end;
	size_t k;

	for (; n; s += k, n -= k) {
		end = memchr(s, '\n', n);
		k = end ? (size_t)(end - s) + 1 : n;
		http_head_line(&r, s, k);
	}
	check_shown(r.request_id);
	if (!(r.retry_after == -1 || (r.retry_after >= 0 &&
	    r.retry_after <= WAIT_TIME_MAX)) || r.should_retry < -1 ||
	    r.should_retry > 1 || !memchr(r.type, 0, sizeof(r.type)) ||
	    !memchr(r.location, 0, sizeof(r.location)))
		abort();
	strbuf_release(&r.body);
}

/* What is inside never climbs above where it starts. */
static void
read_path(const char *s)
{
	struct strvec part = STRVEC_INIT;
	char *copy = xstrdup(s), *one, *rest = copy;
	int inside = path_is_inside(s);

	while (inside && (one = strsep(&rest, "/")))
		if (!*one || !strcmp(one, ".") || !strcmp(one, ".."))
			abort();
	if (inside && (strchr("/~", *s) || strchr(s, '\\') ||
	    strchr(s, '\n') || strchr(s, 27)))
		abort();
	free(path_dirname(s));
	path_extension(s);
	strvec_release(&part);
	free(copy);
}

/* A text printed as JSON is read back as itself. */
static void
read_string(const char *s, size_t n)
{
	struct strbuf b = STRBUF_INIT;
	char *out = xmalloc(n + 1), *back;
	size_t len = 0, k;

	if (json_string_decode(s, n, out, &len) == n) {
		if (len > n || (utf8_check(s, n) == n &&
		    utf8_check(out, len) != len))
			abort();
	}
	free(out);
	if (utf8_check(s, n) == n) {
		json_print_text(s, n, &b);
		back = xmalloc(b.len);
		k = json_string_decode(b.buf + 1, b.len - 2, back, &len);
		if (k != b.len - 2 || len != n || memcmp(back, s, n) != 0)
			abort();
		free(back);
	}
	strbuf_release(&b);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *s;

	if (!size)
		return 0;
	s = xmemdup(data + 1, size - 1);
	switch (data[0] % 8) {
	case 0: read_utf8(s, size - 1); break;
	case 1: read_url(s); break;
	case 2: read_time(s); break;
	case 3: read_measure(s); break;
	case 4: read_head(s, size - 1); break;
	case 5: read_path(s); break;
	case 6: read_string(s, size - 1); break;
	default: media_kind(s, size - 1); break;
	}
	free(s);
	return 0;
}
