#include "studio/restore.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/path.h"
#include "store/object.h"
#include "studio/media_where.h"

#define KEPT_MOST 10000 /* folders of copies of one scene */

/* A name that a scene's folder may hold: no folder in it, nothing hidden. */
static const char *
name_of(const struct restore *r, const struct git_entry *f)
{
	const char *dir, *file;
	size_t n = scene_dir_in(f->path, &dir, &file);

	if (!n || strlen(r->dir) != n || strncmp(dir, r->dir, n) != 0 ||
	    strchr(file, '/') || *file == '.' || !path_is_inside(file) ||
	    !git_is_file(f))
		return NULL;
	return file;
}

/* The id of the file at path, as git would name it: with its filters, and
 * without. */
static int
has_id(const struct restore *r, const char *path, const char *id)
{
	const char *args[] = { "hash-object", "--no-filters", "--", path,
		NULL };
	struct git_call c = GIT_CALL_INIT;
	struct strbuf out = STRBUF_INIT;
	int same = 0, i;

	c.dir = r->git->root;
	c.args = args;
	c.out = &out;
	for (i = 0; i < 2 && !same; i++) {
		strbuf_reset(&out);
		if (git_ask(&c, NULL, NULL) == 0) {
			strbuf_trim(&out);
			same = !strcmp(out.buf, id);
		}
		args[1] = "--"; /* the filters of its path */
		args[2] = path;
		args[3] = NULL;
	}
	strbuf_release(&out);
	return same;
}

int
restore_is_same(const struct restore *r, const struct git_entry *f,
    const char *path)
{
	char points_to[SHA256_HEX], sum[SHA256_HEX];
	struct stat st;

	if (lstat(path, &st) < 0 || !S_ISREG(st.st_mode))
		return 0; /* git would follow a link */
	if (has_id(r, path, f->id))
		return 1;
	return media_is_pointer(r->git, f, points_to) && *points_to &&
	    sha256_file(path, sum, NULL, NULL) == 0 &&
	    !strcmp(sum, points_to);
}

/* A folder of its own for what is kept now. */
static int
make_kept(struct restore *r, struct err *e)
{
	char *name, *path;
	int i, ret;

	for (i = 1; i <= KEPT_MOST; i++) {
		name = xasprintf("%.8s-%s.%d", node_str(r->was.doc, "id", ""),
		    r->to, i);
		path = object_aside("kept", name);
		free(name);
		ret = object_mkdir_for(path, e);
		if (ret == 0 && mkdir(path, 0777) == 0) {
			r->kept = path;
			return file_sync_parent(path, e);
		}
		if (ret == 0 && errno != EEXIST)
			ret = err_errno(e, "%s: cannot make it", path);
		free(path);
		if (ret < 0)
			return -1;
	}
	return err_set(e, EX_IO, "%s: %d copies were kept of this scene; "
	    "remove some from the store's kept/", r->to, KEPT_MOST);
}

int
restore_keep(struct restore *r, const char *path, const char *name,
    struct err *e)
{
	const struct git_entry *f = NULL;
	struct stat st;
	char *at, *to;
	int ret;

	if (lstat(path, &st) < 0)
		return 0;
	if (!S_ISREG(st.st_mode))
		return err_set(e, EX_DATA, "%s: is no plain file; move it away "
		    "and try again", path);
	at = xasprintf("scenes/%s/%s", r->head ? r->head : r->to, name);
	f = git_list_find(&r->head_list, at);
	free(at);
	if (f && git_is_file(f) && restore_is_same(r, f, path))
		return 0;
	if (!r->kept && make_kept(r, e) < 0)
		return -1;
	to = path_join(r->kept, name);
	ret = file_copy(path, to, e);
	free(to);
	return ret;
}

/* By "git cat-file HOW..." into the temp file, from its start. */
static int
cat_into(const struct restore *r, const char *const *args, const char *in,
    size_t n, int fd)
{
	struct git_call c = GIT_CALL_INIT;

	c.dir = r->git->root;
	c.args = args;
	c.in = in;
	c.in_len = n;
	c.out_fd = fd;
	if (ftruncate(fd, 0) < 0 || lseek(fd, 0, SEEK_SET) < 0)
		return -1;
	return git_ask(&c, NULL, NULL) == 0 ? 0 : -1;
}

