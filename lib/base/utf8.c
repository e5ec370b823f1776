#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

size_t
utf8_decode(const char *s, size_t n, uint32_t *cp)
{
	static const uint32_t least[5] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *p = (const unsigned char *)s;
	uint32_t c;
	size_t len, i;

	if (n == 0)
		return 0;
	if (p[0] < 0x80) {
		*cp = p[0];
		return 1;
	}
	len = p[0] >= 0xF5 ? 0 : p[0] >= 0xF0 ? 4 : p[0] >= 0xE0 ? 3 :
	    p[0] >= 0xC2 ? 2 : 0;
	if (len == 0 || len > n)
		return 0;
	c = p[0] & (0xFFu >> (len + 1));
	for (i = 1; i < len; i++) {
		if ((p[i] & 0xC0) != 0x80)
			return 0;
		c = c << 6 | (p[i] & 0x3F);
	}
	if (c < least[len] || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000))
		return 0;
	*cp = c;
	return len;
}

size_t
utf8_encode(uint32_t cp, char *out)
{
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		out[0] = (char)(0xC0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 0x3F));
		return 2;
	}
	if (cp < 0x10000) {
		if (cp >= 0xD800 && cp < 0xE000)
			return 0;
		out[0] = (char)(0xE0 | cp >> 12);
		out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
		out[2] = (char)(0x80 | (cp & 0x3F));
		return 3;
	}
	if (cp > 0x10FFFF)
		return 0;
	out[0] = (char)(0xF0 | cp >> 18);
	out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
	out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
	out[3] = (char)(0x80 | (cp & 0x3F));
	return 4;
}

size_t
utf8_check(const char *s, size_t n)
{
	size_t i = 0, k;
	uint32_t cp;

	while (i < n) {
		k = utf8_decode(s + i, n - i, &cp);
		if (k == 0 || cp == 0)
			return i;
		i += k;
	}
	return n;
}

size_t
utf8_length(const char *s, size_t n)
{
	size_t i, count = 0;

	for (i = 0; i < n; i++)
		if (((unsigned char)s[i] & 0xC0) != 0x80)
			count++;
	return count;
}

static int
is_hidden(uint32_t c)
{
	return c < 0x20 || (c >= 0x7F && c < 0xA0) ||
	    (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) ||
	    c == 0x2028 || c == 0x2029;
}

size_t
utf8_printable(char *out, size_t size, const char *s, size_t n)
{
	size_t i = 0, o = 0, k, len;
	char piece[16];
	uint32_t c = 0;

	while (i < n) {
		k = utf8_decode(s + i, n - i, &c);
		if (k == 0) {
			len = (size_t)snprintf(piece, sizeof(piece), "\\x%02X",
			    (unsigned)(unsigned char)s[i]);
			k = 1;
		} else if (c == '\n' || c == '\t') {
			piece[0] = ' ';
			len = 1;
		} else if (is_hidden(c)) {
			len = (size_t)snprintf(piece, sizeof(piece),
			    c < 0x100 ? "\\x%02X" : "\\u{%X}", (unsigned)c);
		} else {
			memcpy(piece, s + i, k);
			len = k;
		}
		if (o + len + 1 > size)
			break;
		memcpy(out + o, piece, len);
		o += len;
		i += k;
	}
	if (size)
		out[o] = '\0';
	return o;
}

static int
in_ranges(uint32_t c, const uint32_t (*r)[2], size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (c >= r[i][0] && c <= r[i][1])
			return 1;
	return 0;
}

static size_t
columns_of(uint32_t c)
{
	/* Unicode 15 EastAsianWidth W and F, merged to blocks */
	static const uint32_t wide[][2] = {
		{ 0x1100, 0x115F }, { 0x2E80, 0xA4CF }, { 0xA960, 0xA97C },
		{ 0xAC00, 0xD7A3 }, { 0xF900, 0xFAFF }, { 0xFE30, 0xFE6F },
		{ 0xFF00, 0xFF60 }, { 0xFFE0, 0xFFE6 }, { 0x1F300, 0x1FAFF },
		{ 0x20000, 0x3FFFD },
	};
	static const uint32_t zero[][2] = {
		{ 0x0300, 0x036F }, { 0x0483, 0x0489 }, { 0x0591, 0x05BD },
		{ 0x0610, 0x061A }, { 0x064B, 0x065F }, { 0x0900, 0x0902 },
		{ 0x093C, 0x093C }, { 0x0941, 0x0948 }, { 0x094D, 0x094D },
		{ 0x0E31, 0x0E31 }, { 0x0E34, 0x0E3A }, { 0x0E47, 0x0E4E },
		{ 0x200B, 0x200F }, { 0x20D0, 0x20FF }, { 0xFE00, 0xFE0F },
	};

	if (c < 0x300)
		return 1;
	if (in_ranges(c, zero, sizeof(zero) / sizeof(*zero)))
		return 0;
	return in_ranges(c, wide, sizeof(wide) / sizeof(*wide)) ? 2 : 1;
}

size_t
utf8_columns(const char *s, size_t n)
{
	size_t i = 0, k, w = 0;
	uint32_t c;

	while (i < n) {
		k = utf8_decode(s + i, n - i, &c);
		if (k == 0) {
			k = 1;
			c = '?';
		}
		w += columns_of(c);
		i += k;
	}
	return w;
}
