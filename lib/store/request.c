#include "store/request.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/utf8.h"

#define INPUT_SHOWN 60 /* bytes of a value that a record shows */

struct request *
request_new(const char *kind, int version)
{
	struct request *r = xcalloc(1, sizeof(*r));

	request_add(r, ".kind", kind);
	request_add_num(r, ".version", version);
	return r;
}

void
request_trim(struct request *r)
{
	size_t i;

	for (i = 0; i < r->nr; i++) {
		free(r->input[i].key);
		free(r->input[i].value);
	}
	free(r->input);
	r->input = NULL;
	r->nr = r->alloc = 0;
}

void
request_free(struct request *r)
{
	if (r)
		request_trim(r);
	free(r);
}

void
request_add_bytes(struct request *r, const char *key, const void *p, size_t n)
{
	struct input *in;

	ALLOC_GROW(r->input, r->nr, r->alloc);
	in = &r->input[r->nr++];
	in->key = xstrdup(key);
	in->value = xmemdup(p, n);
	in->len = n;
}

void
request_add(struct request *r, const char *key, const char *value)
{
	request_add_bytes(r, key, value, strlen(value));
}

void
request_add_num(struct request *r, const char *key, double d)
{
	char buf[40];

	snprintf(buf, sizeof(buf), "%.10g", d);
	request_add(r, key, buf);
}

static int
by_key(const void *a, const void *b)
{
	const struct input *x = a, *y = b;

	return strcmp(x->key, y->key);
}

static void
add_sized(struct sha256 *h, const void *p, size_t n)
{
	char head[24];
	int k = snprintf(head, sizeof(head), "%zu\n", n);

	sha256_add(h, head, (size_t)k);
	sha256_add(h, p, n);
}

void
request_seal(struct request *r)
{
	struct sha256 *h = sha256_new();
	size_t i;

	qsort(r->input, r->nr, sizeof(*r->input), by_key);
	for (i = 0; i < r->nr; i++) {
		add_sized(h, r->input[i].key, strlen(r->input[i].key));
		add_sized(h, r->input[i].value, r->input[i].len);
	}
	sha256_end(h, r->digest);
}

struct request *
request_piece(const struct request *r, const char *key, const void *p, size_t n)
{
	struct request *part = xcalloc(1, sizeof(*part));
	size_t i;

	for (i = 0; i < r->nr; i++)
		if (strcmp(r->input[i].key, key) != 0)
			request_add_bytes(part, r->input[i].key,
			    r->input[i].value, r->input[i].len);
	request_add_bytes(part, key, p, n);
	request_add(part, ".part", "1");
	request_seal(part);
	return part;
}

static int
is_plain(const struct input *in)
{
	size_t i;

	if (utf8_check(in->value, in->len) != in->len)
		return 0;
	for (i = 0; i < in->len; i++)
		if ((unsigned char)in->value[i] < 0x20)
			return 0;
	return 1;
}

/* The value as a record shows it. */
static void
show(const struct input *in, struct strbuf *out)
{
	char sum[SHA256_HEX];
	size_t n, k;
	uint32_t cp;

	if (in->len <= INPUT_SHOWN && is_plain(in)) {
		strbuf_add(out, in->value, in->len);
		return;
	}
	for (n = 0; n < in->len; n += k) {
		k = utf8_decode(in->value + n, in->len - n, &cp);
		if (k == 0 || n + k > INPUT_SHOWN)
			break;
		if (cp < 0x20 || cp == 0x7F)
			strbuf_addch(out, ' ');
		else
			strbuf_add(out, in->value + n, k);
	}
	sha256_hex(in->value, in->len, sum);
	strbuf_addf(out, "... sha256:%s", sum);
}

struct node *
request_inputs(const struct request *r)
{
	struct node *map = node_new(NODE_MAP);
	struct strbuf b = STRBUF_INIT;
	size_t i;

	for (i = 0; i < r->nr; i++) {
		strbuf_reset(&b);
		show(&r->input[i], &b);
		/* node_set takes dots for levels; inputs' keys may have them */
		node_append(map, r->input[i].key, node_text(b.buf));
	}
	strbuf_release(&b);
	return map;
}

static void
add_change(struct changes *c, const char *key, const char *was,
    const char *now)
{
	ALLOC_GROW(c->v, c->nr, c->alloc);
	c->v[c->nr].key = xstrdup(key);
	c->v[c->nr].was = was ? xstrdup(was) : NULL;
	c->v[c->nr].now = now ? xstrdup(now) : NULL;
	c->nr++;
}

static int
node_by_key(const void *a, const void *b)
{
	const struct node *const *x = a, *const *y = b;

	return strcmp((*x)->key, (*y)->key);
}

/* Both sides in the order of their keys, so one walk finds every change. */
void
changes_find(const struct request *r, const struct node *inputs,
    struct changes *out)
{
	size_t i = 0, j = 0, n = inputs ? inputs->nr : 0;
	struct strbuf b = STRBUF_INIT;
	struct node **old = xcalloc(n, sizeof(*old));
	int d;

	if (n) {
		memcpy(old, inputs->kid, n * sizeof(*old));
		qsort(old, n, sizeof(*old), node_by_key);
	}
	while (i < r->nr || j < n) {
		d = i >= r->nr ? 1 : j >= n ? -1
				   : strcmp(r->input[i].key, old[j]->key);
		strbuf_reset(&b);
		if (d <= 0)
			show(&r->input[i], &b);
		if (d < 0)
			add_change(out, r->input[i].key, NULL, b.buf);
		else if (d > 0)
			add_change(out, old[j]->key, old[j]->str, NULL);
		else if (!old[j]->str || strcmp(b.buf, old[j]->str) != 0)
			add_change(out, old[j]->key, old[j]->str, b.buf);
		i += d <= 0;
		j += d >= 0;
	}
	free(old);
	strbuf_release(&b);
}

void
changes_release(struct changes *c)
{
	size_t i;

	for (i = 0; i < c->nr; i++) {
		free(c->v[i].key);
		free(c->v[i].was);
		free(c->v[i].now);
	}
	free(c->v);
	memset(c, 0, sizeof(*c));
}
