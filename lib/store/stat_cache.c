#include "store/stat_cache.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/cache_file.h"
#include "base/file_stamp.h"
#include "base/mem.h"
#include "base/strbuf.h"

#define NAME "stat-cache"
#define CACHE_BYTES (64u << 20)
#define COMPACT_AT 4096 /* lines that must be dead before a rewrite */

struct entry {
	struct file_stamp stamp;
	char sha256[SHA256_HEX];
};

struct stat_cache {
	char *root;
	struct entry *table; /* open addressing; size 0 power of two */
	size_t size, used;
	size_t lines;        /* in the file */
	struct strbuf fresh; /* lines to append */
};

static size_t
slot_of(const struct stat_cache *c, uint64_t ino)
{
	uint64_t h = ino * 0x9E3779B97F4A7C15u;
	size_t i = (size_t)(h >> 20) & (c->size - 1);

	while (c->table[i].sha256[0] && c->table[i].stamp.ino != ino)
		i = (i + 1) & (c->size - 1);
	return i;
}

static void
put(struct stat_cache *c, const struct entry *e)
{
	struct entry *old = c->table;
	size_t n = c->size, i;

	if ((c->used + 1) * 2 > c->size) {
		c->size = n ? n * 2 : 256;
		c->table = xcalloc(c->size, sizeof(*c->table));
		for (i = 0; i < n; i++)
			if (old[i].sha256[0])
				c->table[slot_of(c, old[i].stamp.ino)] = old[i];
		free(old);
	}
	i = slot_of(c, e->stamp.ino);
	c->used += !c->table[i].sha256[0];
	c->table[i] = *e;
}

/* One number and the space after it; sscanf would take longer than all else
 * for a hundred thousand lines. */
static const char *
number(const char *s, int64_t *out)
{
	uint64_t v = 0;
	int minus = *s == '-', digits = 0;

	for (s += minus; *s >= '0' && *s <= '9' && digits < 20; s++, digits++)
		v = v * 10 + (uint64_t)(*s - '0');
	*out = minus ? -(int64_t)v : (int64_t)v;
	return digits && *s == ' ' ? s + 1 : NULL;
}

static int
read_line(const char *s, struct entry *e)
{
	int64_t v[4];
	int i;

	for (i = 0; i < 4 && s; i++)
		s = number(s, &v[i]);
	if (!s || strspn(s, "0123456789abcdef") != 64 || s[64] != '\n')
		return -1;
	e->stamp.ino = (uint64_t)v[0];
	e->stamp.size = (uint64_t)v[1];
	e->stamp.mtime = v[2];
	e->stamp.ctime = v[3];
	memcpy(e->sha256, s, 64);
	e->sha256[64] = '\0';
	return 0;
}

/* A line that is cut or damaged is passed over. */
static void
load(struct stat_cache *c)
{
	struct strbuf b = STRBUF_INIT;
	const char *line, *end;
	struct entry e;

	if (cache_read(c->root, NAME, CACHE_BYTES, &b) == 0)
		for (line = b.buf; (end = strchr(line, '\n')); line = end + 1) {
			c->lines++;
			if (read_line(line, &e) == 0)
				put(c, &e);
		}
	strbuf_release(&b);
}

struct stat_cache *
stat_cache_open(const char *root)
{
	struct stat_cache *c = xcalloc(1, sizeof(*c));

	c->root = xstrdup(root);
	strbuf_init(&c->fresh);
	load(c);
	return c;
}

static void
line_of(const struct entry *e, struct strbuf *out)
{
	strbuf_addf(out, "%" PRIu64 " %" PRIu64 " %" PRId64 " %" PRId64
	    " %s\n", e->stamp.ino, e->stamp.size, e->stamp.mtime,
	    e->stamp.ctime, e->sha256);
}

int
stat_cache_sha256(struct stat_cache *c, const char *path,
    char out[SHA256_HEX], uint64_t *bytes, struct err *e)
{
	int64_t now = file_stamp_now();
	struct entry is, *had;
	struct stat st;
	uint64_t n;

	/* of a link its own: what it leads to may be in the cache, and is
	 * refused below */
	if (lstat(path, &st) < 0)
		return err_errno(e, "%s: cannot stat", path);
	file_stamp_of(&st, &is.stamp);
	if (c->size) {
		had = &c->table[slot_of(c, is.stamp.ino)];
		if (had->sha256[0] && file_stamp_same(&had->stamp, &is.stamp)) {
			memcpy(out, had->sha256, SHA256_HEX);
			if (bytes)
				*bytes = is.stamp.size;
			return 0;
		}
	}
	if (sha256_file(path, out, &n, e) < 0)
		return -1;
	if (bytes)
		*bytes = n;
	memcpy(is.sha256, out, SHA256_HEX);
	if (n == is.stamp.size && file_stamp_settled(&is.stamp, now)) {
		put(c, &is);
		line_of(&is, &c->fresh);
	}
	return 0;
}

/* What was written just now may be written again under the same times, so that
 * is remembered for this program's own sake only: the next one reads it. */
void
stat_cache_note(struct stat_cache *c, const char *path, const char *sha256)
{
	int64_t now = file_stamp_now();
	struct stat st;
	struct entry e;

	if (!c || lstat(path, &st) < 0)
		return;
	file_stamp_of(&st, &e.stamp);
	memcpy(e.sha256, sha256, SHA256_HEX);
	put(c, &e);
	if (file_stamp_settled(&e.stamp, now))
		line_of(&e, &c->fresh);
}

/* Rewrite with the live entries only. */
static void
compact(struct stat_cache *c)
{
	struct strbuf b = STRBUF_INIT;
	size_t i;

	for (i = 0; i < c->size; i++)
		if (c->table[i].sha256[0])
			line_of(&c->table[i], &b);
	cache_replace(c->root, NAME, b.buf, b.len);
	strbuf_release(&b);
}

void
stat_cache_close(struct stat_cache *c)
{
	if (!c)
		return;
	if (c->fresh.len && c->lines > COMPACT_AT && c->lines > 2 * c->used)
		compact(c);
	else if (c->fresh.len)
		cache_append(c->root, NAME, c->fresh.buf, c->fresh.len);
	strbuf_release(&c->fresh);
	free(c->table);
	free(c->root);
	free(c);
}
