#include "render/mix.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "media/aac.h"
#include "render/mix_clip.h"
#include "render/mix_make.h"
#include "store/request.h"

#define MIX_VERSION 3

static void
add_effects(struct request *q, const struct film_scene *s,
    const struct timeline *t, size_t i)
{
	const struct film_sound *a;
	char key[60], value[160];
	size_t k;

	for (k = 0; k < s->sound_nr; k++) {
		a = &s->sound[k];
		snprintf(key, sizeof(key), "sound.%06zu.%03zu.sha256", i, k);
		request_add(q, key, a->sha256 ? a->sha256 : "");
		snprintf(key, sizeof(key), "sound.%06zu.%03zu.place", i, k);
		snprintf(value, sizeof(value), "%lld %lld %.9g %.9g%s",
		    (long long)timeline_scene_begin(t, i),
		    (long long)(i + 1 < t->nr ? timeline_scene_begin(t,
		    i + 1) : t->frames), a->at, a->level,
		    a->through ? " through" : "");
		request_add(q, key, value);
	}
}

static void
add_scene(struct request *q, const struct film_scene *s,
    const struct timeline *whole, size_t i)
{
	const struct timeline_scene *t = &whole->scene[i];
	char key[40], value[160];

	add_effects(q, s, whole, i);
	mix_clip_key(q, s, whole, i);
	if (!t->voice_samples)
		return;
	snprintf(key, sizeof(key), "voice.%06zu.sha256", i);
	request_add(q, key, s->audio_sha256 ? s->audio_sha256 : "");
	snprintf(key, sizeof(key), "voice.%06zu.place", i);
	snprintf(value, sizeof(value), "%lld %lld %.9g %.9g",
	    (long long)t->voice_at, (long long)t->voice_samples,
	    s->audio_start, s->audio_gain);
	request_add(q, key, value);
}

static void
add_music(struct request *q, const struct film_music *m)
{
	request_add(q, "music.sha256", m->sha256 ? m->sha256 : "");
	request_add_num(q, "music.level", m->level);
	if (m->from > 0)
		request_add_num(q, "music.from", m->from);
	if (m->fade_in > 0)
		request_add_num(q, "music.fadeIn", m->fade_in);
	if (m->fade_out > 0)
		request_add_num(q, "music.fadeOut", m->fade_out);
	if (m->once)
		request_add(q, "music.loop", "false");
}

void
mix_key(const struct film *f, const struct timeline *t, struct strbuf *out)
{
	struct request *q = request_new("sound", MIX_VERSION);
	size_t i;

	request_add(q, "library", aac_version());
	request_add_num(q, "kbit", t->preset->audio_kbit);
	request_add_num(q, "lufs", t->preset->lufs);
	request_add_num(q, "samples", (double)t->samples);
	for (i = 0; i < t->nr; i++)
		add_scene(q, &f->scene[i], t, i);
	if (f->music.path)
		add_music(q, &f->music);
	request_seal(q);
	strbuf_addstr(out, q->digest);
	request_free(q);
}

int
mix_track(const struct film *f, const struct timeline *t, const char *dir,
    char **path, struct err *e)
{
	struct strbuf name = STRBUF_INIT;
	int ret;

	*path = NULL;
	mix_key(f, t, &name);
	strbuf_addstr(&name, ".m4a");
	*path = path_join(dir, name.buf);
	strbuf_release(&name);
	if (file_exists(*path))
		return 0;
	ret = file_mkdirs(dir, e);
	if (ret == 0)
		ret = mix_make(f, t, *path, e);
	if (ret < 0) {
		free(*path);
		*path = NULL;
	}
	return ret;
}
