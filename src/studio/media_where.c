#include "studio/media_where.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/path.h"
#include "store/lfs.h"
#include "store/object.h"
#include "store/provider_type.h"

static const struct {
	const char *words, *name;
} wheres[] = {
	{ "none", "none" }, { "in git", "git" }, { "in the folder", "here" },
	{ "in the store", "store" }, { "free to make again", "free" },
	{ "by git lfs", "lfs" }, { "only by paying", "pay" },
	{ "gone", "gone" }
};

const char *
media_where_words(enum media_where w)
{
	return wheres[w].words;
}

const char *
media_where_name(enum media_where w)
{
	return wheres[w].name;
}

char *
media_where_path(const char *dir, const char *url)
{
	int own = !strncmp(url, "../../", 6);
	char *path = own ? xstrdup(url + 6)
			 : xasprintf("scenes/%s/%s", dir, url);

	if (path_is_inside(own ? path : url) && path_is_inside(path))
		return path;
	free(path);
	return NULL;
}

int
media_is_pointer(const struct git *g, const struct git_entry *f, char *sha256)
{
	struct git_blobs b = GIT_BLOBS_INIT;
	const struct git_blob *blob;
	int yes;

	if (sha256)
		*sha256 = '\0';
	if (f->bytes < 0 || f->bytes >= LFS_POINTER_BYTES)
		return 0;
	git_blobs_want(&b, f->id);
	git_blobs_read(&b, g, LFS_POINTER_BYTES, NULL);
	blob = git_blobs_get(&b, f->id);
	yes = blob && lfs_is_pointer(blob->text, blob->len, sha256);
	git_blobs_release(&b);
	return yes;
}

int
media_is_digest(const char *s)
{
	return strspn(s, "0123456789abcdef") == SHA256_HEX - 1 &&
	    strlen(s) == SHA256_HEX - 1;
}

/* The file of the commit, which may lie outside the scene's folder. */
static int
find_in_git(const struct git *g, const char *commit,
    const struct git_list *files, const char *path, int *pointer)
{
	const struct git_entry *f;
	struct git_list other = { NULL, 0, 0 };
	int found;

	f = git_list_find(files, path);
	if (!f && strncmp(path, "scenes/", 7) != 0 &&
	    git_list(g, commit, path, &other, NULL) == 0)
		f = git_list_find(&other, path);
	found = f && git_is_file(f) && f->bytes >= 0;
	*pointer = found && media_is_pointer(g, f, NULL);
	git_list_release(&other);
	return found;
}

static int
is_here(const struct git *g, const char *here, const char *url,
    const char *sha256)
{
	char sum[SHA256_HEX], *rel, *path;
	int yes = 0;

	rel = here && *sha256 ? media_where_path(here, url) : NULL;
	if (!rel)
		return 0;
	path = path_join(g->root, rel);
	if (file_exists(path))
		yes = sha256_file(path, sum, NULL, NULL) == 0 &&
		    !strcmp(sum, sha256);
	free(path);
	free(rel);
	return yes;
}

enum media_where
media_where(const struct git *g, const char *commit,
    const struct git_list *files, const char *dir, const struct node *rec,
    const char *here)
{
	const char *url = node_str(rec, "url", NULL);
	const char *provider = node_str(rec, "provider", "");
	const char *sha256 = node_str(rec, "sha256", "");
	const char *request = node_str(rec, "request", "");
	char *path = url ? media_where_path(dir, url) : NULL;
	int pointer = 0, in_git;

	if (!path)
		return WHERE_NONE;
	in_git = find_in_git(g, commit, files, path, &pointer);
	free(path);
	if (in_git && !pointer)
		return WHERE_GIT;
	if (is_here(g, here, url, sha256))
		return WHERE_HERE;
	if (!strcmp(provider, "file"))
		return pointer ? WHERE_LFS : WHERE_GONE;
	if (!provider_is_paid(provider))
		return WHERE_FREE;
	if (media_is_digest(request) && object_is_there(request))
		return WHERE_STORE;
	return pointer ? WHERE_LFS : WHERE_PAY;
}
