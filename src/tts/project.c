/*
 * tts -C DIR: the AudioClips of a project's scenes.
 */
#include <string.h>

#include "media/sound.h"
#include "provider/audio_make.h"
#include "provider/speech.h"
#include "store/stage.h"
#include "store/voice_setting.h"
#include "tts/tts.h"

static void
set_file(const struct usage *u, struct stage *s, const char *path)
{
	struct sound sound;
	struct err e = ERR_INIT;

	if (s->nr != 1)
		options_fail(u, "--file needs one scene: name it");
	/* What cannot be heard must not get into the project. */
	if (sound_load(&sound, path, &e) < 0)
		die_err(&e);
	sound_release(&sound);
	stage_set_file(s, &s->p.scene[s->scene[0]], path);
}

static void
set_again(struct stage *s)
{
	const struct scene *sc;
	size_t i;

	for (i = 0; i < s->nr; i++) {
		sc = &s->p.scene[s->scene[i]];
		if (sc->audio_file)
			die(EX_BADUSE, "scene %zu speaks by its own recording "
			    "(%s); --again is for voices", sc->index,
			    sc->audio_file);
		stage_add_take(s, sc);
	}
}

static void
set_provider(const struct usage *u, struct stage *s, const char *spec,
    int has_voice)
{
	struct err e = ERR_INIT;

	if (s->name_nr)
		options_fail(u, "--provider is set for the whole project; name "
		    "no scene, or give the scene a speaker: with a provider");
	if (!speech_provider_find(spec, &e) ||
	    (!has_voice && voice_setting_follow(&s->p, spec, NULL, &e) < 0))
		die_err(&e);
	stage_set(s, "settings.yaml", "ttsProvider", node_text(spec));
}

/* To the named scenes, or without names to the settings. Returns 1 when
 * anything was written. */
static int
write_options(const struct usage *u, const struct tts_options *o,
    struct stage *s)
{
	const struct scene *sc;
	int named = s->name_nr > 0;
	size_t i;

	if (o->provider)
		set_provider(u, s, o->provider, o->voice != NULL);
	for (i = 0; named && i < s->nr; i++) {
		sc = &s->p.scene[s->scene[i]];
		if (o->voice)
			stage_set_scene(s, sc, "voice", node_text(o->voice));
		if (o->speed > 0)
			stage_set_scene(s, sc, "speed", node_real(o->speed));
	}
	if (!named && o->voice)
		stage_set(s, "settings.yaml", "defaultTtsVoice",
		    node_text(o->voice));
	if (!named && o->speed > 0)
		stage_set(s, "settings.yaml", "defaultSpeed",
		    node_real(o->speed));
	if (o->file)
		set_file(u, s, o->file);
	if (o->again)
		set_again(s);
	return o->provider || o->voice || o->speed > 0 || o->file || o->again;
}

int
tts_project(const struct usage *u, const struct tts_options *o,
    char **scenes, int nr)
{
	struct stage s;

	memset(&s, 0, sizeof(s));
	s.what = ASSET_AUDIO;
	s.title = "voices";
	s.cure = "the text or the voice";
	s.retry = o->retry;
	s.regen = o->regen;
	s.network = o->network;
	s.stored = o->stored;
	s.quiet = o->quiet;
	s.make = audio_make;
	stage_open(&s, o->dir, scenes, nr);
	if (write_options(u, o, &s))
		stage_reload(&s);
	stage_make(&s);
	return stage_close(&s);
}
