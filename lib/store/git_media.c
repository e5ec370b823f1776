#include "store/git_media.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/path.h"
#include "store/git.h"
#include "store/lfs.h"

#define FEW 4 /* questions that are asked one by one */
#define BATCH_BYTES (64ll << 20)

/* What is gone, and what the last commit has at its path. */
struct gone {
	struct asset_state *a;
	const struct git_entry *f;
};

/* git cat-file HOW of the file as it was committed last, to *out; is there such
 * a one? */
static int
ask_head(const char *how, const char *path, struct strbuf *out)
{
	char *object = xasprintf("HEAD:./%s", path_basename(path));
	char *dir = path_dirname(path);
	const char *args[] = { "cat-file", how, object, NULL };
	struct git_call c = GIT_CALL_INIT;
	int yes;

	c.dir = dir;
	c.args = args;
	c.out = out;
	yes = git_ask(&c, NULL, NULL) == 0;
	free(object);
	free(dir);
	return yes;
}

int
git_media_tracks(const char *path)
{
	struct strbuf none = STRBUF_INIT;
	int yes = ask_head("-e", path, &none);

	strbuf_release(&none);
	return yes;
}

/* Are those the bytes, or a pointer to them? */
static int
is_it(const char *p, size_t n, const char *sha256)
{
	char sum[SHA256_HEX];

	if (!lfs_is_pointer(p, n, sum) || strcmp(sum, sha256) != 0)
		sha256_hex(p, n, sum);
	return !strcmp(sum, sha256);
}

int
git_media_has(const char *path, const char *sha256)
{
	struct strbuf file = STRBUF_INIT;
	int yes = ask_head("blob", path, &file) &&
	    is_it(file.buf, file.len, sha256);

	strbuf_release(&file);
	return yes;
}

static int
can_have(const struct asset_state *a)
{
	return a->media && a->rec.sha256 && (a->scene ||
	    a->what == ASSET_COVER);
}

int
git_media_of(const struct asset_state *a)
{
	if (a->in_git)
		return a->in_git > 0;
	return can_have(a) && git_media_has(a->media, a->rec.sha256);
}

/* Those that git has a file for, from i on, as many as a batch may have;
 * returns where the next begins. What cannot be read stays unasked. */
static size_t
find_batch(const struct git *g, struct gone *v, size_t nr, size_t i)
{
	struct git_blobs blobs = GIT_BLOBS_INIT;
	const struct git_blob *b;
	long long bytes = 0;
	size_t from = i;

	do {
		if (v[i].f)
			git_blobs_want(&blobs, v[i].f->id);
		bytes += v[i].f ? v[i].f->bytes : 0;
	} while (++i < nr && bytes + (v[i].f ? v[i].f->bytes : 0) <
	    BATCH_BYTES);
	git_blobs_read(&blobs, g, GIT_OUT_BYTES, NULL);
	for (; from < i; from++) {
		b = v[from].f ? git_blobs_get(&blobs, v[from].f->id) : NULL;
		if (b)
			v[from].a->in_git = is_it(b->text, b->len,
			    v[from].a->rec.sha256) ? 1 : -1;
	}
	git_blobs_release(&blobs);
	return i;
}

/* Could it be, by its size? Of a pointer that is not the file's. */
static int
may_be(const struct git_entry *f, const struct asset_state *a)
{
	return git_is_file(f) && (f->bytes < LFS_POINTER_BYTES ||
	    !a->rec.bytes || (uint64_t)f->bytes == a->rec.bytes);
}

/* The file of the last commit at the path of an asset's media. */
static void
find_entry(const struct project *p, const struct git_list *l, struct gone *v)
{
	size_t n = strlen(p->root);
	const char *path = v->a->media;

	if (strncmp(path, p->root, n) != 0 || path[n] != '/')
		return; /* is asked for by itself */
	v->f = git_list_find(l, path + n + 1);
	if (v->f && !may_be(v->f, v->a))
		v->f = NULL;
	v->a->in_git = v->f ? 0 : -1;
}

static void
find(const struct project *p, struct gone *v, size_t nr)
{
	struct git_list head = { NULL, 0, 0 };
	struct git g;
	size_t i;

	if (git_open(&g, p->root, NULL) == 0)
		git_list(&g, "HEAD", "", &head, NULL);
	for (i = 0; i < nr; i++)
		find_entry(p, &head, &v[i]);
	for (i = 0; i < nr;)
		i = find_batch(&g, v, nr, i);
	git_list_release(&head);
	git_release(&g);
}

void
git_media_find(const struct project *p, struct survey *v)
{
	struct gone *gone = xcalloc(v->nr, sizeof(*gone));
	size_t i, nr = 0;

	for (i = 0; i < v->nr; i++)
		if (v->a[i].state == STATE_MISSING && can_have(&v->a[i]) &&
		    !state_needs_making(&v->a[i]))
			gone[nr++].a = &v->a[i];
	if (nr > FEW)
		find(p, gone, nr);
	free(gone);
}

char *
git_media_cure(const struct asset_state *a)
{
	if (!git_media_of(a))
		return NULL;
	return a->scene ? xasprintf("studio restore %zu", a->scene->index)
	    : xasprintf("git checkout HEAD -- %s", path_basename(a->media));
}
