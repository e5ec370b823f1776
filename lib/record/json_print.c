#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "record/json.h"

/* How deep a tree is printed one key a line; below that on one line. */
#define PRETTY_DEPTH 32

/* What a terminal takes for a command, or turns the direction of what follows
 * it with, is escaped: records are shown as they are. The bytes of such a
 * character at s, and its code point; 0 for any other. */
static size_t
hidden(const char *s, size_t n, uint32_t *c)
{
	size_t k;

	if ((unsigned char)*s < 0x80) {
		*c = (unsigned char)*s;
		return *c < 0x20 || *c == 0x7F;
	}
	k = utf8_decode(s, n, c);
	return (*c >= 0x80 && *c < 0xA0) || (*c >= 0x2028 && *c <= 0x202E) ||
	    (*c >= 0x2066 && *c <= 0x2069) ? k : 0;
}

void
json_print_text(const char *s, size_t n, struct strbuf *out)
{
	static const char from[] = "\"\\\b\f\n\r\t", to[] = "\"\\bfnrt";
	size_t i, k, plain = 0;
	uint32_t c = 0;
	const char *f;

	strbuf_addch(out, '"');
	for (i = 0; i < n; i++) {
		f = s[i] ? strchr(from, s[i]) : NULL;
		k = f ? 1 : hidden(s + i, n - i, &c);
		if (!k)
			continue;
		strbuf_add(out, s + plain, i - plain);
		if (f)
			strbuf_addf(out, "\\%c", to[f - from]);
		else
			strbuf_addf(out, "\\u%04x", (unsigned)c);
		i += k - 1;
		plain = i + 1;
	}
	strbuf_add(out, s + plain, n - plain);
	strbuf_addch(out, '"');
}

/* YAML numbers may have forms that JSON has not: "+1", ".5", "1.", "007". */
static int
is_json_number(const char *s)
{
	size_t k;

	s += *s == '-';
	k = strspn(s, "0123456789");
	if (k == 0 || (k > 1 && *s == '0'))
		return 0;
	return s[k] != '.' || strspn(s + k + 1, "0123456789") > 0;
}

static void
print_scalar(const struct node *n, struct strbuf *out)
{
	struct node *plain;
	double d;
	int b;

	if (n->kind == NODE_NULL) {
		strbuf_addstr(out, "null");
	} else if (node_is_num(n, &d)) {
		if (is_json_number(n->str)) {
			strbuf_add(out, n->str, n->len);
			return;
		}
		plain = node_real(d);
		strbuf_add(out, plain->str, plain->len);
		node_free(plain);
	} else if (node_is_bool(n, &b)) {
		strbuf_addstr(out, b ? "true" : "false");
	} else {
		json_print_text(n->str, n->len, out);
	}
}

static int
is_scalar(const struct node *n)
{
	return n->kind == NODE_NULL || n->kind == NODE_SCALAR;
}

/* On one line; space is what follows a comma or colon. */
static void
print_flat(const struct node *n, const char *space, struct strbuf *out)
{
	int map = n->kind == NODE_MAP;
	size_t i;

	if (is_scalar(n)) {
		print_scalar(n, out);
		return;
	}
	strbuf_addch(out, map ? '{' : '[');
	for (i = 0; i < n->nr; i++) {
		if (i)
			strbuf_addf(out, ",%s", space);
		if (map) {
			json_print_text(n->kid[i]->key,
			    strlen(n->kid[i]->key), out);
			strbuf_addf(out, ":%s", space);
		}
		print_flat(n->kid[i], space, out);
	}
	strbuf_addch(out, map ? '}' : ']');
}

static int
all_scalars(const struct node *n)
{
	size_t i;

	for (i = 0; i < n->nr; i++)
		if (!is_scalar(n->kid[i]))
			return 0;
	return 1;
}

static void
print_tree(const struct node *n, int level, struct strbuf *out)
{
	int map = n->kind == NODE_MAP;
	size_t i;

	if (is_scalar(n) || n->nr == 0 || level >= PRETTY_DEPTH ||
	    (!map && all_scalars(n))) {
		print_flat(n, " ", out);
		return;
	}
	strbuf_addch(out, map ? '{' : '[');
	for (i = 0; i < n->nr; i++) {
		strbuf_addf(out, "%s\n%*s", i ? "," : "", 2 * level + 2, "");
		if (map) {
			json_print_text(n->kid[i]->key,
			    strlen(n->kid[i]->key), out);
			strbuf_addstr(out, ": ");
			print_tree(n->kid[i], level + 1, out);
		} else {
			print_flat(n->kid[i], " ", out);
		}
	}
	strbuf_addf(out, "\n%*s%c", 2 * level, "", map ? '}' : ']');
}

void
json_print(const struct node *n, struct strbuf *out)
{
	print_tree(n, 0, out);
	strbuf_addch(out, '\n');
}

void
json_print_line(const struct node *n, struct strbuf *out)
{
	print_flat(n, "", out);
}
