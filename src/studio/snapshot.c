#include "studio/snapshot.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/folder.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/strvec.h"
#include "record/json.h"
#include "record/yaml.h"
#include "studio/history.h"

#define TEXT_BYTES (8u << 20)

const char *const snap_docs[SNAP_DOCS] = { "project.yaml", "settings.yaml",
	"lexicon.yaml" };
const char *const snap_texts[SNAP_TEXTS] = { "brief.md", "source.md",
	"script.md" };

/* Where files come from. */
struct source {
	const struct git *git;
	const char *commit, *name; /* commit NULL: the folder itself */
	struct git_list list;
	struct git_blobs blobs;
};

/* Ledger and captions are no part of it. */
static int
is_wanted(const char *path)
{
	const char *ext = path_extension(path);

	if (strchr(path, '/') && strncmp(path, "scenes/", 7) != 0)
		return 0;
	return !strcmp(ext, "yaml") || !strcmp(ext, "json") ||
	    !strcmp(ext, "md");
}

static int
source_open(struct source *s, const char *below, struct err *e)
{
	const struct git_entry *f;
	size_t i;

	memset(&s->list, 0, sizeof(s->list));
	memset(&s->blobs, 0, sizeof(s->blobs));
	if (!s->commit)
		return 0;
	if (git_list(s->git, s->commit, below, &s->list, e) < 0)
		return -1;
	for (i = 0; i < s->list.nr; i++) {
		f = &s->list.v[i];
		if (git_is_file(f) && is_wanted(f->path) &&
		    f->bytes <= TEXT_BYTES)
			git_blobs_want(&s->blobs, f->id);
	}
	return git_blobs_read(&s->blobs, s->git, TEXT_BYTES, e);
}

static void
source_close(struct source *s)
{
	git_list_release(&s->list);
	git_blobs_release(&s->blobs);
}

static int
read_here(const struct source *s, const char *path, struct strbuf *out,
    struct err *e)
{
	char *full = path_join(s->git->root, path);
	int there = file_exists(full), fd, ret = 0;

	if (there) {
		fd = path_open_beneath(s->git->root, path, e);
		ret = fd < 0 ? -1 : fd_read(fd, path, TEXT_BYTES, out, e);
		if (fd >= 0)
			close(fd);
	}
	free(full);
	return ret < 0 ? -1 : there;
}

/* 1 there, 0 not, -1 it cannot be read. */
static int
source_read(const struct source *s, const char *path, struct strbuf *out,
    struct err *e)
{
	const struct git_entry *f;
	const struct git_blob *b;

	strbuf_reset(out);
	if (!s->commit)
		return read_here(s, path, out, e);
	f = git_list_find(&s->list, path);
	if (!f)
		return 0;
	if (!git_is_file(f))
		return err_set(e, EX_DATA, "%s:%s: is no plain file; look at "
		    "another commit", s->name, path);
	b = git_blobs_get(&s->blobs, f->id);
	if (!b)
		return err_set(e, EX_DATA, "%s:%s: is larger than %u bytes, "
		    "or not in this clone; look at another commit", s->name,
		    path, TEXT_BYTES);
	strbuf_add(out, b->text, b->len);
	return 1;
}

/* The file as a tree. NULL with e->code 0 where it is not there. */
static struct node *
source_tree(const struct source *s, const char *path, struct err *e)
{
	struct strbuf b = STRBUF_INIT;
	char *shown = s->commit ? xasprintf("%s:%s", s->name, path)
				: xstrdup(path);
	struct node *n = NULL;

	e->code = 0;
	if (source_read(s, path, &b, e) == 1) {
		n = !strcmp(path_extension(path), "json")
		    ? json_parse(shown, b.buf, b.len, e)
		    : yaml_parse(shown, b.buf, b.len, e);
		if (n && n->kind != NODE_MAP) {
			err_set(e, EX_DATA, "%s: is no map of fields; look at "
			    "another commit, or mend it", shown);
			node_free(n);
			n = NULL;
		}
	}
	free(shown);
	strbuf_release(&b);
	return n;
}

/* The record of the take that the scene uses. */
static struct node *
used_record(const struct source *src, const struct snap_scene *s,
    const char *kind, struct err *e)
{
	char key[24], take[16] = "", *path;
	struct node *n;
	int use;

	snprintf(key, sizeof(key), "%s.use", kind);
	use = (int)node_num(s->doc, key, 1);
	snprintf(key, sizeof(key), "%s.file", kind);
	if (use > 1 && !node_get(s->doc, key))
		snprintf(take, sizeof(take), ".%d", use);
	path = xasprintf("scenes/%s/%s%s.json", s->dir, kind, take);
	n = source_tree(src, path, e);
	free(path);
	return n;
}

/* strict: a broken record is an error; one that cannot be read always is. */
static int
read_scene(const struct source *src, struct snap_scene *s, int strict,
    struct err *e)
{
	char *path = xasprintf("scenes/%s/scene.yaml", s->dir);

	s->doc = source_tree(src, path, e);
	free(path);
	if (!s->doc)
		return e->code ? -1 : 1;
	s->id = node_str(s->doc, "id", NULL);
	s->audio = used_record(src, s, "audio", e);
	if (!s->audio && (e->code == EX_IO || (e->code && strict)))
		return -1;
	s->image = used_record(src, s, "image", e);
	if (!s->image && (e->code == EX_IO || (e->code && strict)))
		return -1;
	return 0;
}

