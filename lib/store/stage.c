#include "store/stage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/pipe.h"
#include "record/yaml.h"
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
	struct node *take = node_whole(scene_takes(sc, s->what) + 1);
	char *file = xasprintf("scenes/%s/scene.yaml", sc->dir);
	char *path = path_join(s->p.root, file);
	char *takes = xasprintf("%s.takes", asset_what_name(s->what));
	char *use = xasprintf("%s.use", asset_what_name(s->what));
	struct strbuf was = STRBUF_INIT, mid = STRBUF_INIT, now = STRBUF_INIT;
	struct err e = ERR_INIT;

	/* both at once: a take that is not used would not be made */
	if (file_read(path, YAML_BYTES, &was, &e) < 0 ||
	    yaml_edit(path, was.buf, was.len, takes, take, &mid, &e) < 0 ||
	    yaml_edit(path, mid.buf, mid.len, use, take, &now, &e) < 0 ||
	    file_write(path, now.buf, now.len, &e) < 0)
		die_err(&e);
	strbuf_release(&was);
	strbuf_release(&mid);
	strbuf_release(&now);
	node_free(take);
	free(takes);
	free(use);
	free(path);
	free(file);
}
