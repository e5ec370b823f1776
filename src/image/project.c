/*
 * image -C DIR: the pictures of a project's scenes, and its cover.
 */
#include "image/image.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/path.h"
#include "base/progress.h"
#include "provider/image_make.h"
#include "provider/provider.h"
#include "record/preset.h"
#include "record/yaml.h"
#include "store/own_file.h"

struct run {
	const struct usage *usage;
	const struct image_options *o;
	struct project p;
	struct stat_cache *cache;
	size_t *scene, nr; /* indices into p.scene */
	int worst;         /* exit code so far */
};

static void
fail(struct run *r, const struct scene *s, const struct err *e)
{
	if (s)
		warning("scene %zu (scenes/%s): %s", s->index, s->dir, e->msg);
	else
		warning("cover: %s", e->msg);
	if (e->code > r->worst)
		r->worst = e->code;
}

static void
load(struct run *r)
{
	struct err e = ERR_INIT;
	char *root = project_find(r->o->dir, &e);

	if (!root || project_load(&r->p, root, &e) < 0)
		die_err(&e);
	free(root);
}

/* Which scenes: those named, in the order given, else all. */
static void
choose(struct run *r, char **names, int n)
{
	struct err e = ERR_INIT;
	size_t i;
	int k;

	free(r->scene);
	r->scene = NULL;
	r->nr = 0;
	for (k = 0; k < n; k++)
		if (project_scenes(&r->p, names[k], &r->scene, &r->nr, &e) < 0)
			die_err(&e);
	if (n)
		return;
	r->scene = xcalloc(r->p.nr + 1, sizeof(*r->scene));
	for (i = 0; i < r->p.nr; i++)
		r->scene[r->nr++] = i;
}

/* Set one value of a file of the project. Takes value over. */
static void
set_value(struct run *r, const char *file, const char *key,
	struct node *value)
{
	char *path = path_join(r->p.root, file);
	struct err e = ERR_INIT;

	if (yaml_edit_file(path, key, value, &e) < 0)
		die_err(&e);
	node_free(value);
	free(path);
}

static void
set_scene(struct run *r, const struct scene *s, const char *key,
	struct node *value)
{
	char *file = xasprintf("scenes/%s/scene.yaml", s->dir);

	set_value(r, file, key, value);
	free(file);
}

static void
set_file(struct run *r)
{
	struct err e = ERR_INIT;
	char *rel, *dir;

	if (r->nr != 1)
		options_fail(r->usage, "--file needs one scene: name it");
	/* What cannot be shown must not get into the project. */
	dir = path_dirname(r->o->file);
	if (image_check_file(dir, path_basename(r->o->file), NULL, NULL,
	    &e) < 0)
		die_err(&e);
	free(dir);
	rel = own_file_take(&r->p, r->o->file, &e);
	if (!rel)
		die_err(&e);
	set_scene(r, &r->p.scene[r->scene[0]], "image.file", node_text(rel));
	free(rel);
}

/* A further take of each scene, to be used from now on. */
static void
set_again(struct run *r)
{
	const struct scene *s;
	size_t i;
	int take;

	for (i = 0; i < r->nr; i++) {
		s = &r->p.scene[r->scene[i]];
		if (s->image_file)
			die(EX_BADUSE, "scene %zu shows your own picture (%s); "
			    "--again is for made ones", s->index,
			    s->image_file);
		take = scene_takes(s, ASSET_IMAGE) + 1;
		set_scene(r, s, "image.takes", node_whole(take));
		set_scene(r, s, "image.use", node_whole(take));
	}
}

static void
check_options(const struct run *r, int named)
{
	const struct image_options *o = r->o;
	struct err e = ERR_INIT;
	int w, h;

	if (o->cover && (named || o->again || o->file))
		options_fail(r->usage, "--cover stands alone: it has one take, "
		    "and your own picture is put in its place as a file");
	if (named && (o->provider || o->tone || o->look || o->size))
		options_fail(r->usage, "--provider, --size, --tone and --look "
		    "are set for the whole project; name no scene");
	if (o->provider && !image_provider_find(o->provider, &e))
		die_err(&e);
	if (o->size && frame_size_parse(o->size, &w, &h) < 0)
		options_fail(r->usage, "--size is WIDTHxHEIGHT, both even, 16 "
		    "to 7680: \"%s\"", o->size);
}

/* What enters a digest is first written where the project keeps it. Returns 1
 * when anything was. */
