#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "provider/spoken.h"

/* Base letters of U+00C0..U+024F and U+1E00..U+1EFF by their canonical
 * decomposition (UnicodeData.txt); '.' where there is none. */
static const char latin[] =
	"AAAAAA.CEEEEIIIIDNOOOOO.OUUUUY..aaaaaa.ceeeeiiiidnooooo.ouuuuy.y"
	"AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIi..JjKkkLlLlLlL"
	"lLlNnNnNnnNnOoOoOo..RrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs"
	"................................Oo.............Uu..............."
	".............AaIiOoUuUuUuUuUu.AaAa....GgKkOoOo..j...Gg..NnAa...."
	"AaAaEeEeIiIiOoOoRrRrUuUuSsTt..Hh......AaEeOoOoOoOoYy............"
	"................";
static const char latin_more[] =
	"AaBbBbBbCcDdDdDdDdDdEeEeEeEeEeFfGgHhHhHhHhHhIiIiKkKkKkLlLlLlLlMm"
	"MmMmNnNnNnNnOoOoOoOoPpPpRrRrRrRrSsSsSsSsSsTtTtTtTtUuUuUuUuUuVvVv"
	"WwWwWwWwWwXxXxYyZzZzZzhtwy......AaAaAaAaAaAaAaAaAaAaAaAaEeEeEeEe"
	"EeEeEeEeIiIiOoOoOoOoOoOoOoOoOoOoOoOoUuUuUuUuUuUuUuYyYyYyYy......";

struct sign {
	uint32_t cp;
	const char *say;
};

/* How English reads what English letters do not cover. */
static const struct sign signs[] = {
	{ 0x25, " percent " }, { 0x26, " and " }, { 0x2b, " plus " },
	{ 0x3c, " less than " }, { 0x3d, " equals " },
	{ 0x3e, " greater than " }, { 0x40, " at " },
	{ 0xa2, " cents " }, { 0xa3, " pounds " }, { 0xa5, " yen " },
	{ 0xa7, " section " }, { 0xa9, " copyright " }, { 0xae, "" },
	{ 0xaa, "" }, { 0xba, "" }, { 0xac, " not " },
	{ 0xb0, " degrees " }, { 0xb1, " plus or minus " },
	{ 0xb2, " squared " }, { 0xb3, " cubed " }, { 0xb5, " micro " },
	{ 0xb9, "" }, { 0xbc, " one quarter " }, { 0xbd, " one half " },
	{ 0xbe, " three quarters " }, { 0xc6, "Ae" }, { 0xd7, " times " },
	{ 0xde, "Th" }, { 0xdf, "ss" }, { 0xe6, "ae" }, { 0xf7,
	" divided by " }, { 0xfe, "th" }, { 0x132, "Ij" }, { 0x133, "ij" },
	{ 0x152, "Oe" }, { 0x153, "oe" }, { 0x1e9e, "SS" },
	{ 0x394, " delta " }, { 0x3a9, " ohm " }, { 0x3b1, " alpha " },
	{ 0x3b2, " beta " }, { 0x3b3, " gamma " }, { 0x3b4, " delta " },
	{ 0x3b8, " theta " }, { 0x3bb, " lambda " }, { 0x3bc, " micro " },
	{ 0x3c0, " pi " }, { 0x3c3, " sigma " },
	{ 0x2030, " per mille " }, { 0x20ac, " euros " },
	{ 0x20b9, " rupees " }, { 0x20bd, " roubles " },
	{ 0x2103, " degrees Celsius " }, { 0x2109, " degrees Fahrenheit " },
	{ 0x2116, " number " }, { 0x2120, "" }, { 0x2122, "" },
	{ 0x2126, " ohm " }, { 0x2153, " one third " },
	{ 0x2154, " two thirds " }, { 0x2190, ", " }, { 0x2192, ", " },
	{ 0x2212, " minus " }, { 0x2248, " about " },
	{ 0x2260, " is not " }, { 0x2264, " at most " },
	{ 0x2265, " at least " }, { 0x3001, ", " }, { 0x3002, ". " },
	{ 0xfb01, "fi" }, { 0xfb02, "fl" }
};

static const struct sign currencies[] = {
	{ 0x24, "dollar" }, { 0xa3, "pound" }, { 0xa5, "yen" },
	{ 0x20ac, "euro" }, { 0x20b9, "rupee" }, { 0x20bd, "rouble" }
};

