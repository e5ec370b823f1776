#include "record/node.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct node *
node_new(enum node_kind kind)
{
	struct node *n = xcalloc(1, sizeof(*n));

	n->kind = kind;
	return n;
}

static struct node *
scalar(const char *s, int quoted)
{
	struct node *n = node_new(NODE_SCALAR);

	n->len = strlen(s);
	n->str = xmemdup(s, n->len);
	n->quoted = quoted;
	return n;
}

struct node *
node_text(const char *s)
{
	return scalar(s, 1);
}

struct node *
node_real(double d)
{
	char buf[32];
	int digits = fabs(d) < DBL_MIN ? 1 : 15; /* %g drops zeros at the end */

	if (!isfinite(d))
		return node_new(NODE_NULL);
	do
		snprintf(buf, sizeof(buf), "%.*g", digits, d);
	while (strtod(buf, NULL) != d && ++digits <= 17);
	return scalar(buf, 0);
}

struct node *
node_whole(long long v)
{
	char buf[32];

	snprintf(buf, sizeof(buf), "%lld", v);
	return scalar(buf, 0);
}

struct node *
node_truth(int b)
{
	return scalar(b ? "true" : "false", 0);
}

void
node_free(struct node *n)
{
	size_t i;

	if (!n || n->fixed)
		return;
	for (i = 0; i < n->nr; i++)
		node_free(n->kid[i]);
	free(n->kid);
	free(n->key);
	free(n->str);
	free(n);
}

struct node *
node_copy(const struct node *n)
{
	struct node *c;
	size_t i;

	if (!n)
		return NULL;
	c = xmalloc(sizeof(*c));
	*c = *n;
	c->fixed = 0;
	c->key = n->key ? xstrdup(n->key) : NULL;
	c->str = n->str ? xmemdup(n->str, n->len) : NULL;
	c->kid = n->nr ? xreallocarray(NULL, n->nr, sizeof(*c->kid)) : NULL;
	c->alloc = n->nr;
	for (i = 0; i < n->nr; i++)
		c->kid[i] = node_copy(n->kid[i]);
	return c;
}

/* Text, or a number, or a truth value? */
static int
scalar_class(const struct node *n)
{
	int b;

	return node_is_num(n, NULL) ? 1 : node_is_bool(n, &b) ? 2 : 0;
}

static int
same_scalar(const struct node *a, const struct node *b)
{
	return a->len == b->len && !memcmp(a->str, b->str, a->len) &&
	    scalar_class(a) == scalar_class(b);
}

/* The value of key in map, looked for first at and around place i. */
static const struct node *
child_near(const struct node *map, const char *key, size_t i)
{
	size_t k;

	for (k = i ? i - 1 : 0; k <= i + 1 && k < map->nr; k++)
		if (!strcmp(map->kid[k]->key, key))
			return map->kid[k];
	return node_child(map, key);
}

int
node_equal(const struct node *a, const struct node *b)
{
	const struct node *other;
	size_t i;

	if (!a || !b)
		return a == b;
	if (a->kind != b->kind || a->nr != b->nr)
		return 0;
	if (a->kind == NODE_SCALAR)
		return same_scalar(a, b);
	for (i = 0; i < a->nr; i++) {
		other = b->kid[i];
		if (a->kind == NODE_MAP)
			other = child_near(b, a->kid[i]->key, i);
		if (!other || !node_equal(a->kid[i], other))
			return 0;
	}
	return 1;
}

static int
by_key(const void *pa, const void *pb)
{
	const struct node *a = *(struct node *const *)pa;
	const struct node *b = *(struct node *const *)pb;
	int order = strcmp(a->key, b->key);

	if (order)
		return order;
	return (a->key_start > b->key_start) - (a->key_start < b->key_start);
}

const struct node *
node_duplicate(const struct node *map)
{
	const struct node *found = NULL;
	struct node **sorted;
	size_t i;

	if (map->nr < 2)
		return NULL;
	sorted = xreallocarray(NULL, map->nr, sizeof(*sorted));
	memcpy(sorted, map->kid, map->nr * sizeof(*sorted));
	qsort(sorted, map->nr, sizeof(*sorted), by_key);
	for (i = 1; i < map->nr && !found; i++)
		if (!strcmp(sorted[i - 1]->key, sorted[i]->key))
			found = sorted[i];
	free(sorted);
	return found;
}

static struct node *
child_n(const struct node *map, const char *key, size_t len)
{
	size_t i;

	if (!map || map->kind != NODE_MAP)
		return NULL;
	for (i = 0; i < map->nr; i++)
		if (*map->kid[i]->key == *key &&
		    !strncmp(map->kid[i]->key, key, len) &&
		    !map->kid[i]->key[len])
			return map->kid[i];
	return NULL;
}

