#include "store/git_media.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/path.h"
#include "store/git.h"

#define POINTER_BYTES 1024 /* a Git LFS pointer is smaller */

/* Is it a Git LFS pointer to the file of that digest? */
static int
points_to(const struct strbuf *b, const char *sha256)
{
	static const char head[] = "version https://git-lfs.github.com/spec/";
	const char *oid = b->len < POINTER_BYTES &&
	    !strncmp(b->buf, head, sizeof(head) - 1) ? strstr(b->buf,
	    "\noid sha256:") : NULL;

	return oid && !strncmp(oid + 12, sha256, SHA256_HEX - 1);
}

int
git_media_tracks(const char *path)
{
	char *object = xasprintf("HEAD:./%s", path_basename(path));
	char *dir = path_dirname(path);
	const char *args[] = { "cat-file", "-e", object, NULL };
	struct git_call c = GIT_CALL_INIT;
	struct strbuf out = STRBUF_INIT;
	int yes;

	c.dir = dir;
	c.args = args;
	c.out = &out;
	yes = git_ask(&c, NULL, NULL) == 0;
	strbuf_release(&out);
	free(object);
	free(dir);
	return yes;
}

int
git_media_has(const char *path, const char *sha256)
{
	char *object = xasprintf("HEAD:./%s", path_basename(path));
	char *dir = path_dirname(path), sum[SHA256_HEX];
	const char *args[] = { "cat-file", "blob", object, NULL };
	struct git_call c = GIT_CALL_INIT;
	struct strbuf out = STRBUF_INIT;
	int yes;

	c.dir = dir;
	c.args = args;
	c.out = &out;
	yes = git_ask(&c, NULL, NULL) == 0;
	if (yes) {
		sha256_hex(out.buf, out.len, sum);
		yes = !strcmp(sum, sha256) || points_to(&out, sha256);
	}
	strbuf_release(&out);
	free(object);
	free(dir);
	return yes;
}

int
git_media_of(const struct asset_state *a)
{
	return a->media && a->rec.sha256 && (a->scene ||
	    a->what == ASSET_COVER) && git_media_has(a->media, a->rec.sha256);
}

char *
git_media_cure(const struct asset_state *a)
{
	if (!git_media_of(a))
		return NULL;
	return a->scene ? xasprintf("studio restore %zu", a->scene->index)
	    : xasprintf("git checkout HEAD -- %s", path_basename(a->media));
}
