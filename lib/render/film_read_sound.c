#include "render/film_read_sound.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/strvec.h"
#include "record/sound_spec.h"
#include "store/film_sound.h"

#define FADE_LEAST 0.002 /* s: a fade of 0 makes no click */

struct film_sounds {
	struct strvec text;       /* paths and digests */
	struct film_sound **list; /* of each scene */
	size_t nr;
};

void
film_sounds_free(struct film_sounds *a)
{
	size_t i;

	if (!a)
		return;
	for (i = 0; i < a->nr; i++)
		free(a->list[i]);
	free(a->list);
	strvec_release(&a->text);
	free(a);
}

static double
fade(double seconds)
{
	return seconds < 0 ? 0 : seconds < FADE_LEAST ? FADE_LEAST : seconds;
}

/* Keep a file's path and digest, which are handed out. */
static int
take_file(struct film_sounds *a, char *path, const char *sha,
    const char **path_out, const char **sha_out)
{
	if (!path)
		return -1;
	strvec_push(&a->text, path);
	*path_out = a->text.v[a->text.nr - 1];
	strvec_push(&a->text, sha);
	*sha_out = a->text.v[a->text.nr - 1];
	free(path);
	return 0;
}

static int
read_music(struct film *f, struct film_sounds *a, const struct project *p,
    const struct video *v, const struct survey *s, struct err *e)
{
	char sha[SHA256_HEX];
	struct music_spec m;

	if (!music_spec_read(&m, p->doc, v->doc))
		return 0;
	if (take_file(a, film_sound_file(p, NULL, "music.file", m.file,
	    s->cache, sha, e), sha, &f->music.path, &f->music.sha256) < 0)
		return -1;
	f->music.level = m.level;
	f->music.from = m.from;
	f->music.fade_in = fade(m.fade_in);
	f->music.fade_out = fade(m.fade_out);
	f->music.once = m.once;
	return 0;
}

static int
read_scene(struct film_scene *fs, struct film_sounds *a,
    const struct project *p, const struct scene *sc, const struct survey *s,
    struct err *e)
{
	size_t i, nr = sound_spec_nr(sc->doc);
	struct film_sound *list = nr ? xcalloc(nr, sizeof(*list)) : NULL;
	struct sound_spec one;
	char sha[SHA256_HEX];

	a->list[a->nr++] = list;
	for (i = 0; i < nr; i++) {
		sound_spec_read(&one, sc->doc, i);
		if (take_file(a, film_sound_file(p, sc, "sound.file",
		    one.file, s->cache, sha, e), sha, &list[i].path,
		    &list[i].sha256) < 0)
			return -1;
		list[i].at = one.at;
		list[i].level = one.level;
		list[i].through = one.through;
	}
	fs->sound = list;
	fs->sound_nr = nr;
	return 0;
}

int
film_read_sounds(struct film *f, struct film_scene *scene,
    struct film_sounds **out, const struct project *p, const struct video *v,
    const struct survey *s, struct err *e)
{
	struct film_sounds *a = xcalloc(1, sizeof(*a));
	size_t i;
	int ret;

	a->list = xcalloc(v->nr + 1, sizeof(struct film_sound *));
	*out = a;
	ret = read_music(f, a, p, v, s, e);
	for (i = 0; ret == 0 && i < v->nr; i++)
		ret = read_scene(&scene[i], a, p, &p->scene[v->scene[i]], s,
		    e);
	return ret;
}
