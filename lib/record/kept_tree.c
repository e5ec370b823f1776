#include "record/kept_tree.h"

#include <stdlib.h>
#include <string.h>

#include "base/cache_file.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "record/tree_pack.h"

#define NAME "tree-index"
#define LIMIT (512u << 20)
#define MAGIC 0x786564696f647473u /* also the order of bytes */
#define SUM_START 0x9E3779B97F4A7C15u
#define WASTE (1u << 20)  /* bytes of dead entries that are not worth it */

struct head {
	uint64_t magic, version;
};

/* An entry in the file; its tree follows. */
struct entry {
	uint64_t sum;          /* of all that follows */
	uint32_t bytes, kind;  /* with this head, a multiple of 8 */
	struct file_stamp stamp;
};

struct slot {
	const char *at;        /* an entry; NULL: free */
	uint64_t ino;          /* as in the entry, which is far away */
	uint32_t kind;
	int seen;              /* asked for, or new */
};

struct kept_tree {
	char *root;
	uint64_t version;
	struct strbuf old;     /* the file */
	struct strbuf **fresh; /* entries to append, one each */
	size_t fresh_nr, fresh_alloc;
	struct slot *slot;     /* open addressing; size 0 or a power of two */
	size_t size, used;
	int rewrite;           /* the file is not as it should be */
	int saw_all;
	struct tree_arena lent;
};

uint64_t
kept_tree_sum(uint64_t h, const void *p, size_t n)
{
	const char *s = p;
	uint64_t w;

	for (; n >= sizeof(w); s += sizeof(w), n -= sizeof(w)) {
		memcpy(&w, s, sizeof(w));
		h = (h ^ w) * 0x9FB21C651E98DF25u;
		h ^= h >> 29;
	}
	for (; n; s++, n--)
		h = (h ^ (unsigned char)*s) * 1099511628211u;
	return h ^ h >> 32;
}

static void
entry_at(const char *at, struct entry *e)
{
	memcpy(e, at, sizeof(*e));
}

static size_t
slot_of(const struct kept_tree *k, unsigned kind, uint64_t ino)
{
	uint64_t h = (ino * 2 + kind) * SUM_START;
	size_t i = (size_t)(h >> 20) & (k->size - 1);

	while (k->slot[i].at && (k->slot[i].ino != ino ||
	    k->slot[i].kind != kind))
		i = (i + 1) & (k->size - 1);
	return i;
}

static void
put_slot(struct kept_tree *k, const char *at, int seen)
{
	struct slot *old = k->slot, *s;
	size_t n = k->size, i;
	struct entry e;

	if ((k->used + 1) * 2 > k->size) {
		k->size = n ? n * 2 : 1024;
		k->slot = xcalloc(k->size, sizeof(*k->slot));
		for (i = 0; i < n; i++)
			if (old[i].at)
				k->slot[slot_of(k, old[i].kind,
				    old[i].ino)] = old[i];
		free(old);
	}
	entry_at(at, &e);
	s = &k->slot[slot_of(k, e.kind, e.stamp.ino)];
	k->used += !s->at;
	s->at = at;
	s->ino = e.stamp.ino;
	s->kind = e.kind;
	s->seen = seen;
}

/* Later entries win. What does not hang together ends it. */
static void
load(struct kept_tree *k)
{
	struct head h = { 0, 0 };
	struct entry e;
	size_t at = sizeof(h);

	if (cache_read(k->root, NAME, LIMIT, &k->old) < 0 ||
	    k->old.len < sizeof(h)) {
		k->rewrite = 1;
		return;
	}
	memcpy(&h, k->old.buf, sizeof(h));
	if (h.magic != MAGIC || h.version != k->version) {
		k->rewrite = 1;
		return;
	}
	while (at + sizeof(e) <= k->old.len) {
		entry_at(k->old.buf + at, &e);
		if (e.bytes < sizeof(e) || e.bytes % 8 ||
		    e.bytes > k->old.len - at)
			break;
		put_slot(k, k->old.buf + at, 0);
		at += e.bytes;
	}
	k->rewrite = at != k->old.len;
}

struct kept_tree *
kept_tree_open(const char *root, uint64_t version)
{
	struct kept_tree *k = xcalloc(1, sizeof(*k));

	k->root = xstrdup(root);
	k->version = version;
	strbuf_init(&k->old);
	load(k);
	return k;
}

