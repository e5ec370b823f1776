#include "base/url.h"

#include <arpa/inet.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"

int
url_is_local(const char *url)
{
	const char *host = strstr(url, "://");
	size_t n;

	host = host ? host + 3 : url;
	n = *host == '[' ? strcspn(host, "]") + 1 : strcspn(host, ":/?");
	return (n == 9 && !strncasecmp(host, "localhost", n)) ||
	    (n == 5 && !strncmp(host, "[::1]", n)) ||
	    (n > 10 && !strncasecmp(host + n - 10, ".localhost", 10)) ||
	    (!strncmp(host, "127.", 4) && strspn(host, "0123456789.") == n);
}

int
url_ip_is_private(const char *ip)
{
	static const struct {
		unsigned net;
		int bits;
	} nets[] = { { 0, 8 }, { 0x0A000000, 8 }, { 0x64400000, 10 },
		{ 0x7F000000, 8 }, { 0xA9FE0000, 16 }, { 0xAC100000, 12 },
		{ 0xC0000000, 24 }, { 0xC0A80000, 16 }, { 0xC6120000, 15 },
		{ 0xE0000000, 3 } };
	unsigned char b[16];
	unsigned a;
	size_t i;

	if (inet_pton(AF_INET6, ip, b) == 1) {
		static const unsigned char mapped[12] = { 0, 0, 0, 0, 0, 0, 0,
			0, 0, 0, 0xff, 0xff };
		static const unsigned char nat64[12] = { 0, 0x64, 0xff, 0x9b };

		if (memcmp(b, mapped, 12) != 0 && memcmp(b, nat64, 12) != 0)
			/* only 2000::/3 is public */
			return (b[0] & 0xe0) != 0x20;
		memmove(b, b + 12, 4);
	} else if (inet_pton(AF_INET, ip, b) != 1) {
		return 1;
	}
	a = (unsigned)b[0] << 24 | (unsigned)b[1] << 16 | (unsigned)b[2] << 8 |
	    b[3];
	for (i = 0; i < sizeof(nets) / sizeof(*nets); i++)
		if (((a ^ nets[i].net) >> (32 - nets[i].bits)) == 0)
			return 1;
	return 0;
}

int
url_same_origin(const char *a, const char *b)
{
	const char *x = strstr(a, "://"), *y = strstr(b, "://");
	size_t n, m;

	if (!x || !y)
		return 0;
	n = (size_t)(x - a) + 3 + strcspn(x + 3, "/?#");
	m = (size_t)(y - b) + 3 + strcspn(y + 3, "/?#");
	return n == m && !strncasecmp(a, b, n);
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
	utf8_printable(out, size, url, strcspn(url, "?#"));
}
