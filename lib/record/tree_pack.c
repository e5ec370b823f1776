#include "record/tree_pack.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define DEPTH 40        /* over YAML_DEPTH; what is deeper is not kept */
#define BLOCK (1u << 18)
#define HEAD 4          /* kind, quoted, has a key, has a text */
#define NUMBERS 8       /* 32 bits each */

struct arena_block {
	struct arena_block *next;
	size_t used, size;
	_Alignas(16) char room[];
};

static int
write_node(const struct node *n, int depth, struct strbuf *out)
{
	unsigned char head[HEAD] = { (unsigned char)n->kind,
		(unsigned char)n->quoted, n->key != NULL, n->str != NULL };
	uint32_t num[NUMBERS] = { (uint32_t)n->line, (uint32_t)n->col,
		(uint32_t)n->start, (uint32_t)n->end, (uint32_t)n->key_start,
		(uint32_t)n->nr, n->key ? (uint32_t)strlen(n->key) : 0,
		(uint32_t)n->len };
	size_t i;

	if (depth > DEPTH)
		return -1;
	strbuf_add(out, head, sizeof(head));
	strbuf_add(out, num, sizeof(num));
	if (n->key)
		strbuf_add(out, n->key, num[6] + 1);
	if (n->str)
		strbuf_add(out, n->str, n->len + 1);
	for (i = 0; i < n->nr; i++)
		if (write_node(n->kid[i], depth + 1, out) < 0)
			return -1;
	return 0;
}

int
tree_pack(const struct node *n, struct strbuf *out)
{
	return write_node(n, 0, out);
}

/* n bytes of all zeros. */
static void *
lend(struct tree_arena *a, size_t n)
{
	struct arena_block *b = a->last;
	void *p;

	n = (n + 15) & ~(size_t)15;
	if (!b || b->size - b->used < n) {
		b = xcalloc(1, sizeof(*b) + (n > BLOCK ? n : BLOCK));
		b->size = n > BLOCK ? n : BLOCK;
		b->next = a->last;
		a->last = b;
	}
	p = b->room + b->used;
	b->used += n;
	return p;
}

void
tree_arena_release(struct tree_arena *a)
{
	struct arena_block *b;

	while ((b = a->last)) {
		a->last = b->next;
		free(b);
	}
}

struct reader {
	const char *at, *end;
	struct tree_arena *lend; /* NULL: the caller is to own the tree */
};

/* A text of n bytes and its NUL; NULL where it is not there whole. */
static char *
read_text(struct reader *r, size_t n)
{
	const char *s = r->at;

	if ((size_t)(r->end - s) <= n || s[n])
		return NULL;
	r->at += n + 1;
	return r->lend ? (char *)s : xmemdup(s, n);
}

static struct node *read_node(struct reader *r, int depth);

static int
read_kids(struct reader *r, struct node *n, uint32_t nr, int depth)
{
	struct node *kid;
	uint32_t i;

	if (nr > (size_t)(r->end - r->at))
		return -1;
	if (nr)
		n->kid = r->lend ? lend(r->lend, nr * sizeof(*n->kid))
				 : xreallocarray(NULL, nr, sizeof(*n->kid));
	n->alloc = nr;
	for (i = 0; i < nr; i++) {
		kid = read_node(r, depth + 1);
		if (!kid)
			return -1;
		n->kid[n->nr++] = kid;
		if (n->kind == NODE_MAP && !kid->key)
			return -1;
	}
	return 0;
}

/* The checksum has been found right; lengths are checked all the same. */
static struct node *
read_node(struct reader *r, int depth)
{
	unsigned char head[HEAD];
	uint32_t num[NUMBERS];
	struct node *n;

	if (depth > DEPTH || (size_t)(r->end - r->at) < sizeof(head) +
	    sizeof(num))
		return NULL;
	memcpy(head, r->at, sizeof(head));
	memcpy(num, r->at + sizeof(head), sizeof(num));
	r->at += sizeof(head) + sizeof(num);
	if (head[0] > NODE_MAP || (head[0] == NODE_SCALAR) != head[3])
		return NULL;
	n = r->lend ? lend(r->lend, sizeof(*n)) : xcalloc(1, sizeof(*n));
	n->kind = (enum node_kind)head[0];
	n->quoted = head[1];
	n->fixed = r->lend != NULL;
	n->line = num[0];
	n->col = num[1];
	n->start = num[2];
	n->end = num[3];
	n->key_start = num[4];
	n->len = num[7];
	if ((head[2] && !(n->key = read_text(r, num[6]))) ||
	    (head[3] && !(n->str = read_text(r, num[7]))) ||
	    read_kids(r, n, num[5], depth) < 0) {
		node_free(n);
		return NULL;
	}
	return n;
}

struct node *
tree_unpack(const char *p, size_t n, struct tree_arena *arena)
{
	struct reader r = { p, p + n, arena };

	return read_node(&r, 0);
}
