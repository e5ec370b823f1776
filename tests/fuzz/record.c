/*
 * Any tree is a record or is refused; what is taken for one is read without
 * more checks. The first byte chooses the kind, and YAML or JSON.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/path.h"
#include "provider/word_list.h"
#include "record/caption_style.h"
#include "record/json.h"
#include "record/project_part.h"
#include "record/schema.h"
#include "record/sound_spec.h"
#include "record/yaml.h"
#include "store/lexicon.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define KINDS (RECORD_SPLIT + 1)

static void
inside(const char *path)
{
	if (path && !path_is_inside(path))
		abort();
}

static void
range(double d, double least, double most)
{
	if (!(d >= least && d <= most))
		abort();
}

static void
read_scene(struct node *doc)
{
	struct scene s;
	struct sound_spec one;
	size_t i;
	int k;

	memset(&s, 0, sizeof(s));
	s.doc = doc;
	project_scene_fields(&s);
	inside(s.audio_file);
	inside(s.image_file);
	range(s.audio_takes, 0, 99);
	range(s.image_use, 0, 99);
	range(s.duration, 0, 1e15);
	range(s.clip_from, 0, 1e15);
	if (s.has_focus) {
		range(s.focus_x, 0, 1);
		range(s.focus_y, 0, 1);
	}
	for (k = 0; s.motion.has_windows && k < 4; k++) {
		range(s.motion.from[k], 0, 1);
		range(s.motion.to[k], 0, 1);
	}
	for (i = 0; i < sound_spec_nr(doc); i++) {
		sound_spec_read(&one, doc, i);
		if (!path_is_inside(one.file))
			abort();
		range(one.level, -40, 12);
		range(one.at, 0, 1e15);
	}
}

static void
read_project(const struct node *doc)
{
	const struct node *map = node_get(doc, "characters");
	struct music_spec m;
	size_t i;

	if (music_spec_read(&m, doc, NULL)) {
		inside(m.file);
		range(m.level, 0, 60);
		range(m.from, 0, 1e15);
	}
	inside(node_str(doc, "logo.file", NULL));
	inside(node_str(doc, "titleCard.image", NULL));
	for (i = 0; map && i < map->nr; i++)
		inside(node_str(map->kid[i], "picture", NULL));
	map = node_get(doc, "captionStyles");
	for (i = 0; map && i < map->nr; i++)
		if (caption_font_is_file(node_str(map->kid[i], "font", "")))
			inside(node_str(map->kid[i], "font", NULL));
}

static void
read_audio(const struct node *doc)
{
	struct word_time *w = NULL;
	struct err e = ERR_INIT;
	size_t nr = 0, i;

	if (word_list_read("fuzz", node_get(doc, "words"), 1000, &w, &nr,
	    &e) == 0)
		for (i = 0; i < nr; i++)
			if (w[i].off > 1000 || w[i].len > 1000 - w[i].off ||
			    !(w[i].start <= w[i].end))
				abort();
	free(w);
}

/* Any map at all may be a lexicon. */
static void
read_lexicon(const struct node *doc)
{
	static const char text[] = "NASA and nginx, n\xC3\xA4her: so it is.";
	const struct node *n;
	size_t i;

	for (i = 0; i < sizeof(text) - 1; i++) {
		n = lexicon_at(doc, text, sizeof(text) - 1, i);
		if (n && (!n->key || !*n->key ||
		    strlen(n->key) > sizeof(text) - 1 - i))
			abort();
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	enum record_kind kind;
	struct node *doc;
	struct err e = ERR_INIT;
	char *s;

	if (!size)
		return 0;
	kind = (enum record_kind)(data[0] % KINDS);
	s = xmemdup(data + 1, size - 1);
	doc = data[0] & 0x80 ? json_parse("fuzz", s, size - 1, &e) :
	    yaml_parse("fuzz", s, size - 1, &e);
	if (doc && doc->kind == NODE_MAP)
		read_lexicon(doc);
	if (doc && schema_check(kind, "fuzz", doc, &e) == 0) {
		schema_mark_text(kind, doc);
		if (kind == RECORD_SCENE)
			read_scene(doc);
		else if (kind == RECORD_PROJECT)
			read_project(doc);
		else if (kind == RECORD_AUDIO)
			read_audio(doc);
		if (kind == RECORD_AUDIO || kind == RECORD_IMAGE ||
		    kind == RECORD_VIDEO)
			if (!node_str(doc, "id", NULL) ||
			    !node_str(doc, "status", NULL))
				abort();
	} else if (!e.code || !e.msg[0]) {
		abort();
	}
	node_free(doc);
	free(s);
	return 0;
}
