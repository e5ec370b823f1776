#include "store/stat_cache.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/strbuf.h"

#define CACHE_BYTES (64u << 20)
#define COMPACT_AT 4096 /* lines that must be dead before a rewrite */

struct entry {
	uint64_t ino, size;
	int64_t mtime, ctime; /* nanoseconds */
	char sha256[SHA256_HEX];
};

struct stat_cache {
	char *path;
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

	while (c->table[i].sha256[0] && c->table[i].ino != ino)
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
				c->table[slot_of(c, old[i].ino)] = old[i];
		free(old);
	}
	i = slot_of(c, e->ino);
	c->used += !c->table[i].sha256[0];
	c->table[i] = *e;
}

static int
is_hex64(const char *s)
{
	return strspn(s, "0123456789abcdef") == 64 && s[64] == '\0';
}

static void
load(struct stat_cache *c)
{
	struct strbuf b = STRBUF_INIT;
	struct entry e;
	char *line, *save = NULL;

	if (file_read(c->path, CACHE_BYTES, &b, NULL) == 0 && b.len) {
		for (line = strtok_r(b.buf, "\n", &save); line;
		    line = strtok_r(NULL, "\n", &save)) {
			c->lines++;
			if (sscanf(line, "%" SCNu64 " %" SCNu64 " %" SCNd64
			    " %" SCNd64 " %64s", &e.ino, &e.size, &e.mtime,
			    &e.ctime, e.sha256) == 5 && is_hex64(e.sha256))
				put(c, &e);
		}
	}
	strbuf_release(&b);
}

struct stat_cache *
stat_cache_open(const char *root)
{
	struct stat_cache *c = xcalloc(1, sizeof(*c));

	c->path = xasprintf("%s/build/stat-cache", root);
	strbuf_init(&c->fresh);
	load(c);
	return c;
}

static int64_t
nanoseconds(struct timespec t)
{
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void
entry_of(const struct stat *st, struct entry *e)
{
	memset(e, 0, sizeof(*e));
	e->ino = st->st_ino;
	e->size = (uint64_t)st->st_size;
	e->mtime = nanoseconds(st->st_mtim);
	e->ctime = nanoseconds(st->st_ctim);
}

static void
line_of(const struct entry *e, struct strbuf *out)
{
	strbuf_addf(out, "%" PRIu64 " %" PRIu64 " %" PRId64 " %" PRId64
	    " %s\n", e->ino, e->size, e->mtime, e->ctime, e->sha256);
}

static void
remember(struct stat_cache *c, struct entry *e, const char *sha256)
{
	struct timespec now;

	/* The kernel's file clock ticks every few milliseconds: a file that
	 * changed just now may change again under the same times. */
	clock_gettime(CLOCK_REALTIME, &now);
	memcpy(e->sha256, sha256, SHA256_HEX);
	put(c, e);
	if (nanoseconds(now) - e->ctime > 20 * 1000000)
		line_of(e, &c->fresh);
}

int
stat_cache_sha256(struct stat_cache *c, const char *path,
    char out[SHA256_HEX], uint64_t *bytes, struct err *e)
{
	struct entry now, *had;
	struct stat st;
	uint64_t n;

	if (stat(path, &st) < 0)
		return err_errno(e, "%s: cannot stat", path);
	entry_of(&st, &now);
	if (c->size) {
		had = &c->table[slot_of(c, now.ino)];
		if (had->sha256[0] && had->size == now.size &&
		    had->mtime == now.mtime && had->ctime == now.ctime) {
			memcpy(out, had->sha256, SHA256_HEX);
			if (bytes)
				*bytes = now.size;
			return 0;
		}
	}
	if (sha256_file(path, out, &n, e) < 0)
		return -1;
	if (bytes)
		*bytes = n;
	if (n == now.size)
		remember(c, &now, out);
	return 0;
}

void
stat_cache_note(struct stat_cache *c, const char *path, const char *sha256)
{
	struct stat st;
	struct entry e;

	if (!c || stat(path, &st) < 0)
		return;
	entry_of(&st, &e);
	memcpy(e.sha256, sha256, SHA256_HEX);
	put(c, &e);
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
	file_write(c->path, b.buf, b.len, NULL);
	strbuf_release(&b);
}

/* One write at the end of the file, so that programs in parallel do not mix
 * their lines. A folder that cannot be written costs only the cache. */
static void
append(struct stat_cache *c)
{
	int fd = open(c->path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);

	if (fd < 0)
		return;
	if (file_write_all(fd, c->fresh.buf, c->fresh.len) < 0)
		c->lines = 0;
	close(fd);
}

void
stat_cache_close(struct stat_cache *c)
{
	char *slash;

	if (!c)
		return;
	if (c->fresh.len) {
		slash = strrchr(c->path, '/');
		*slash = '\0';
		mkdir(c->path, 0777);
		*slash = '/';
		if (c->lines > COMPACT_AT && c->lines > 2 * c->used)
			compact(c);
		else
			append(c);
	}
	strbuf_release(&c->fresh);
	free(c->table);
	free(c->path);
	free(c);
}
