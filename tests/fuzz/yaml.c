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

static void
edit(const char *path, const char *value, const char *file, size_t len)
{
	struct strbuf b = STRBUF_INIT;
	struct node *v = *value ? node_text(value) : NULL, *n;
	struct err e;

	if (yaml_edit("fuzz", file, len, path, v, &b, &e) == 0) {
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
			edit(path, value, file, size - (size_t)(file - all));
		}
		node_free(n);
	}
	free(all);
	return 0;
}
