#include "studio/restore.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/path.h"
#include "record/json.h"
#include "store/provider_type.h"
#include "store/stored_media.h"
#include "studio/media_where.h"

#define RECORD_BYTES (8u << 20)

static int
has_sha256(const char *path, const char *sha256)
{
	char sum[SHA256_HEX];

	return file_exists(path) && sha256_file(path, sum, NULL, NULL) == 0 &&
	    !strcmp(sum, sha256);
}

/* A file of the user's own, from the project's folder: put back where it is
 * gone; one that is there may be used by others, and is left. */
static int
own_file(struct restore *r, const char *rel, struct err *e)
{
	const struct git_entry *f;
	struct git_list list;
	char *path, *dir;
	int ret = 0;

	if (!path_is_inside(rel))
		return 0;
	path = path_join(r->git->root, rel);
	if (git_list(r->git, r->commit, rel, &list, e) < 0) {
		free(path);
		return -1;
	}
	f = git_list_find(&list, rel);
	if (f && !git_is_file(f))
		f = NULL;
	if (!file_exists(path) && f) {
		dir = path_dirname(path);
		ret = file_mkdirs(dir, e);
		free(dir);
		if (ret == 0)
			ret = restore_blob(r, f, path, e);
		if (ret == 0)
			strvec_push(&r->done, rel);
	} else if (!file_exists(path)) {
		strvec_pushf(&r->left, "%s: is neither here nor in %.10s; put "
		    "it back, or name another file in scene.yaml", rel,
		    r->commit);
	} else if (f && !restore_is_same(r, f, path)) {
		strvec_pushf(&r->left, "%s: is not what it was in %.10s, and "
		    "is left as it is: git checkout %.10s -- brings it back",
		    rel, r->commit, r->commit);
	}
	git_list_release(&list);
	free(path);
	return ret;
}

/* What the store has for this record; 1 where it was put in place. */
static int
from_store(struct restore *r, const struct node *rec, const char *path,
    const char *name, struct err *e)
{
	const char *request = node_str(rec, "request", "");
	const char *sha256 = node_str(rec, "sha256", "");
	struct strbuf file = STRBUF_INIT;
	struct err why = ERR_INIT;
	int found = 0;

	if (media_is_digest(request) && media_is_digest(sha256))
		found = stored_media(request, sha256, &file, &why);
	if (found < 0) {
		strvec_push(&r->left, why.msg);
		found = 0;
	}
	if (found && (restore_keep(r, path, name, e) < 0 ||
	    file_write(path, file.buf, file.len, e) < 0))
		found = -1;
	if (found == 1)
		strvec_pushf(&r->done, "%s (of the store)", name);
	strbuf_release(&file);
	return found;
}

/* The media of one record, where the commit does not have it whole. */
static int
of_record(struct restore *r, const struct node *rec, struct err *e)
{
	const char *url = node_str(rec, "url", "");
	const char *provider = node_str(rec, "provider", "");
	const char *sha256 = node_str(rec, "sha256", "");
	const struct git_entry *f;
	char *path, *at;
	int ret = 0, pointer;

	if (!*sha256 || !path_is_inside(url) || strchr(url, '/') ||
	    *url == '.' || !strcmp(provider, "file"))
		return 0; /* the user's own: see own_file */
	at = xasprintf("scenes/%s/%s", r->dir, url);
	f = git_list_find(&r->list, at);
	pointer = f && media_is_pointer(r->git, f, NULL);
	free(at);
	path = path_join(r->base, url);
	if ((f && !pointer) || has_sha256(path, sha256)) {
		free(path);
		return 0;
	}
	if (provider_is_paid(provider))
		ret = from_store(r, rec, path, url, e);
	if (ret == 0 && pointer)
		strvec_pushf(&r->left, "%s: is a Git LFS pointer; git lfs "
		    "pull gets the file", url);
	else if (ret == 0 && provider_is_paid(provider))
		strvec_pushf(&r->left, "%s: is neither in git nor, by itself, "
		    "in the store; studio plan says what making it again "
		    "costs", url);
	free(path);
	return ret < 0 ? -1 : 0;
}

static int
each_record(struct restore *r, struct err *e)
{
	struct git_blobs b = GIT_BLOBS_INIT;
	const struct git_blob *text;
	struct node *rec;
	size_t i;
	int ret = 0;

	for (i = 0; i < r->list.nr; i++)
		if (!strcmp(path_extension(r->list.v[i].path), "json"))
			git_blobs_want(&b, r->list.v[i].id);
	ret = git_blobs_read(&b, r->git, RECORD_BYTES, e);
	for (i = 0; i < r->list.nr && ret == 0; i++) {
		if (strcmp(path_extension(r->list.v[i].path), "json") != 0 ||
		    !git_is_file(&r->list.v[i]))
			continue;
		text = git_blobs_get(&b, r->list.v[i].id);
		rec = text ? json_parse(r->list.v[i].path, text->text,
		    text->len, NULL) : NULL;
		if (rec && rec->kind == NODE_MAP)
			ret = of_record(r, rec, e);
		node_free(rec);
	}
	git_blobs_release(&b);
	return ret;
}

int
restore_media(struct restore *r, struct err *e)
{
	static const char *const keys[] = { "audio.file", "image.file" };
	const char *rel;
	size_t i;

	for (i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		rel = node_str(r->was.doc, keys[i], NULL);
		if (rel && own_file(r, rel, e) < 0)
			return -1;
	}
	return each_record(r, e);
}
