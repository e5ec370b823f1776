#include "store/film_sound.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/path.h"
#include "record/sound_spec.h"

char *
film_sound_file(const struct project *p, const struct scene *scene,
    const char *key, const char *file, struct stat_cache *c,
    char sha[SHA256_HEX], struct err *e)
{
	int fd = path_open_beneath(p->root, file, e);
	char *path = NULL;

	if (fd >= 0) {
		close(fd);
		path = path_join(p->root, file);
		if (stat_cache_sha256(c, path, sha, NULL, e) == 0)
			return path;
		free(path);
	}
	if (scene)
		err_prefix(e, "scenes/%s/scene.yaml: %s", scene->dir, key);
	else
		err_prefix(e, "project.yaml: %s", key);
	return NULL;
}

static void
add_fades(struct request *r, const struct music_spec *m)
{
	char fade[60];

	if (m->fade_in < 0 && m->fade_out < 0)
		return;
	snprintf(fade, sizeof(fade), "%.6g %.6g", m->fade_in, m->fade_out);
	request_add(r, "music.fade", fade);
}

int
film_sound_add_music(struct request *r, const struct project *p,
    const struct video *v, const struct survey *s, struct err *e)
{
	char sha[SHA256_HEX], *path;
	struct music_spec m;

	if (!music_spec_read(&m, p->doc, v->doc))
		return 0;
	path = film_sound_file(p, NULL, "music.file", m.file, s->cache, sha,
	    e);
	if (!path)
		return -1;
	free(path);
	request_add(r, "music", sha);
	request_add_num(r, "music.level", m.level);
	if (m.from > 0)
		request_add_num(r, "music.from", m.from);
	if (m.once)
		request_add(r, "music.loop", "false");
	add_fades(r, &m);
	return 0;
}

int
film_sound_add_scene(struct request *r, const struct project *p,
    const struct video *v, const struct survey *s, size_t i, struct err *e)
{
	const struct scene *sc = &p->scene[v->scene[i]];
	size_t k, nr = sound_spec_nr(sc->doc);
	char sha[SHA256_HEX], key[60], value[200], *path;
	struct sound_spec one;

	for (k = 0; k < nr; k++) {
		sound_spec_read(&one, sc->doc, k);
		path = film_sound_file(p, sc, "sound.file", one.file,
		    s->cache, sha, e);
		if (!path)
			return -1;
		free(path);
		snprintf(key, sizeof(key), "%05zu.sound.%zu", i + 1, k + 1);
		snprintf(value, sizeof(value), "%s at %.6g s, %.6g dB%s", sha,
		    one.at, one.level, one.through ? ", through" : "");
		request_add(r, key, value);
	}
	return 0;
}