/* The file that a pointer stands for, where git-lfs is there and has or gets
 * it; else the pointer itself is written again. */
static int
smudge(const struct restore *r, const struct git_entry *f, const char *tmp,
    int fd, const char *points_to)
{
	const char *const raw[] = { "cat-file", "blob", f->id, NULL };
	const char *const lfs[] = { "lfs", "smudge", "--", f->path, NULL };
	struct git_blobs b = GIT_BLOBS_INIT;
	const struct git_blob *p;
	char sum[SHA256_HEX];
	int ok;

	git_blobs_want(&b, f->id);
	git_blobs_read(&b, r->git, (size_t)f->bytes, NULL);
	p = git_blobs_get(&b, f->id);
	ok = p && cat_into(r, lfs, p->text, p->len, fd) == 0 &&
	    sha256_file(tmp, sum, NULL, NULL) == 0 && !strcmp(sum, points_to);
	git_blobs_release(&b);
	return ok ? 0 : cat_into(r, raw, NULL, 0, fd);
}

int
restore_blob(struct restore *r, const struct git_entry *f, const char *path,
    struct err *e)
{
	char *arg = xasprintf("--path=%s%s", r->git->prefix, f->path);
	const char *const filtered[] = { "cat-file", "--filters", arg, f->id,
		NULL };
	const char *const raw[] = { "cat-file", "blob", f->id, NULL };
	char points_to[SHA256_HEX], sum[SHA256_HEX];
	struct tempfile *t = tempfile_new(path, e);
	int pointer = media_is_pointer(r->git, f, points_to), ret;

	if (!t) {
		free(arg);
		return -1;
	}
	ret = cat_into(r, filtered, NULL, 0, tempfile_fd(t));
	if (ret < 0)
		ret = cat_into(r, raw, NULL, 0, tempfile_fd(t));
	if (ret == 0 && pointer && (sha256_file(tempfile_path(t), sum, NULL,
	    NULL) < 0 || strcmp(sum, points_to) != 0))
		ret = smudge(r, f, tempfile_path(t), tempfile_fd(t),
		    points_to);
	free(arg);
	if (ret < 0) {
		tempfile_abandon(t);
		return err_set(e, EX_IO, "%s: git cannot give it out of %.10s; "
		    "git fsck looks for what is wrong", f->path, r->commit);
	}
	return tempfile_commit(t, e);
}

/* Media first, then records, scene.yaml last: what is killed on the way has no
 * record without its media. */
static int
rank(const char *name)
{
	if (!strcmp(name, "scene.yaml"))
		return 2;
	return !strcmp(path_extension(name), "json");
}

/* Is there only the pointer, of which the file may be had? */
static int
is_pointer_itself(const struct restore *r, const struct git_entry *f,
    const char *path)
{
	char points_to[SHA256_HEX], sum[SHA256_HEX];

	return media_is_pointer(r->git, f, points_to) &&
	    sha256_file(path, sum, NULL, NULL) == 0 &&
	    strcmp(sum, points_to) != 0;
}

static int
one_file(struct restore *r, const struct git_entry *f, const char *name,
    struct err *e)
{
	char *path = path_join(r->base, name);
	int ret = 0;

	if (!file_exists(path) || !restore_is_same(r, f, path) ||
	    is_pointer_itself(r, f, path)) {
		ret = restore_keep(r, path, name, e);
		if (ret == 0)
			ret = restore_blob(r, f, path, e);
		if (ret == 0 && !is_pointer_itself(r, f, path))
			strvec_push(&r->done, name);
	}
	free(path);
	return ret;
}

int
restore_files(struct restore *r, struct err *e)
{
	const char *name;
	int k, ret = file_mkdirs(r->base, e);
	size_t i;

	for (k = 0; ret == 0 && k < 3; k++) {
		for (i = 0; ret == 0 && i < r->list.nr; i++) {
			name = name_of(r, &r->list.v[i]);
			if (name && rank(name) == k)
				ret = one_file(r, &r->list.v[i], name, e);
		}
		if (k == 0 && ret == 0)
			ret = restore_media(r, e);
	}
	return ret;
}