static void
leave_out(struct spoken_fold *f, uint32_t cp)
{
	char c[5];

	c[utf8_encode(cp, c)] = '\0';
	if (!strstr(f->left_out.buf, c))
		strbuf_addstr(&f->left_out, c);
}

static int
is_digit(int c)
{
	return c >= '0' && c <= '9';
}

static int
is_alnum(int c)
{
	return is_digit(c) || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

/* One character beyond ASCII as English letters; 0 where there are none. */
static int
fold_wide(uint32_t cp, struct strbuf *out)
{
	size_t i;

	for (i = 0; i < sizeof(signs) / sizeof(*signs); i++) {
		if (signs[i].cp == cp) {
			strbuf_addstr(out, signs[i].say);
			return 1;
		}
	}
	if (cp >= 0x300 && cp <= 0x36f) /* accents on the letter before */
		return 1;
	if (cp >= 0xff01 && cp <= 0xff5e) {
		strbuf_addch(out, (int)(cp - 0xff01 + '!'));
		return 1;
	}
	if (cp == 0x2018 || cp == 0x2019 || cp == 0x2032 || cp == 0x2bc)
		strbuf_addch(out, '\'');
	else if (cp >= 0x2010 && cp <= 0x2011)
		strbuf_addch(out, '-');
	else if (cp == 0x2013 && out->len && is_digit(out->buf[out->len - 1]))
		strbuf_addstr(out, " to ");
	else if ((cp >= 0x2012 && cp <= 0x2015) || cp == 0x2026 || cp == 0xb7)
		strbuf_addstr(out, ", ");
	else if (cp == 0xa1 || cp == 0xbf || cp == 0xab || cp == 0xbb ||
	    cp == 0xa6 || cp == 0xa8 || cp == 0xaf || cp == 0xb4 ||
	    cp == 0xb6 || cp == 0xb8 || (cp >= 0x2000 && cp <= 0x206f) ||
	    (cp >= 0x3000 && cp <= 0x303f))
		strbuf_addch(out, ' ');
	else if (cp >= 0xc0 && cp < 0xc0 + sizeof(latin) - 1 &&
	    latin[cp - 0xc0] != '.')
		strbuf_addch(out, latin[cp - 0xc0]);
	else if (cp >= 0x1e00 && cp <= 0x1eff && latin_more[cp - 0x1e00] != '.')
		strbuf_addch(out, latin_more[cp - 0x1e00]);
	else
		return 0;
	return 1;
}

/* One ASCII character between prev and next (0 at the word's ends). */
static void
fold_ascii(int c, int prev, int next, int address, struct strbuf *out)
{
	size_t i;

	if (is_alnum(c) || c == '\'' || c == '$') {
		strbuf_addch(out, c);
	} else if (strchr(".,;:!?\"()", c)) {
		if (address && (c == '.' || c == ':') && is_alnum(next))
			strbuf_addstr(out, c == '.' ? " dot " : " colon ");
		else
			strbuf_addch(out, c);
	} else if (c == '-' && is_digit(next) && !is_alnum(prev)) {
		strbuf_addstr(out, "minus ");
	} else if (c == '-' && is_alnum(prev) && is_alnum(next)) {
		strbuf_addch(out, '-');
	} else if (c == '-' && (prev == '-' || next == '-')) {
		strbuf_addstr(out, prev == '-' ? ", " : " ");
	} else if (c == '/' && is_digit(prev) && is_digit(next)) {
		strbuf_addch(out, '/');
	} else if (c == '/' && address && is_alnum(next)) {
		strbuf_addstr(out, " slash ");
	} else if (c == '#' && is_digit(next)) {
		strbuf_addstr(out, "number ");
	} else if (c == '*' && is_digit(prev) && is_digit(next)) {
		strbuf_addstr(out, " times ");
	} else {
		for (i = 0; signs[i].cp < 0x80; i++)
			if (signs[i].cp == (uint32_t)c)
				break;
		strbuf_addstr(out, signs[i].cp < 0x80 ? signs[i].say : " ");
	}
}

/* An amount such as (EUR sign)5, (GBP sign)1.5bn: the sign goes behind the
 * number as a word. Returns the bytes used of raw, 0 where there is none. */
static size_t
fold_amount(struct spoken_fold *f, const char *raw, size_t n,
    struct strbuf *out)
{
	static const char *const scales[] = { "bn", "billion", "k", "thousand",
		"m", "million", "tn", "trillion", NULL };
	const char *name = NULL, *dot;
	size_t i, k, at, end, len;
	uint32_t cp;

	at = utf8_decode(raw, n, &cp);
	for (i = 0; i < sizeof(currencies) / sizeof(*currencies); i++)
		if (currencies[i].cp == cp)
			name = currencies[i].say;
	for (end = at; end < n && (is_digit(raw[end]) ||
	    (strchr(".,", raw[end]) && end + 1 < n &&
	    is_digit(raw[end + 1]))); end++)
		;
	if (!name || end == at)
		return 0;
	for (i = 0; scales[i]; i += 2) {
		len = strlen(scales[i]);
		if (n - end >= len && !strncmp(raw + end, scales[i], len) &&
		    (n - end == len || !is_alnum(raw[end + len])))
			break;
	}
	if (cp == '$' && !scales[i] && !f->scale)
		return 0; /* engines read these well */
	k = end - at;
	dot = memchr(raw + at, '.', k);
	if (!scales[i] && !f->scale && dot && raw + end - dot == 3)
		k = (size_t)(dot - raw) - at;
	strbuf_add(out, raw + at, k);
	if (scales[i])
		strbuf_addf(out, " %s", scales[i + 1]);
	if (f->scale && !scales[i])
		f->currency = name;
	else
		strbuf_addf(out, " %s%s", name, !strcmp(name, "yen") ||
		    (k == 1 && raw[at] == '1' && !scales[i]) ? "" : "s");
	if (k < end - at)
		strbuf_addf(out, " %.2s", dot + 1);
	return end + (scales[i] ? strlen(scales[i]) : 0);
}

static void
fold_english(struct spoken_fold *f, const char *raw, size_t n,
    struct strbuf *out)
{
	const char *scheme = memmem(raw, n, "://", 3);
	int address = scheme || memchr(raw, '@', n) ||
	    (n > 4 && !strncmp(raw, "www.", 4));
	int prev = 0, next;
	size_t i, k;
	uint32_t cp;

	for (i = scheme ? (size_t)(scheme - raw) + 3 : 0; i < n; i += k) {
		k = is_alnum(prev) ? 0 : fold_amount(f, raw + i, n - i, out);
		if (k) {
			prev = '0';
			continue;
		}
		k = utf8_decode(raw + i, n - i, &cp);
		next = i + k < n ? (unsigned char)raw[i + k] : 0;
		if (cp == 0xb0 && (next == 'C' || next == 'F')) {
			strbuf_addstr(out, next == 'C' ? " degrees Celsius" :
			    " degrees Fahrenheit");
			k++;
		} else if (spoken_is_invisible(cp)) {
			continue;
		} else if (cp < 0x80) {
			fold_ascii((int)cp, prev, next, address, out);
		} else if (!fold_wide(cp, out)) {
			leave_out(f, cp);
		}
		prev = cp < 0x80 ? (int)cp : 'a';
	}
}

/* For engines that read Unicode: only what has no reading goes. */
static void
fold_unicode(struct spoken_fold *f, const char *raw, size_t n,
    struct strbuf *out)
{
	uint32_t cp;
	size_t i, k;
	int next;

	for (i = 0; i < n; i += k) {
		k = utf8_decode(raw + i, n - i, &cp);
		next = i + k < n ? raw[i + k] : 0;
		if (spoken_is_invisible(cp))
			continue;
		if (spoken_is_picture(cp) || (spoken_is_cjk(cp) &&
		    (!f->engine->cjk || (f->engine->kana_only &&
		    !spoken_is_kana(cp)))))
			leave_out(f, cp);
		else if (cp < 0x80 && (strchr("*_~`|\\^{}[]", (int)cp) ||
		    (cp == '#' && !is_digit(next))))
			strbuf_addch(out, ' ');
		else if (cp == 0x2018 || cp == 0x2019)
			strbuf_addch(out, '\'');
		else
			strbuf_add(out, raw + i, k);
	}
}

void
spoken_fold(struct spoken_fold *f, const char *raw, size_t n,
    struct strbuf *out)
{
	f->currency = NULL;
	if (f->engine->ascii)
		fold_english(f, raw, n, out);
	else
		fold_unicode(f, raw, n, out);
}
