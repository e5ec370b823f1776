/*
 * image -C DIR: the pictures of a project's scenes, and its cover.
 */
#include "image/image.h"

#include <stdlib.h>
#include <string.h>

#include "base/path.h"
#include "provider/image_make.h"
#include "provider/provider.h"
#include "record/preset.h"
#include "store/stage.h"

static void
set_file(const struct usage *u, struct stage *s, const char *path)
{
	struct err e = ERR_INIT;
	char *dir;
	int bad;

	if (s->nr != 1)
		options_fail(u, "--file needs one scene: name it");
	/* What cannot be shown must not get into the project. */
	dir = path_dirname(path);
	bad = image_check_file(dir, path_basename(path), NULL, NULL, &e) < 0;
	free(dir);
	if (bad)
		die_err(&e);
	stage_set_file(s, &s->p.scene[s->scene[0]], path);
}

static void
set_again(struct stage *s)
{
	const struct scene *sc;
	size_t i;

	for (i = 0; i < s->nr; i++) {
		sc = &s->p.scene[s->scene[i]];
		if (sc->image_file)
			die(EX_BADUSE, "scene %zu shows your own picture (%s); "
			    "--again is for made ones", sc->index,
			    sc->image_file);
		stage_add_take(s, sc);
	}
}

static void
check_options(const struct usage *u, const struct image_options *o, int named)
{
	struct err e = ERR_INIT;
	int w, h;

	if (o->cover && (named || o->again || o->file))
		options_fail(u, "--cover stands alone: it has one take, "
		    "and your own picture is put in its place as a file");
	if (named && (o->provider || o->tone || o->look || o->size))
		options_fail(u, "--provider, --size, --tone and --look "
		    "are set for the whole project; name no scene");
	if (o->provider && !image_provider_find(o->provider, &e))
		die_err(&e);
	if (o->size && frame_size_parse(o->size, &w, &h) < 0)
		options_fail(u, "--size is WIDTHxHEIGHT, both even, 16 "
		    "to 7680: \"%s\"", o->size);
}

/* Set a value of the whole project where the option was given. */
static int
set_text(struct stage *s, const char *file, const char *key, const char *text)
{
	if (!text)
		return 0;
	stage_set(s, file, key, node_text(text));
	return 1;
}

/* Returns whether anything was written. */
static int
write_options(const struct usage *u, const struct image_options *o,
    struct stage *s)
{
	int named = s->name_nr > 0, any;
	size_t i;

	check_options(u, o, named);
	any = set_text(s, "settings.yaml", "imageModel", o->provider);
	any |= set_text(s, "settings.yaml", "look", o->look);
	any |= set_text(s, "project.yaml", "tone", o->tone);
	any |= set_text(s, "project.yaml", "size", o->size);
	if (!named)
		any |= set_text(s, "settings.yaml", "defaultImageStyle",
		    o->style);
	for (i = 0; o->style && named && i < s->nr; i++)
		stage_set_scene(s, &s->p.scene[s->scene[i]], "style",
		    node_text(o->style));
	if (o->file)
		set_file(u, s, o->file);
	if (o->again)
		set_again(s);
	return any || o->style || o->file || o->again;
}

int
image_project(const struct usage *u, const struct image_options *o,
    char **scenes, int nr)
{
	struct stage s;

	memset(&s, 0, sizeof(s));
	s.what = ASSET_IMAGE;
	s.title = "pictures";
	s.cure = "the prompt";
	s.retry = o->retry;
	s.regen = o->regen;
	s.network = o->network;
	s.stored = o->stored;
	s.quiet = o->quiet;
	s.make = image_make;
	stage_open(&s, o->dir, scenes, nr);
	if (write_options(u, o, &s))
		stage_reload(&s);
	if (o->cover)
		stage_make_cover(&s);
	else
		stage_make(&s);
	return stage_close(&s);
}