struct node *
node_child(const struct node *map, const char *key)
{
	return child_n(map, key, strlen(key));
}

struct node *
node_get(const struct node *n, const char *path)
{
	struct node *child;
	size_t len;

	for (;;) {
		len = strcspn(path, ".");
		child = child_n(n, path, len);
		if (!child || !path[len])
			return child;
		n = child;
		path += len + 1;
	}
}

const char *
node_str(const struct node *n, const char *path, const char *fallback)
{
	const struct node *v = node_get(n, path);

	return v && v->kind == NODE_SCALAR ? v->str : fallback;
}

double
node_num(const struct node *n, const char *path, double fallback)
{
	const struct node *v = node_get(n, path);
	double d;

	return v && node_is_num(v, &d) ? d : fallback;
}

int
node_bool(const struct node *n, const char *path, int fallback)
{
	const struct node *v = node_get(n, path);
	double d;
	int b;

	if (!v)
		return fallback;
	if (node_is_bool(v, &b))
		return b;
	if (node_is_num(v, &d) && (d == 0 || d == 1))
		return d == 1;
	return fallback;
}

int
node_is_bool(const struct node *n, int *b)
{
	static const char *const word[] = { "false", "true", "False", "True",
		"FALSE", "TRUE", "no", "yes", "No", "Yes", "NO", "YES", "off",
		"on", "Off", "On", "OFF", "ON" };
	size_t i;

	if (!n || n->kind != NODE_SCALAR || n->quoted)
		return 0;
	for (i = 0; i < sizeof(word) / sizeof(*word); i++) {
		if (!strcmp(n->str, word[i])) {
			*b = i & 1;
			return 1;
		}
	}
	return 0;
}

/* [-+]? (digits [. digits?]? | . digits) ([eE] [-+]? digits)? and no more. */
static int
looks_like_number(const char *s)
{
	size_t whole, part = 0, exponent;

	s += *s == '-' || *s == '+';
	whole = strspn(s, "0123456789");
	s += whole;
	if (*s == '.') {
		part = strspn(s + 1, "0123456789");
		s += 1 + part;
	}
	if (whole + part == 0)
		return 0;
	if (*s == 'e' || *s == 'E') {
		s++;
		s += *s == '-' || *s == '+';
		exponent = strspn(s, "0123456789");
		if (!exponent)
			return 0;
		s += exponent;
	}
	return !*s;
}

int
node_is_num(const struct node *n, double *d)
{
	double v;

	if (!n || n->kind != NODE_SCALAR || n->quoted ||
	    !looks_like_number(n->str))
		return 0;
	v = strtod(n->str, NULL);
	if (!isfinite(v))
		return 0;
	if (d)
		*d = v;
	return 1;
}

void
node_push(struct node *list, struct node *value)
{
	ALLOC_GROW(list->kid, list->nr, list->alloc);
	list->kid[list->nr++] = value;
}

void
node_set(struct node *map, const char *key, struct node *value)
{
	char *copy = xstrdup(key); /* key may be the old value's own */
	size_t i;

	free(value->key);
	value->key = copy;
	for (i = 0; i < map->nr; i++) {
		if (!strcmp(map->kid[i]->key, copy)) {
			if (map->kid[i] != value)
				node_free(map->kid[i]);
			map->kid[i] = value;
			return;
		}
	}
	node_push(map, value);
}

void
node_append(struct node *map, const char *key, struct node *value)
{
	char *copy = xstrdup(key);

	free(value->key);
	value->key = copy;
	node_push(map, value);
}

void
node_set_str(struct node *map, const char *key, const char *s)
{
	node_set(map, key, node_text(s));
}

void
node_set_num(struct node *map, const char *key, double d)
{
	node_set(map, key, node_real(d));
}

void
node_set_whole(struct node *map, const char *key, long long n)
{
	node_set(map, key, node_whole(n));
}

void
node_set_bool(struct node *map, const char *key, int b)
{
	node_set(map, key, node_truth(b));
}

void
node_drop(struct node *map, const char *key)
{
	struct node *gone = node_child(map, key);
	size_t i;

	for (i = 0; i < map->nr; i++)
		if (map->kid[i] == gone)
			break;
	if (!gone)
		return;
	memmove(map->kid + i, map->kid + i + 1,
	    (map->nr - i - 1) * sizeof(*map->kid));
	map->nr--;
	node_free(gone);
}
