/*
 * tts -C DIR: the AudioClips of a project's scenes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "media/sound.h"
#include "provider/audio_make.h"
#include "provider/speech.h"
#include "record/yaml.h"
#include "tts/tts.h"

struct run {
	const struct usage *usage;
	const struct tts_options *o;
	struct project p;
	struct stat_cache *cache;
	size_t *scene, nr; /* indices into p.scene */
	int worst;         /* exit code so far */
};

static void
fail(struct run *r, const struct scene *s, const struct err *e)
{
	warning("scene %zu (scenes/%s): %s", s->index, s->dir, e->msg);
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

/* Set one value of a scene's file. Takes value over. */
static void
set_scene(struct run *r, const struct scene *s, const char *key,
    struct node *value)
{
	char *path = project_path(&r->p, "scenes/%s/scene.yaml", s->dir);
	struct err e = ERR_INIT;

	if (yaml_edit_file(path, key, value, &e) < 0)
		die_err(&e);
	node_free(value);
	free(path);
}

static void
set_setting(struct run *r, const char *key, struct node *value)
{
	char *path = project_path(&r->p, "settings.yaml");
	struct err e = ERR_INIT;

	if (yaml_edit_file(path, key, value, &e) < 0)
		die_err(&e);
	node_free(value);
	free(path);
}

/* A recording named on the command line becomes a file of the project: as it
 * is when it lies in it, else as a copy in media/. Returns the path in the
 * project, to be freed. */
static char *
own_file(struct run *r, const char *path)
{
	struct err e = ERR_INIT;
	char *real = realpath(path, NULL), *in, *to, *media;
	size_t n = strlen(r->p.root);
	char here[SHA256_HEX], there[SHA256_HEX];

	if (!real) {
		err_errno(&e, "%s: cannot open", path);
		die_err(&e);
	}
	if (!strncmp(real, r->p.root, n) && real[n] == '/') {
		in = xstrdup(real + n + 1);
		free(real);
		return in;
	}
	in = xasprintf("media/%s", path_basename(path));
	to = path_join(r->p.root, in);
	if (sha256_file(real, here, NULL, &e) < 0)
		die_err(&e);
	if (file_exists(to)) {
		if (sha256_file(to, there, NULL, &e) < 0)
			die_err(&e);
		if (strcmp(here, there) != 0)
			die(EX_DATA, "%s: the project has another file of "
			    "this name; give yours a name of its own", in);
	} else {
		media = path_dirname(to);
		if (file_mkdirs(media, &e) < 0 || file_copy(real, to, &e) < 0)
			die_err(&e);
		free(media);
	}
	free(real);
	free(to);
	return in;
}

static void
set_file(struct run *r)
{
	struct sound sound;
	struct err e = ERR_INIT;
	char *in;

	if (r->nr != 1)
		options_fail(r->usage, "--file needs one scene: name it");
	/* What cannot be heard must not get into the project. */
	if (sound_load(&sound, r->o->file, &e) < 0)
		die_err(&e);
	sound_release(&sound);
	in = own_file(r, r->o->file);
	set_scene(r, &r->p.scene[r->scene[0]], "audio.file", node_text(in));
	free(in);
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
		if (s->audio_file)
			die(EX_BADUSE, "scene %zu speaks by its own recording "
			    "(%s); --again is for voices", s->index,
			    s->audio_file);
		take = scene_takes(s, ASSET_AUDIO) + 1;
		set_scene(r, s, "audio.takes", node_whole(take));
		set_scene(r, s, "audio.use", node_whole(take));
	}
}

/* What enters a digest is first written where the project keeps it: to the
 * named scenes, or without names to the settings. Returns 1 when anything
 * was. */
static int
write_options(struct run *r, int named)
{
	const struct tts_options *o = r->o;
	const struct scene *s;
	struct err e = ERR_INIT;
	size_t i;

	if (o->provider) {
		if (named)
			options_fail(r->usage, "--provider is set for the "
			    "whole project; name no scene, or give the scene "
			    "a speaker: with a provider");
		if (!speech_provider_find(o->provider, &e))
			die_err(&e);
		set_setting(r, "ttsProvider", node_text(o->provider));
	}
	for (i = 0; named && i < r->nr; i++) {
		s = &r->p.scene[r->scene[i]];
		if (o->voice)
			set_scene(r, s, "audio.voice", node_text(o->voice));
		if (o->speed > 0)
			set_scene(r, s, "audio.speed", node_real(o->speed));
	}
	if (!named && o->voice)
		set_setting(r, "defaultTtsVoice", node_text(o->voice));
	if (!named && o->speed > 0)
		set_setting(r, "defaultSpeed", node_real(o->speed));
	if (o->file)
		set_file(r);
	if (o->again)
		set_again(r);
	return o->provider || o->voice || o->speed > 0 || o->file || o->again;
}

/* Why this one is not made; e is filled where it has to be done something
 * about, and -1 returned. */
static int
obstacle(struct run *r, const struct asset_state *a, struct err *e)
{
	const char *what = a->rec.url ? a->rec.url : "its file";

	switch (a->state) {
	case STATE_POINTER:
		return err_set(e, EX_LATER, "%s is a Git LFS pointer; run git "
		    "lfs pull", what);
	case STATE_FAILED:
		if (r->o->retry)
			return 0;
		return err_set(e, EX_REFUSED, "%s; change the text or the "
		    "voice, or try the same again with --retry", a->why);
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

static void
say_warnings(const struct scene *s, const struct strbuf *warnings)
{
	const char *line, *end;

	for (line = warnings->buf; *line; line = *end ? end + 1 : end) {
		end = strchrnul(line, '\n');
		if (end > line)
			warning("scene %zu (scenes/%s): %.*s", s->index,
			    s->dir, (int)(end - line), line);
	}
}

static void
make_take(struct run *r, const struct scene *s, int take)
{
	struct asset_state a;
	struct strbuf out = STRBUF_INIT, warnings = STRBUF_INIT;
	struct err e = ERR_INIT;
	int k;

	memset(&a, 0, sizeof(a));
	k = state_audio(&r->p, s, take, r->cache, &a, &e);
	if (!k)
		k = obstacle(r, &a, &e);
	if (!k && !state_is_usable(&a))
		k = audio_make(&r->p, &a, r->cache, &warnings, &e);
	else if (!k)
		commit_touch(&a);
	if (k < 0) {
		fail(r, s, &e);
	} else if (a.rec.doc) {
		say_warnings(s, &warnings);
		record_line(&r->p, &a, &out);
		puts(out.buf);
	}
	strbuf_release(&out);
	strbuf_release(&warnings);
	asset_state_release(&a);
}

int
tts_project(const struct usage *u, const struct tts_options *o,
    char **scenes, int nr)
{
	struct run r = { 0 };
	const struct scene *s;
	size_t i;
	int take;

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
	for (i = 0; i < r.nr; i++) {
		s = &r.p.scene[r.scene[i]];
		if (!s->id) {
			warning("scenes/%s: has no id yet; run split-scenes "
			    "first", s->dir);
			r.worst = r.worst > EX_DATA ? r.worst : EX_DATA;
			continue;
		}
		if (scene_is_silent(s))
			continue;
		for (take = 1; take <= scene_takes(s, ASSET_AUDIO); take++)
			make_take(&r, s, take);
	}
	stat_cache_close(r.cache);
	free(r.scene);
	project_release(&r.p);
	if (fflush(stdout))
		die(EX_IO, "stdout: cannot write");
	return r.worst;
}
