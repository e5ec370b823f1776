#include "base/url.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"

/* The "://" behind a scheme (RFC 3986, 3.1), NULL where there is none: one that
 * stands in a path or a query leads nowhere. */
static const char *
scheme_of(const char *url)
{
	size_t n = strspn(url, "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");

	return n && !strncmp(url + n, "://", 3) ? url + n : NULL;
}

/* Where the host begins, behind "user:password@"; n gets the bytes up to the
 * path. */
static const char *
host_of(const char *url, size_t *n)
{
	const char *s = scheme_of(url), *at;

	s = s ? s + 3 : url;
	*n = strcspn(s, "/?#\\");
	at = memrchr(s, '@', *n);
	if (!at)
		return s;
	*n -= (size_t)(at + 1 - s);
	return at + 1;
}

int
url_is_local(const char *url)
{
	size_t n, port;
	const char *host = host_of(url, &n);

	port = *host == '[' ? strcspn(host, "]") + 1 : strcspn(host, ":");
	n = port < n ? port : n;
	return (n == 9 && !strncasecmp(host, "localhost", n)) ||
	    (n == 5 && !strncmp(host, "[::1]", n)) ||
	    (n > 10 && !strncasecmp(host + n - 10, ".localhost", 10)) ||
	    (!strncmp(host, "127.", 4) && strspn(host, "0123456789.") == n);
}

static int
ip4_is_private(const unsigned char b[4])
{
	static const struct {
		unsigned net;
		int bits;
	} nets[] = { { 0, 8 }, { 0x0A000000, 8 }, { 0x64400000, 10 },
		{ 0x7F000000, 8 }, { 0xA9FE0000, 16 }, { 0xAC100000, 12 },
		{ 0xC0000000, 24 }, { 0xC0000200, 24 }, { 0xC0586300, 24 },
		{ 0xC0A80000, 16 }, { 0xC6120000, 15 }, { 0xC6336400, 24 },
		{ 0xCB007100, 24 }, { 0xE0000000, 3 } };
	unsigned a = (unsigned)b[0] << 24 | (unsigned)b[1] << 16 |
	    (unsigned)b[2] << 8 | b[3];
	size_t i;

	for (i = 0; i < sizeof(nets) / sizeof(*nets); i++)
		if (((a ^ nets[i].net) >> (32 - nets[i].bits)) == 0)
			return 1;
	return 0;
}

size_t
url_origin_length(const char *url)
{
	const char *host = scheme_of(url);

	return host ? (size_t)(host - url) + 3 + strcspn(host + 3, "/?#") : 0;
}

int
url_ip_is_private(const char *ip)
{
	static const unsigned char mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
		0xff, 0xff };
	static const unsigned char nat64[12] = { 0, 0x64, 0xff, 0x9b };
	unsigned char b[16];

	if (inet_pton(AF_INET, ip, b) == 1)
		return ip4_is_private(b);
	if (inet_pton(AF_INET6, ip, b) != 1)
		return 1;
	if (!memcmp(b, mapped, 12) || !memcmp(b, nat64, 12))
		return ip4_is_private(b + 12);
	if (b[0] == 0x20 && b[1] == 2) /* 6to4: behind an address of IPv4 */
		return ip4_is_private(b + 2);
	/* 2001::/23 is for protocols (Teredo), 2001:db8::/32 for manuals */
	if (b[0] == 0x20 && b[1] == 1 && (b[2] < 2 ||
	    (b[2] == 0x0d && b[3] == 0xb8)))
		return 1;
	/* only 2000::/3 is public */
	return (b[0] & 0xe0) != 0x20;
}

/* The port that a URL's host is asked at; 0: the scheme has no usual one. */
static unsigned long
port_of(const char *url, const char *host, size_t *n)
{
	size_t k = *host == '[' ? strcspn(host, "]") + 1 : strcspn(host, ":");

	if (k >= *n || host[k] != ':' || k + 1 == *n) {
		*n = k < *n ? k : *n;
		return !strncasecmp(url, "https:", 6) ? 443
		    : !strncasecmp(url, "http:", 5) ? 80 : 0;
	}
	*n = k;
	return strtoul(host + k + 1, NULL, 10);
}

int
url_same_origin(const char *a, const char *b)
{
	const char *x = scheme_of(a), *y = scheme_of(b);
	size_t scheme = x ? (size_t)(x - a) : 0, n, m;

	if (!x || !y || (size_t)(y - b) != scheme ||
	    strncasecmp(a, b, scheme) != 0)
		return 0;
	x = host_of(a, &n);
	y = host_of(b, &m);
	/* who is named there is no part of it, and no business of a server's */
	if (x[-1] == '@' || y[-1] == '@')
		return 0;
	return port_of(a, x, &n) == port_of(b, y, &m) && n == m &&
	    !strncasecmp(x, y, n);
}

void
url_escape(const char *s, struct strbuf *out)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";

	for (; *s; s++)
		if (strchr(plain, *s))
			strbuf_addch(out, *s);
		else
			strbuf_addf(out, "%%%02X", (unsigned char)*s);
}

void
url_show(const char *url, char *out, size_t size)
{
	size_t n, k = 0;
	const char *host = host_of(url, &n), *scheme = scheme_of(url);

	if (scheme)
		k = utf8_printable(out, size, url, (size_t)(scheme + 3 - url));
	utf8_printable(out + k, size - k, host, strcspn(host, "?#"));
}