static uint64_t
entry_sum(const char *at, size_t bytes)
{
	return kept_tree_sum(SUM_START, at + sizeof(uint64_t),
	    bytes - sizeof(uint64_t));
}

static struct node *
get(struct kept_tree *k, unsigned kind, const struct file_stamp *s, int lent)
{
	struct slot *slot;
	struct node *tree;
	struct entry e;

	if (!k || !k->size)
		return NULL;
	slot = &k->slot[slot_of(k, kind, s->ino)];
	if (!slot->at)
		return NULL;
	entry_at(slot->at, &e);
	if (!file_stamp_same(&e.stamp, s))
		return NULL;
	tree = e.sum != entry_sum(slot->at, e.bytes) ? NULL
	    : tree_unpack(slot->at + sizeof(e), e.bytes - sizeof(e),
	    lent ? &k->lent : NULL);
	slot->seen = tree != NULL;
	k->rewrite |= !tree;
	return tree;
}

struct node *
kept_tree_get(struct kept_tree *k, unsigned kind, const struct file_stamp *s)
{
	return get(k, kind, s, 0);
}

struct node *
kept_tree_lend(struct kept_tree *k, unsigned kind, const struct file_stamp *s)
{
	return get(k, kind, s, 1);
}

void
kept_tree_put(struct kept_tree *k, unsigned kind,
    const struct file_stamp *s, int64_t read_at, const struct node *tree)
{
	struct entry e = { 0, 0, kind, *s };
	struct strbuf *b;

	if (!k || !file_stamp_settled(s, read_at) || s->size > UINT32_MAX)
		return;
	b = xmalloc(sizeof(*b));
	strbuf_init(b);
	strbuf_add(b, &e, sizeof(e));
	if (tree_pack(tree, b) < 0 || b->len > UINT32_MAX - 8) {
		strbuf_release(b);
		free(b);
		return;
	}
	while (b->len % 8)
		strbuf_addch(b, 0);
	e.bytes = (uint32_t)b->len;
	memcpy(b->buf, &e, sizeof(e));
	e.sum = entry_sum(b->buf, b->len);
	memcpy(b->buf, &e, sizeof(e));
	ALLOC_GROW(k->fresh, k->fresh_nr, k->fresh_alloc);
	k->fresh[k->fresh_nr++] = b;
	put_slot(k, b->buf, 1);
}

/* Of use after a run that saw the whole project is only what it saw. */
static int
is_live(const struct kept_tree *k, size_t i)
{
	return k->slot[i].at && (k->slot[i].seen || !k->saw_all);
}

static void
rewrite(struct kept_tree *k, size_t live)
{
	struct head h = { MAGIC, k->version };
	struct strbuf b = STRBUF_INIT;
	struct entry e;
	size_t i;

	strbuf_grow(&b, live);
	strbuf_add(&b, &h, sizeof(h));
	for (i = 0; i < k->size; i++) {
		if (!is_live(k, i))
			continue;
		entry_at(k->slot[i].at, &e);
		strbuf_add(&b, k->slot[i].at, e.bytes);
	}
	cache_replace(k->root, NAME, b.buf, b.len);
	strbuf_release(&b);
}

static void
append(struct kept_tree *k)
{
	struct strbuf b = STRBUF_INIT;
	size_t i;

	for (i = 0; i < k->fresh_nr; i++)
		strbuf_add(&b, k->fresh[i]->buf, k->fresh[i]->len);
	cache_append(k->root, NAME, b.buf, b.len);
	strbuf_release(&b);
}

void
kept_tree_saw_all(struct kept_tree *k)
{
	if (k)
		k->saw_all = 1;
}

void
kept_tree_close(struct kept_tree *k)
{
	struct entry e;
	size_t i, live = sizeof(struct head);

	if (!k)
		return;
	for (i = 0; i < k->size; i++) {
		if (!is_live(k, i))
			continue;
		entry_at(k->slot[i].at, &e);
		live += e.bytes;
	}
	if (k->fresh_nr && (k->rewrite || k->old.len > 2 * live + WASTE))
		rewrite(k, live);
	else if (k->fresh_nr)
		append(k);
	tree_arena_release(&k->lent);
	for (i = 0; i < k->fresh_nr; i++) {
		strbuf_release(k->fresh[i]);
		free(k->fresh[i]);
	}
	free(k->fresh);
	free(k->slot);
	strbuf_release(&k->old);
	free(k->root);
	free(k);
}