static int
write_options(struct run *r, int named)
{
	const struct image_options *o = r->o;
	size_t i;

	check_options(r, named);
	if (o->provider)
		set_value(r, "settings.yaml", "imageModel",
		    node_text(o->provider));
	if (o->look)
		set_value(r, "settings.yaml", "look", node_text(o->look));
	if (o->tone)
		set_value(r, "project.yaml", "tone", node_text(o->tone));
	if (o->size)
		set_value(r, "project.yaml", "size", node_text(o->size));
	if (o->style && !named)
		set_value(r, "settings.yaml", "defaultImageStyle",
		    node_text(o->style));
	for (i = 0; o->style && named && i < r->nr; i++)
		set_scene(r, &r->p.scene[r->scene[i]], "image.style",
		    node_text(o->style));
	if (o->file)
		set_file(r);
	if (o->again)
		set_again(r);
	return o->provider || o->look || o->tone || o->size || o->style ||
	    o->file || o->again;
}

/* Why this one is not made, where something has to be done about it: -1. */
static int
obstacle(const struct run *r, const struct asset_state *a, struct err *e)
{
	const char *what = a->rec.url ? a->rec.url : "its file";

	switch (a->state) {
	case STATE_POINTER:
		return err_set(e, EX_LATER, "%s is a Git LFS pointer; run git "
		    "lfs pull", what);
	case STATE_FAILED:
		if (r->o->retry)
			return 0;
		return err_set(e, EX_REFUSED, "%s; change the prompt, or try "
		    "the same again with --retry", a->why);
	case STATE_MISSING:
		if (state_needs_making(a) || r->o->regen)
			return 0;
		return err_set(e, EX_LATER, "%s is gone and is not in the "
		    "store; restore it by git, or pay for it again with "
		    "--regen", what);
	default:
		return 0;
	}
}

/* The user changed the file that the scene names: its size is read anew. */
static int
is_own_and_changed(const struct asset_state *a)
{
	return a->state == STATE_MODIFIED && a->scene && a->scene->image_file;
}

static void
say_warnings(const struct scene *s, const struct strbuf *warnings)
{
	struct err e = ERR_INIT;
	struct run none = { 0 };
	const char *line, *end;

	for (line = warnings->buf; *line; line = *end ? end + 1 : end) {
		end = strchrnul(line, '\n');
		if (end == line)
			continue;
		err_set(&e, EX_DONE, "%.*s", (int)(end - line), line);
		fail(&none, s, &e);
	}
}

/* s NULL is the cover. */
static void
make_take(struct run *r, const struct scene *s, int take)
{
	struct asset_state a;
	struct strbuf out = STRBUF_INIT, warnings = STRBUF_INIT;
	struct err e = ERR_INIT;
	int k;

	memset(&a, 0, sizeof(a));
	k = s ? state_image(&r->p, s, take, r->cache, &a, &e) :
	    state_cover(&r->p, r->cache, &a, &e);
	if (!k)
		k = obstacle(r, &a, &e);
	if (!k && (!state_is_usable(&a) || is_own_and_changed(&a)))
		k = image_make(&r->p, &a, r->cache, &warnings, &e);
	else if (!k)
		commit_touch(&a);
	say_warnings(s, &warnings);
	if (k < 0) {
		fail(r, s, &e);
	} else if (a.rec.doc) {
		record_line(&r->p, &a, &out);
		puts(out.buf);
	}
	strbuf_release(&out);
	strbuf_release(&warnings);
	asset_state_release(&a);
}

static void
make_scenes(struct run *r)
{
	struct progress *bar = progress_start("pictures", r->nr);
	const struct scene *s;
	size_t i;
	int take;

	for (i = 0; i < r->nr; i++) {
		progress_show(bar, i);
		s = &r->p.scene[r->scene[i]];
		if (!s->id) {
			warning("scenes/%s: has no id yet; run split-scenes "
			    "first", s->dir);
			r->worst = r->worst > EX_DATA ? r->worst : EX_DATA;
			continue;
		}
		for (take = 1; take <= scene_takes(s, ASSET_IMAGE); take++)
			make_take(r, s, take);
	}
	progress_end(bar);
}

int
image_project(const struct usage *u, const struct image_options *o,
	char **scenes, int nr)
{
	struct run r;

	memset(&r, 0, sizeof(r));
	r.usage = u;
	r.o = o;
	load(&r);
	choose(&r, scenes, nr);
	if (write_options(&r, nr > 0)) {
		project_release(&r.p);
		load(&r);
		choose(&r, scenes, nr);
	}
	r.cache = stat_cache_open(r.p.root);
	if (o->cover)
		make_take(&r, NULL, 1);
	else
		make_scenes(&r);
	stat_cache_close(r.cache);
	free(r.scene);
	project_release(&r.p);
	if (fflush(stdout))
		die(EX_IO, "stdout: cannot write");
	return r.worst;
}
