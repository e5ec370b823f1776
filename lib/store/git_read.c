/* What is in a commit (store/git.h). */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/git.h"

#define BATCH_BYTES (256u << 20) /* of blobs that are read at once */

/* "100644 blob ID   SIZE\tPATH"; returns what is behind its NUL, NULL where it
 * is none. */
static const char *
read_entry(const struct git *g, const char *s, const char *end,
    struct git_list *out)
{
	size_t n = strnlen(s, (size_t)(end - s)), skip = strlen(g->prefix);
	const char *tab = memchr(s, '\t', n), *path;
	char kind[16], size[24];
	struct git_entry *f;

	if (!tab || s + n == end)
		return NULL;
	path = tab + 1;
	if (strncmp(path, g->prefix, skip) != 0)
		return s + n + 1;
	ALLOC_GROW(out->v, out->nr, out->alloc);
	f = &out->v[out->nr];
	memset(f, 0, sizeof(*f));
	if (sscanf(s, "%o %15s %64[0-9a-f] %23s", &f->mode, kind, f->id,
	    size) != 4)
		return NULL;
	f->bytes = *size >= '0' && *size <= '9' ? strtoll(size, NULL, 10) : -1;
	f->path = xstrdup(path + skip);
	out->nr++;
	return s + n + 1;
}

int
git_list(const struct git *g, const char *commit, const char *path,
    struct git_list *out, struct err *e)
{
	char *full = xasprintf("%s%s", g->prefix, path);
	const char *args[] = { "ls-tree", "-r", "-l", "-z", "--full-tree",
		"--", commit, *full ? full : NULL, NULL };
	struct git_call c = GIT_CALL_INIT;
	struct strbuf b = STRBUF_INIT;
	const char *s, *end;
	int ret;

	memset(out, 0, sizeof(*out));
	c.dir = g->root;
	c.args = args;
	c.out = &b;
	ret = git_run(&c, e);
	end = b.buf + b.len;
	for (s = b.buf; ret == 0 && s < end;) {
		s = read_entry(g, s, end, out);
		if (!s)
			ret = err_set(e, EX_FAILED, "git ls-tree: gave what "
			    "is no list of files; git fsck looks for what is "
			    "wrong");
	}
	if (ret < 0)
		git_list_release(out);
	strbuf_release(&b);
	free(full);
	return ret;
}

void
git_list_release(struct git_list *l)
{
	size_t i;

	for (i = 0; i < l->nr; i++)
		free(l->v[i].path);
	free(l->v);
	memset(l, 0, sizeof(*l));
}

