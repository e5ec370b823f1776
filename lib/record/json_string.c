#include "record/json_string.h"

#include <stdint.h>
#include <string.h>

#include "base/base64.h"
#include "base/utf8.h"
#include "record/json.h"

static int
hex4(const char *s, uint32_t *out)
{
	static const char digit[] = "0123456789abcdef0123456789ABCDEF";
	const char *d;
	int i;

	*out = 0;
	for (i = 0; i < 4; i++) {
		d = s[i] ? strchr(digit, s[i]) : NULL;
		if (!d)
			return -1;
		*out = *out << 4 | ((uint32_t)(d - digit) & 15);
	}
	return 0;
}

/* "\uXXXX", or two of them for one character; returns the bytes read at s. */
static size_t
read_unicode(const char *s, uint32_t *cp)
{
	uint32_t low;

	if (hex4(s + 2, cp) < 0 || *cp == 0)
		return 0;
	if (*cp < 0xD800 || *cp > 0xDFFF)
		return 6;
	if (*cp > 0xDBFF || s[6] != '\\' || s[7] != 'u' ||
	    hex4(s + 8, &low) < 0 || low < 0xDC00 || low > 0xDFFF)
		return 0;
	*cp = 0x10000 + ((*cp - 0xD800) << 10) + (low - 0xDC00);
	return 12;
}

/* The escape at s, decoded to c; returns the bytes read, 0 when it stands for
 * no character. */
static size_t
read_escape(const char *s, char c[4], size_t *written)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	const char *f;
	uint32_t cp;
	size_t k;

	if (s[1] == 'u') {
		k = read_unicode(s, &cp);
		*written = k ? utf8_encode(cp, c) : 0;
		return k;
	}
	f = s[1] ? strchr(from, s[1]) : NULL;
	if (!f)
		return 0;
	c[0] = to[f - from];
	*written = 1;
	return 2;
}

/* The bytes at s that stand for themselves. */
static size_t
plain_run(const char *s, size_t n)
{
	size_t k = 0;

	while (k < n && (unsigned char)s[k] >= 0x20 && s[k] != '\\')
		k++;
	return k;
}

size_t
json_string_decode(const char *s, size_t n, char *out, size_t *len)
{
	size_t i = 0, o = 0, k, written;
	char c[4];

	while (i < n) {
		written = k = plain_run(s + i, n - i);
		if (!k && s[i] == '\\')
			k = read_escape(s + i, c, &written);
		if (!k)
			break;
		if (out)
			memcpy(out + o, s[i] == '\\' ? c : s + i, written);
		i += k;
		o += written;
	}
	if (len)
		*len = o;
	return i;
}

int
json_base64(const char *buf, const struct node *n, struct strbuf *out,
    struct err *e)
{
	if (!n || n->kind != NODE_SCALAR || !n->quoted)
		return err_set(e, EX_DATA, "base64: there is no text here; get "
		    "it again");
	if (json_is_lean(n))
		return base64_decode(buf + n->start, n->end - n->start, out,
		    e);
	return base64_decode(n->str, n->len, out, e);
}
