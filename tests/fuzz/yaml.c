/*
 * The first line is the name of a value, the second the value, the rest a file:
 * it is read, printed and read again, and the value is set in it.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "record/yaml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define LONG_KEY 900 /* YAML wants a simple key within 1024 characters */

static int
has_long_key(const struct node *n)
{
	size_t i;

	if (n->key && strlen(n->key) > LONG_KEY)
		return 1;
	for (i = 0; i < n->nr; i++)
		if (has_long_key(n->kid[i]))
			return 1;
	return 0;
}

static void
print_again(const struct node *n)
{
	struct strbuf b = STRBUF_INIT;
	struct node *back;
	struct err e;

	yaml_print(n, &b);
	back = yaml_parse("again", b.buf, b.len, &e);
	/* A deep tree may become too deep, a list of texts too long. */
	if (back ? !node_equal(n, back) : !has_long_key(n) &&
	    b.len < YAML_BYTES)
		abort();
	node_free(back);
	strbuf_release(&b);
}

/* What libyaml takes for a line break at s: its bytes, 0 for none. */
static size_t
break_at(const char *s, size_t n)
{
	if (n > 1 && !memcmp(s, "\r\n", 2))
		return 2;
	if (n && (*s == '\r' || *s == '\n'))
		return 1;
	if (n > 1 && !memcmp(s, "\xC2\x85", 2))
		return 2;
	return n > 2 && !memcmp(s, "\xE2\x80", 2) &&
	    (unsigned char)(s[2] & 0xFE) == 0xA8 ? 3 : 0;
}

/* The line that holds pos: its start, and what is behind its break. */
static void
line_of(const char *s, size_t len, size_t pos, size_t *from, size_t *to)
{
	size_t at, k = 0;

	*from = 0;
	for (at = 0; at < len; at += k ? k : 1) {
		k = break_at(s + at, len - at);
		if (k && at >= pos)
			break;
		if (k)
			*from = at + k;
	}
	*to = at < len ? at + k : len;
}

/* Bytes that are the same at both ends, counted once. */
struct kept {
	size_t head, tail;
};

static struct kept
kept_of(const char *file, size_t len, const struct strbuf *b)
{
	size_t least = len < b->len ? len : b->len;
	struct kept k = { 0, 0 };

	while (k.head < least && file[k.head] == b->buf[k.head])
		k.head++;
	while (k.head + k.tail < least &&
	    file[len - 1 - k.tail] == b->buf[b->len - 1 - k.tail])
		k.tail++;
	return k;
}

/* Only the value, or the lines of its key, are other bytes. */
static void
check_rest(const struct node *root, const char *path, const char *file,
    size_t len, const struct strbuf *b)
{
	const struct node *at = node_get(root, path);
	struct kept k = kept_of(file, len, b);
	size_t from, to, ignored;

	if (k.head + k.tail >= len)
		return; /* nothing was taken away */
	if (!at) {
		/* in place of a null, or of a map that loses its last key */
		if (len - k.head - k.tail > 4)
			abort();
		return;
	}
	line_of(file, len, at->key_start, &from, &ignored);
	line_of(file, len, at->end, &ignored, &to);
	if (k.head < from && len - k.tail > to)
		abort();
}

static void
edit(const struct node *root, const char *path, const char *value,
    const char *file, size_t len)
{
	struct strbuf b = STRBUF_INIT;
	struct node *v = *value ? node_text(value) : NULL, *n;
	struct err e;

	if (yaml_edit("fuzz", file, len, path, v, &b, &e) == 0) {
		check_rest(root, path, file, len, &b);
		n = yaml_parse("edited", b.buf, b.len, &e);
		if (!n || (v && !node_equal(node_get(n, path), v)) ||
		    (!v && node_get(n, path)))
			abort();
		node_free(n);
	}
	strbuf_release(&b);
	node_free(v);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *all = xmemdup(data, size), *path = all, *value, *file;
	struct node *n;
	struct err e;

	value = memchr(path, '\n', size);
	file = value ? memchr(value + 1, '\n',
	    size - (size_t)(value + 1 - all)) : NULL;
	if (file) {
		*value++ = '\0';
		*file++ = '\0';
		n = yaml_parse("fuzz", file, size - (size_t)(file - all), &e);
		if (n) {
			print_again(n);
			edit(n, path, value, file,
			    size - (size_t)(file - all));
		}
		node_free(n);
	}
	free(all);
	return 0;
}
