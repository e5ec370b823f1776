#include "base/base64.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <openssl/evp.h>

#include "base/mem.h"
#include "base/utf8.h"

#define BLOCK 65536      /* characters decoded at once; a multiple of 4 */
#define BLOCK_BYTES 49152 /* bytes encoded at once; a multiple of 3 */
#define PREFIX_MOST 1024 /* bytes of "data:...;base64," */

/*
 * libcrypto only ever sees clean blocks of the alphabet: its streaming decoder
 * takes "-" for an end, drops what follows it, and is lenient in other ways.
 */
struct reader {
	const char *start, *p, *end;
	struct strbuf *out;
	char *block;
	size_t fill;    /* characters in block */
	unsigned total; /* characters of the alphabet so far, modulo 4 */
	int padding;    /* '=' seen */
	struct err *e;
};

/* What each byte is: a letter of the alphabet, white space, '=', or neither. */
enum sort {
	OTHER,
	LETTER,
	SPACE,
	PAD
};

static enum sort
sort_of(unsigned char c)
{
	static const unsigned char table[256] = {
		['A' ... 'Z'] = LETTER, ['a' ... 'z'] = LETTER,
		['0' ... '9'] = LETTER, ['+'] = LETTER, ['/'] = LETTER,
		[' '] = SPACE, ['\t'] = SPACE, ['\n'] = SPACE,
		['\r'] = SPACE, ['\f'] = SPACE, ['\v'] = SPACE, ['='] = PAD,
	};

	return (enum sort)table[c];
}

static int
fail(const struct reader *r, const char *at, const char *what)
{
	char shown[16];
	size_t n = (size_t)(r->end - at);
	uint32_t cp;

	if (n)
		n = utf8_decode(at, n, &cp);
	utf8_printable(shown, sizeof(shown), at, n ? n : at < r->end);
	return err_set(r->e, EX_DATA, "base64: '%s' at offset %zu %s; get it "
	    "again", shown, (size_t)(at - r->start), what);
}

/* Decode the block, whose fill is a multiple of 4. */
static void
flush(struct reader *r)
{
	int got;

	strbuf_grow(r->out, r->fill / 4 * 3);
	got = EVP_DecodeBlock((unsigned char *)r->out->buf + r->out->len,
	    (const unsigned char *)r->block, (int)r->fill);
	if (got > 0)
		strbuf_setlen(r->out, r->out->len + (size_t)got);
	r->fill = 0;
}

/* Over "data:TYPE;base64,", where the text starts with it. */
static int
skip_prefix(struct reader *r)
{
	static const char mark[] = ";base64";
	size_t n = (size_t)(r->end - r->p), k = sizeof(mark) - 1;
	const char *comma;

	if (n < 5 || strncasecmp(r->p, "data:", 5))
		return 0;
	comma = memchr(r->p, ',', n < PREFIX_MOST ? n : PREFIX_MOST);
	if (!comma || (size_t)(comma - r->p) < 5 + k ||
	    strncasecmp(comma - k, mark, k))
		return fail(r, r->p, "starts a data: address that is not in "
		    "base64");
	r->p = comma + 1;
	return 0;
}

/* The character that the escape at r->p stands for, which is stepped over; -1
 * for one that has no place here. */
static int
take_escape(struct reader *r)
{
	static const char from[] = "/nrtf", to[] = "/\n\r\t\f";
	size_t n = (size_t)(r->end - r->p);
	const char *f;
	char hex[5], *stop;
	long c;

	f = n > 1 && r->p[1] ? strchr(from, r->p[1]) : NULL;
	if (f) {
		r->p += 2;
		return to[f - from];
	}
	if (n < 6 || r->p[1] != 'u')
		return -1;
	memcpy(hex, r->p + 2, 4);
	hex[4] = '\0';
	c = strtol(hex, &stop, 16);
	if (strspn(hex, "0123456789abcdefABCDEF") != 4 || c > 0x7E)
		return -1;
	r->p += 6;
	return (int)c;
}

static int
take_letter(struct reader *r, const char *at, int c)
{
	if (r->padding)
		return fail(r, at, "follows the padding, which ends the data");
	r->block[r->fill++] = (char)c;
	r->total = (r->total + 1) % 4;
	if (r->fill == BLOCK)
		flush(r);
	return 0;
}

static int
take_any(struct reader *r)
{
	const char *at = r->p;
	int c = *r->p == '\\' ? take_escape(r) : (unsigned char)*r->p++;

	if (c >= 0 && sort_of((unsigned char)c) == SPACE)
		return 0;
	if (c >= 0 && sort_of((unsigned char)c) == LETTER)
		return take_letter(r, at, c);
	if (c != '=')
		return fail(r, at, "does not belong there");
	if (r->total < 2 || r->total + (unsigned)++r->padding > 4)
		return fail(r, at, "is padding where none belongs");
	return 0;
}

/* The last one to three bytes, once the rest was decoded. */
static int
finish(struct reader *r)
{
	size_t lack = (4 - r->total) % 4;

	if (r->total == 1)
		return fail(r, r->end, "is where the data breaks off, amid a "
		    "group of four");
	memset(r->block + r->fill, 'A', lack);
	r->fill += lack;
	if (r->fill)
		flush(r);
	if (lack)
		strbuf_setlen(r->out, r->out->len - lack);
	return 0;
}

int
base64_decode(const char *p, size_t n, struct strbuf *out, struct err *e)
{
	struct reader r = { p, p, p + n, out, NULL, 0, 0, 0, e };
	size_t before = out->len;
	int ret;

	while (r.p < r.end && sort_of((unsigned char)*r.p) == SPACE)
		r.p++;
	ret = skip_prefix(&r);
	if (ret < 0)
		return ret;
	/* At once, so that the output is never moved. */
	strbuf_grow(out, (size_t)(r.end - r.p) / 4 * 3 + 6);
	r.block = xmalloc(BLOCK);
	while (!ret && r.p < r.end) {
		/* clean runs, which is nearly all, without the checks */
		while (r.p < r.end && r.fill < BLOCK - 1 && !r.padding &&
		    sort_of((unsigned char)*r.p) == LETTER) {
			r.block[r.fill++] = *r.p++;
			r.total++;
		}
		r.total %= 4;
		if (r.p < r.end)
			ret = take_any(&r);
	}
	if (!ret)
		ret = finish(&r);
	free(r.block);
	if (ret < 0)
		strbuf_setlen(out, before);
	return ret;
}

void
base64_encode(const void *p, size_t n, struct strbuf *out)
{
	const unsigned char *from = p;
	size_t k;
	int got;

	strbuf_grow(out, (n + 2) / 3 * 4);
	for (; n; n -= k, from += k) {
		k = n < BLOCK_BYTES ? n : BLOCK_BYTES;
		/* writes a NUL, for which there is room */
		got = EVP_EncodeBlock((unsigned char *)out->buf + out->len,
		    from, (int)k);
		strbuf_setlen(out, out->len + (size_t)got);
	}
}
