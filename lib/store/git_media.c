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

int
git_media_has(const char *path, const char *sha256)
{
	struct strbuf file = STRBUF_INIT;
	char sum[SHA256_HEX];
	int yes = ask_head("blob", path, &file);

	if (yes) {
		sha256_hex(file.buf, file.len, sum);
		yes = !strcmp(sum, sha256) || points_to(&file, sha256);
	}
	strbuf_release(&file);
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
