#include "record/sound_spec.h"

#include <string.h>

#include "record/schema.h"
#include "record/schema_value.h"

#define MUSIC "a map such as {file: media/music.mp3}, or none"
#define SOUND "a map such as {file: media/bell.wav, at: 0.5s}, or a list of " \
	"such"

static const struct field music_fields[] = {
	{ "file", VALUE_PATH, 1, NULL, 0, 0 },
	{ "level", VALUE_LEVEL, 0, " (LU below the voice), or lively", 0, 60 },
	{ "from", VALUE_MOMENT, 0, NULL, 0, 0 },
	{ "loop", VALUE_TRUTH, 0, NULL, 0, 0 },
	{ "fadeIn", VALUE_MOMENT, 0, NULL, 0, 0 },
	{ "fadeOut", VALUE_MOMENT, 0, NULL, 0, 0 },
	FIELDS_END
};

static const struct field sound_fields[] = {
	{ "file", VALUE_PATH, 1, NULL, 0, 0 },
	{ "at", VALUE_MOMENT, 0, NULL, 0, 0 },
	{ "level", VALUE_NUMBER, 0, " (dB against the voice)", -40, 12 },
	{ "through", VALUE_TRUTH, 0, NULL, 0, 0 },
	FIELDS_END
};

static double
seconds(const struct node *n, const char *key, double fallback)
{
	const char *s = node_str(n, key, NULL);
	double d;

	return s && moment_parse(s, &d) == 0 ? d : fallback;
}

static int
is_none(const struct node *n)
{
	return n->kind == NODE_SCALAR && !strcmp(n->str, "none");
}

int
music_spec_read(struct music_spec *m, const struct node *project,
    const struct node *video)
{
	const struct node *n = node_get(video, "music");
	const char *level;

	memset(m, 0, sizeof(*m));
	if (!n || n->kind == NODE_NULL)
		n = node_get(project, "music");
	m->file = node_str(n, "file", NULL);
	if (!m->file)
		return 0;
	level = node_str(n, "level", "");
	m->level = !strcmp(level, "lively") ? MUSIC_LEVEL_LIVELY
	    : node_num(n, "level", MUSIC_LEVEL_DEFAULT);
	m->from = seconds(n, "from", 0);
	m->fade_in = seconds(n, "fadeIn", -1);
	m->fade_out = seconds(n, "fadeOut", -1);
	m->once = !node_bool(n, "loop", 1);
	return 1;
}

size_t
sound_spec_nr(const struct node *scene)
{
	const struct node *n = node_get(scene, "sound");

	if (!n || n->kind == NODE_NULL || n->kind == NODE_SCALAR)
		return 0;
	return n->kind == NODE_LIST ? n->nr : 1;
}

void
sound_spec_read(struct sound_spec *s, const struct node *scene, size_t i)
{
	const struct node *n = node_get(scene, "sound");

	if (n->kind == NODE_LIST)
		n = n->kid[i];
	s->file = node_str(n, "file", "");
	s->at = seconds(n, "at", 0);
	s->level = node_num(n, "level", SOUND_LEVEL_DEFAULT);
	s->through = node_bool(n, "through", 0);
}

int
schema_check_music(const char *file, const struct node *doc, size_t index,
    struct err *e)
{
	const struct node *n = node_get(doc, "music");
	struct place at = { file, index ? "videos" : NULL, NULL, index };

	if (!n || n->kind == NODE_NULL || is_none(n))
		return 0;
	if (n->kind != NODE_MAP)
		return value_wrong(&at, n, "music", MUSIC, e);
	at.list = "music";
	at.index = 0;
	return value_check_fields(music_fields, n, &at, e);
}

int
schema_check_sound(const char *file, const struct node *doc, struct err *e)
{
	const struct node *n = node_get(doc, "sound"), *one;
	struct place at = { file, NULL, NULL, 0 };
	size_t i, nr = n && n->kind == NODE_LIST ? n->nr : 1;

	if (!n || n->kind == NODE_NULL)
		return 0;
	if (nr > SCENE_SOUNDS_MAX)
		return err_set(e, EX_DATA, "%s:%zu: sound: has %zu sounds, "
		    "more than %d; keep those that count", file, n->line, nr,
		    SCENE_SOUNDS_MAX);
	for (i = 0; i < nr; i++) {
		one = n->kind == NODE_LIST ? n->kid[i] : n;
		if (one->kind != NODE_MAP)
			return value_wrong(&at, one, "sound", SOUND, e);
		at.list = "sound";
		at.index = n->kind == NODE_LIST ? i + 1 : 0;
		if (value_check_fields(sound_fields, one, &at, e) < 0)
			return -1;
		at.list = NULL;
	}
	return 0;
}