const struct git_entry *
git_list_find(const struct git_list *l, const char *path)
{
	size_t lo = 0, hi = l->nr, mid;
	int order;

	/* whole paths in a recursive list are sorted by their bytes */
	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		order = strcmp(path, l->v[mid].path);
		if (!order)
			return &l->v[mid];
		if (order < 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	return NULL;
}

int
git_is_file(const struct git_entry *f)
{
	return f->mode == 0100644 || f->mode == 0100755;
}

void
git_blobs_want(struct git_blobs *b, const char *id)
{
	if (strspn(id, "0") == strlen(id))
		return; /* "no file" in a diff */
	ALLOC_GROW(b->v, b->nr, b->alloc);
	memset(&b->v[b->nr], 0, sizeof(*b->v));
	snprintf(b->v[b->nr++].id, GIT_ID, "%s", id);
	b->sorted = 0;
}

static int
by_id(const void *pa, const void *pb)
{
	const struct git_blob *a = pa, *b = pb;
	int order = strcmp(a->id, b->id);

	/* what was read before stays the first of its equals */
	return order ? order : (b->text != NULL) - (a->text != NULL);
}

static void
sort(struct git_blobs *b)
{
	size_t i, kept = 0;

	if (b->nr)
		qsort(b->v, b->nr, sizeof(*b->v), by_id);
	for (i = 0; i < b->nr; i++) {
		if (kept && !strcmp(b->v[kept - 1].id, b->v[i].id))
			free(b->v[i].text);
		else
			b->v[kept++] = b->v[i];
	}
	b->nr = kept;
	b->sorted = 1;
}

static int
cat_file(const struct git *g, const char *how, const struct strbuf *ids,
    struct strbuf *out, struct err *e)
{
	const char *args[] = { "cat-file", how, NULL };
	struct git_call c = GIT_CALL_INIT;

	c.dir = g->root;
	c.args = args;
	c.in = ids->buf;
	c.in_len = ids->len;
	c.out = out;
	return git_run(&c, e);
}

static int
broken(struct err *e)
{
	return err_set(e, EX_FAILED, "git cat-file: gave another answer than "
	    "was asked for; git fsck looks for what is wrong");
}

/* len is set where it is a blob that may be read; the others get SIZE_MAX. */
static int
read_sizes(struct git_blobs *b, const struct git *g, size_t limit,
    struct err *e)
{
	struct strbuf ids = STRBUF_INIT, out = STRBUF_INIT;
	unsigned long long size;
	const char *s;
	size_t i;
	int ret;

	for (i = 0; i < b->nr; i++)
		strbuf_addf(&ids, "%s\n", b->v[i].id);
	ret = cat_file(g, "--batch-check", &ids, &out, e);
	s = out.buf;
	for (i = 0; ret == 0 && i < b->nr; i++) {
		size_t n = strlen(b->v[i].id);

		if (strncmp(s, b->v[i].id, n) != 0) {
			ret = broken(e);
			break;
		}
		if (sscanf(s + n, " blob %llu", &size) != 1 || size > limit)
			size = SIZE_MAX;
		if (!b->v[i].text)
			b->v[i].len = (size_t)size;
		s += strcspn(s, "\n");
		s += *s == '\n';
	}
	strbuf_release(&ids);
	strbuf_release(&out);
	return ret;
}

/* "ID blob SIZE\n", the bytes, "\n" */
static int
take(struct git_blob *b, const char **at, const char *end, struct err *e)
{
	size_t n = strlen(b->id);
	const char *s = *at, *nl;
	unsigned long long size;

	if ((size_t)(end - s) < n || strncmp(s, b->id, n) != 0 ||
	    sscanf(s + n, " blob %llu", &size) != 1 || size != b->len)
		return broken(e);
	nl = memchr(s, '\n', (size_t)(end - s));
	if (!nl || (size_t)(end - nl - 1) < b->len + 1)
		return broken(e);
	b->text = xmemdup(nl + 1, b->len);
	*at = nl + 1 + b->len + 1;
	return 0;
}

/* As many from i on as a batch may have; returns where the next begins. */
static int
read_batch(struct git_blobs *b, const struct git *g, size_t *i, struct err *e)
{
	struct strbuf ids = STRBUF_INIT, out = STRBUF_INIT;
	size_t from = *i, sum = 0, k;
	const char *s;
	int ret = 0;

	for (k = from; k < b->nr; k++) {
		if (b->v[k].text || b->v[k].len == SIZE_MAX)
			continue;
		if (sum && sum + b->v[k].len > BATCH_BYTES)
			break;
		sum += b->v[k].len + 1;
		strbuf_addf(&ids, "%s\n", b->v[k].id);
	}
	*i = k;
	if (ids.len)
		ret = cat_file(g, "--batch", &ids, &out, e);
	s = out.buf;
	for (k = from; ids.len && ret == 0 && k < *i; k++)
		if (!b->v[k].text && b->v[k].len != SIZE_MAX)
			ret = take(&b->v[k], &s, out.buf + out.len, e);
	strbuf_release(&ids);
	strbuf_release(&out);
	return ret;
}

int
git_blobs_read(struct git_blobs *b, const struct git *g, size_t limit,
    struct err *e)
{
	size_t i = 0;
	int ret = 0;

	sort(b);
	if (b->nr)
		ret = read_sizes(b, g, limit, e);
	while (ret == 0 && i < b->nr)
		ret = read_batch(b, g, &i, e);
	return ret;
}

static int
has_id(const void *id, const void *blob)
{
	return strcmp(id, ((const struct git_blob *)blob)->id);
}

const struct git_blob *
git_blobs_get(const struct git_blobs *b, const char *id)
{
	const struct git_blob *found;

	if (!b->sorted || !b->nr)
		return NULL;
	found = bsearch(id, b->v, b->nr, sizeof(*b->v), has_id);
	return found && found->text ? found : NULL;
}

void
git_blobs_release(struct git_blobs *b)
{
	size_t i;

	for (i = 0; i < b->nr; i++)
		free(b->v[i].text);
	free(b->v);
	memset(b, 0, sizeof(*b));
}
