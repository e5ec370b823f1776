#include "store/stage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/path.h"
#include "base/pipe.h"
#include "base/progress.h"
#include "record/yaml.h"
#include "store/commit.h"
#include "store/own_file.h"

static void
load(struct stage *s)
{
	struct err e = ERR_INIT;
	size_t i;
	int k;

	if (project_open(&s->p, s->dir, &e) < 0)
		die_err(&e);
	for (k = 0; k < s->name_nr; k++)
		if (project_scenes(&s->p, s->name[k], &s->scene, &s->nr,
		    &e) < 0)
			die_err(&e);
	if (s->name_nr)
		return;
	s->scene = xcalloc(s->p.nr + 1, sizeof(*s->scene));
	for (i = 0; i < s->p.nr; i++)
		s->scene[s->nr++] = i;
}

static void
unload(struct stage *s)
{
	free(s->scene);
	s->scene = NULL;
	s->nr = 0;
	project_release(&s->p);
}

void
stage_open(struct stage *s, const char *dir, char **names, int n)
{
	s->dir = dir;
	s->name = names;
	s->name_nr = n;
	load(s);
	s->cache = stat_cache_open(s->p.root);
}

void
stage_reload(struct stage *s)
{
	unload(s);
	load(s);
}

int
stage_close(struct stage *s)
{
	stat_cache_close(s->cache);
	unload(s);
	return pipe_end(s->worst);
}

void
stage_set(struct stage *s, const char *file, const char *key,
    struct node *value)
{
	char *path = path_join(s->p.root, file);
	struct err e = ERR_INIT;

	if (yaml_edit_file(path, key, value, &e) < 0)
		die_err(&e);
	node_free(value);
	free(path);
}

void
stage_set_scene(struct stage *s, const struct scene *sc, const char *key,
    struct node *value)
{
	char *file = xasprintf("scenes/%s/scene.yaml", sc->dir);
	char *full = xasprintf("%s.%s", asset_what_name(s->what), key);

	stage_set(s, file, full, value);
	free(full);
	free(file);
}

void
stage_set_file(struct stage *s, const struct scene *sc, const char *path)
{
	struct err e = ERR_INIT;
	char *own = own_file_take(&s->p, path, &e);

	if (!own)
		die_err(&e);
	stage_set_scene(s, sc, "file", node_text(own));
	free(own);
}

void
stage_add_take(struct stage *s, const struct scene *sc)
{
	int take = scene_takes(sc, s->what) + 1;

	stage_set_scene(s, sc, "takes", node_whole(take));
	stage_set_scene(s, sc, "use", node_whole(take));
}

/* Why this one is not made, where something has to be done about it: -1. */
static int
obstacle(const struct stage *s, const struct asset_state *a, struct err *e)
{
	const char *what = a->rec.url ? a->rec.url : "its file";

	switch (a->state) {
	case STATE_POINTER:
		return err_set(e, EX_LATER, "%s is a Git LFS pointer; run git "
		    "lfs pull", what);
	case STATE_FAILED:
		if (s->retry)
			return 0;
		return err_set(e, EX_REFUSED, "%s; change %s, or try the same "
		    "again with --retry", a->why, s->cure);
	case STATE_MISSING:
		if (state_needs_making(a) || s->regen)
			return 0;
		return err_set(e, EX_LATER, "%s is gone and is not in the "
		    "store; restore it by git, or pay for it again with "
		    "--regen", what);
	default:
		return 0;
	}
}

static void
met(struct stage *s, int code)
{
	if (code > s->worst)
		s->worst = code;
}

static int
state_of(const struct stage *s, const struct scene *sc, int take,
    struct asset_state *a, struct err *e)
{
	if (!sc)
		return state_cover(&s->p, s->cache, a, e);
	if (s->what == ASSET_AUDIO)
		return state_audio(&s->p, sc, take, s->cache, a, e);
	return state_image(&s->p, sc, take, s->cache, a, e);
}

/* sc NULL is the cover. */
static void
make_take(struct stage *s, const struct scene *sc, int take)
{
	char *about = sc ? xasprintf("scene %zu (scenes/%s)", sc->index,
	    sc->dir) : xstrdup("cover");
	struct asset_state a;
	struct strbuf line = STRBUF_INIT, warnings = STRBUF_INIT;
	struct err e = ERR_INIT;
	int k;

	memset(&a, 0, sizeof(a));
	k = state_of(s, sc, take, &a, &e);
	if (!k)
		k = obstacle(s, &a, &e);
	if (!k && !state_is_usable(&a))
		k = s->make(&s->p, &a, s->cache, &warnings, &e);
	warning_lines(about, warnings.buf);
	if (k < 0) {
		warning("%s: %s", about, e.msg);
		met(s, e.code);
	} else if (a.rec.doc) {
		record_line(&s->p, &a, &line);
		puts(line.buf);
	}
	strbuf_release(&line);
	strbuf_release(&warnings);
	asset_state_release(&a);
	free(about);
}

void
stage_make(struct stage *s)
{
	struct progress *bar = progress_start(s->title, s->nr);
	const struct scene *sc;
	size_t i;
	int take;

	for (i = 0; i < s->nr; i++) {
		progress_show(bar, i);
		sc = &s->p.scene[s->scene[i]];
		if (!sc->id) {
			warning("scenes/%s: has no id yet; run split-scenes "
			    "first", sc->dir);
			met(s, EX_DATA);
			continue;
		}
		if (s->what == ASSET_AUDIO && scene_is_silent(sc))
			continue;
		for (take = 1; take <= scene_takes(sc, s->what); take++)
			make_take(s, sc, take);
	}
	progress_end(bar);
}

void
stage_make_cover(struct stage *s)
{
	make_take(s, NULL, 1);
}