/* Folders that hold a scene.yaml, in the order of their names, which is that
 * of the film. */
static int
list_scenes(const struct source *s, struct strvec *out, struct err *e)
{
	const char *dir, *file;
	struct strvec names = STRVEC_INIT;
	char *path, *name;
	size_t i, n;
	int ret = 0;

	for (i = 0; i < s->list.nr; i++) {
		n = scene_dir_in(s->list.v[i].path, &dir, &file);
		if (!n || strcmp(file, "scene.yaml") != 0)
			continue;
		name = xmemdup(dir, n);
		strvec_push(out, name);
		free(name);
	}
	if (!s->commit) {
		path = path_join(s->git->root, "scenes");
		ret = folder_list(path, &names, e);
		free(path);
	}
	for (i = 0; i < names.nr; i++) {
		path = xasprintf("scenes/%s/scene.yaml", names.v[i]);
		if (scene_dir_in(path, &dir, &file))
			strvec_push(out, names.v[i]);
		free(path);
	}
	strvec_release(&names);
	strvec_sort(out);
	return ret;
}

static int
read_scenes(struct snapshot *s, const struct source *src, struct err *e)
{
	struct strvec dirs = STRVEC_INIT;
	struct snap_scene *sc;
	const struct snap_scene *same;
	int ret = list_scenes(src, &dirs, e);
	size_t i;

	for (i = 0; ret >= 0 && i < dirs.nr; i++) {
		ALLOC_GROW(s->scene, s->nr, s->alloc);
		sc = &s->scene[s->nr];
		memset(sc, 0, sizeof(*sc));
		sc->dir = xstrdup(dirs.v[i]);
		ret = read_scene(src, sc, 1, e);
		same = ret == 0 && sc->id ? snapshot_scene(s, sc->id) : NULL;
		if (same)
			ret = err_set(e, EX_DATA, "%s: scenes/%s and scenes/%s "
			    "have the same id; rm -r one of them, or delete "
			    "its \"id:\" line to make it a new scene", s->name,
			    same->dir, sc->dir);
		if (ret == 1) /* a leftover folder without scene.yaml */
			snap_scene_release(sc);
		else
			sc->index = ++s->nr;
	}
	strvec_release(&dirs);
	return ret < 0 ? -1 : 0;
}

int
snapshot_take(struct snapshot *s, const struct git *g, const char *commit,
    const char *name, struct err *e)
{
	struct source src = { g, commit, name, { NULL, 0, 0 },
		GIT_BLOBS_INIT };
	struct strbuf b = STRBUF_INIT;
	char sum[SHA256_HEX];
	int ret, i;

	memset(s, 0, sizeof(*s));
	s->name = xstrdup(name);
	ret = source_open(&src, "", e);
	for (i = 0; i < SNAP_DOCS && ret == 0; i++) {
		s->doc[i] = source_tree(&src, snap_docs[i], e);
		if (!s->doc[i] && e->code)
			ret = -1;
		else if (!s->doc[i])
			s->doc[i] = node_new(NODE_MAP);
	}
	for (i = 0; i < SNAP_TEXTS && ret == 0; i++) {
		ret = source_read(&src, snap_texts[i], &b, e);
		sha256_hex(b.buf, b.len, sum);
		if (ret == 1)
			s->text[i] = xstrdup(sum);
		ret = ret < 0 ? -1 : 0;
	}
	if (ret == 0) {
		s->cover = source_tree(&src, "cover.json", e);
		ret = !s->cover && e->code ? -1 : 0;
	}
	if (ret == 0)
		ret = read_scenes(s, &src, e);
	strbuf_release(&b);
	source_close(&src);
	if (ret < 0)
		snapshot_release(s);
	return ret;
}

int
snapshot_scene_read(struct snap_scene *s, const struct git *g,
    const char *commit, const char *dir, struct err *e)
{
	struct source src = { g, commit, commit, { NULL, 0, 0 },
		GIT_BLOBS_INIT };
	char *below = xasprintf("scenes/%s", dir);
	int ret;

	memset(s, 0, sizeof(*s));
	s->dir = xstrdup(dir);
	ret = source_open(&src, below, e);
	if (ret == 0)
		ret = read_scene(&src, s, 0, e);
	if (ret == 1)
		ret = err_set(e, EX_DATA, "%s/scene.yaml: is not there", below);
	source_close(&src);
	free(below);
	if (ret < 0)
		snap_scene_release(s);
	return ret;
}

const struct snap_scene *
snapshot_scene(const struct snapshot *s, const char *id)
{
	size_t i;

	for (i = 0; i < s->nr; i++)
		if (s->scene[i].id && !strcmp(s->scene[i].id, id))
			return &s->scene[i];
	return NULL;
}

void
snap_scene_release(struct snap_scene *s)
{
	free(s->dir);
	node_free(s->doc);
	node_free(s->audio);
	node_free(s->image);
	memset(s, 0, sizeof(*s));
}

void
snapshot_release(struct snapshot *s)
{
	size_t i;

	for (i = 0; i < SNAP_DOCS; i++)
		node_free(s->doc[i]);
	for (i = 0; i < SNAP_TEXTS; i++)
		free(s->text[i]);
	for (i = 0; i < s->nr; i++)
		snap_scene_release(&s->scene[i]);
	free(s->scene);
	node_free(s->cover);
	free(s->name);
	memset(s, 0, sizeof(*s));
}
