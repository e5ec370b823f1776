#include "record/schema.h"

#include <string.h>

#include "record/caption_style.h"
#include "record/motion_spec.h"
#include "record/schema_map.h"
#include "record/schema_value.h"
#include "record/sound_spec.h"

static const char *const record_names[] = { "Project", "Scene", "Settings",
	"AudioClip", "ImageAsset", "VideoClip", "Script", "Split" };

#define STATUS_PROJECT "draft in-progress completed"
#define STATUS_ASSET "pending ready failed"
#define STATUS_VIDEO "pending rendering ready failed"
#define PLATFORMS "youtube shorts tiktok reels linkedin square podcast"
#define FORMATS "video audio"
#define TONES "curious serious playful calm dramatic technical"
#define CAPTIONS "none sidecar burned both"
#define CAPTION_STYLE                                                        \
	"one of: classic, box, karaoke, big, or a name under captionStyles"
#define SIDECARS "a list of srt, vtt, ass"
#define QUALITIES "draft standard high"
#define TRANSITIONS "fade cut dip wipe wipe-left wipe-right wipe-up "          \
	"wipe-down slide slide-left slide-right slide-up slide-down push "     \
	"push-left push-right push-up push-down"
#define TRANSITION                                                           \
	{ "transition", VALUE_WORD, 0, TRANSITIONS, 0, 0 },                  \
	{ "transitionSeconds", VALUE_NUMBER, 0, NULL, 0.1, 2 }
#define CORNERS "top-left top-right bottom-left bottom-right"
#define CLIP_FITS "auto loop slow hold"
#define CLIP_SOUNDS "drop duck keep"
#define SCENE_TEXT "a text, or \"\" for a scene without words"

/* Every record has these. */
#define COMMON                                                               \
	{ "createdAt", VALUE_TIME, 0, NULL, 0, 0 },                          \
	{ "updatedAt", VALUE_TIME, 0, NULL, 0, 0 }

/* Those that a program writes have these also. */
#define MADE                                                                 \
	{ "url", VALUE_URL, 0, NULL, 0, 0 },                                 \
	{ "error", VALUE_TEXT, 0, NULL, 0, 0 },                              \
	{ "request", VALUE_DIGEST, 0, NULL, 0, 0 },                          \
	{ "inputs", VALUE_MAP, 0, NULL, 0, 0 },                              \
	{ "sha256", VALUE_DIGEST, 0, NULL, 0, 0 },                           \
	{ "bytes", VALUE_WHOLE, 0, NULL, 0, 1e15 },                          \
	{ "take", VALUE_WHOLE, 0, NULL, 1, 99 },                             \
	COMMON

/* What stands around a film, of the project or of one video. */
#define AROUND                                                               \
	{ "titleCard", VALUE_SWITCH, 0, NULL, 0, 0 },                        \
	{ "titleCard.title", VALUE_TEXT, 0, NULL, 0, 0 },                    \
	{ "titleCard.eyebrow", VALUE_TEXT, 0, NULL, 0, 0 },                  \
	{ "titleCard.seconds", VALUE_NUMBER, 0, NULL, 1, 20 },               \
	{ "titleCard.image", VALUE_PATH, 0, NULL, 0, 0 },                    \
	{ "endCard", VALUE_SWITCH, 0, NULL, 0, 0 },                          \
	{ "endCard.text", VALUE_TEXT, 0, NULL, 0, 0 },                       \
	{ "endCard.credits", VALUE_TEXTS, 0, NULL, 0, 0 },                   \
	{ "endCard.seconds", VALUE_NUMBER, 0, NULL, 1, 30 },                 \
	{ "logo", VALUE_SWITCH, 0, "{file: media/logo.png}", 0, 0 },         \
	{ "logo.file", VALUE_PATH, 0, NULL, 0, 0 },                          \
	{ "logo.corner", VALUE_WORD, 0, CORNERS, 0, 0 },                     \
	{ "logo.size", VALUE_NUMBER, 0, NULL, 0.02, 0.4 },                   \
	{ "logo.opacity", VALUE_NUMBER, 0, NULL, 0.05, 1 },                  \
	{ "logo.cards", VALUE_TRUTH, 0, NULL, 0, 0 },                        \
	{ "progressBar", VALUE_SWITCH, 0, NULL, 0, 0 },                      \
	{ "progressBar.color", VALUE_COLOR, 0, NULL, 0, 0 },                 \
	{ "progressBar.height", VALUE_NUMBER, 0, NULL, 0.002, 0.05 },        \
	{ "progressBar.position", VALUE_WORD, 0, "bottom top", 0, 0 },       \
	{ "thumbnail", VALUE_SWITCH, 0, NULL, 0, 0 },                        \
	{ "thumbnail.text", VALUE_TEXT, 0, NULL, 0, 0 },                     \
	{ "thumbnail.scene", VALUE_TEXT, 0, NULL, 0, 0 }

static const struct field project_fields[] = {
	{ "id", VALUE_UUID, 1, NULL, 0, 0 },
	{ "title", VALUE_TEXT, 1, NULL, 0, 0 },
	{ "description", VALUE_TEXT, 0, NULL, 0, 0 },
	{ "artist", VALUE_TEXT, 0, NULL, 0, 0 },
	{ "tags", VALUE_LIST, 0, NULL, 0, 0 },
	{ "platform", VALUE_WORD, 0, PLATFORMS, 0, 0 },
	{ "category", VALUE_TEXT, 0, NULL, 0, 0 },
	{ "tone", VALUE_WORD, 0, TONES, 0, 0 },
	{ "targetLength", VALUE_LENGTH, 0, NULL, 0, 0 },
	{ "language", VALUE_LANGUAGE, 0, NULL, 0, 0 },
	{ "status", VALUE_WORD, 0, STATUS_PROJECT, 0, 0 },
	{ "videos", VALUE_LIST, 0, NULL, 0, 0 },
	{ "music", VALUE_ANY, 0, NULL, 0, 0 },
	{ "characters", VALUE_MAP, 0, NULL, 0, 0 },
	{ "captions", VALUE_WORD, 0, CAPTIONS, 0, 0 },
	{ "captionStyle", VALUE_SLUG, 0, CAPTION_STYLE, 0, 0 },
	{ "sidecars", VALUE_LIST, 0, SIDECARS, 0, 0 },
	{ "captionStyles", VALUE_MAP, 0, NULL, 0, 0 },
	{ "quality", VALUE_WORD, 0, QUALITIES, 0, 0 },
	{ "size", VALUE_SIZE, 0, NULL, 0, 0 },
	TRANSITION,
	{ "budget", VALUE_NUMBER, 0, " (US dollars)", 0, 1e6 },
	AROUND,
	COMMON,
	FIELDS_END
};

static const struct field video_entry_fields[] = {
	{ "name", VALUE_SLUG, 1, NULL, 0, 0 },
	{ "preset", VALUE_WORD, 0, PLATFORMS, 0, 0 },
	{ "format", VALUE_WORD, 0, FORMATS, 0, 0 },
	{ "scenes", VALUE_LIST, 0, NULL, 0, 0 },
	{ "images", VALUE_LIST, 0, NULL, 0, 0 },
	{ "language", VALUE_LANGUAGE, 0, NULL, 0, 0 },
	{ "captions", VALUE_WORD, 0, CAPTIONS, 0, 0 },
	{ "captionStyle", VALUE_SLUG, 0, CAPTION_STYLE, 0, 0 },
	{ "sidecars", VALUE_LIST, 0, SIDECARS, 0, 0 },
	{ "quality", VALUE_WORD, 0, QUALITIES, 0, 0 },
	{ "size", VALUE_SIZE, 0, NULL, 0, 0 },
	TRANSITION,
	{ "music", VALUE_ANY, 0, NULL, 0, 0 },
	AROUND,
	FIELDS_END
};

static const struct field scene_fields[] = {
	{ "id", VALUE_UUID, 0, NULL, 0, 0 },
	{ "projectId", VALUE_UUID, 0, NULL, 0, 0 },
	{ "text", VALUE_TEXT, 1, SCENE_TEXT, 0, 0 },
	{ "say", VALUE_TEXT, 0, NULL, 0, 0 },
	{ "notes", VALUE_TEXT, 0, NULL, 0, 0 },
	{ "speaker", VALUE_TEXT, 0, NULL, 0, 0 },
	{ "audio", VALUE_MAP, 0, NULL, 0, 0 },
	{ "audio.voice", VALUE_TEXT, 0, NULL, 0, 0 },
	{ "audio.speed", VALUE_NUMBER, 0, NULL, 0.5, 2 },
	{ "audio.takes", VALUE_WHOLE, 0, NULL, 1, 99 },
	{ "audio.use", VALUE_WHOLE, 0, NULL, 1, 99 },
	{ "audio.file", VALUE_PATH, 0, NULL, 0, 0 },
	{ "image", VALUE_MAP, 0, NULL, 0, 0 },
	{ "image.prompt", VALUE_TEXT, 0, NULL, 0, 0 },
	{ "image.style", VALUE_TEXT, 0, NULL, 0, 0 },
	{ "image.takes", VALUE_WHOLE, 0, NULL, 1, 99 },
	{ "image.use", VALUE_WHOLE, 0, NULL, 1, 99 },
	{ "image.file", VALUE_PATH, 0, NULL, 0, 0 },
	{ "image.focus", VALUE_POINT, 0, NULL, 0, 1 },
	{ "image.from", VALUE_MOMENT, 0, NULL, 0, 0 },
	{ "image.to", VALUE_DURATION, 0, NULL, 0, 0 },
	{ "image.fit", VALUE_WORD, 0, CLIP_FITS, 0, 0 },
	{ "image.sound", VALUE_WORD, 0, CLIP_SOUNDS, 0, 0 },
	{ "motion", VALUE_ANY, 0, NULL, 0, 0 },
	{ "easing", VALUE_WORD, 0, MOTION_EASINGS, 0, 0 },
	TRANSITION,
	{ "duration", VALUE_DURATION, 0, NULL, 0, 0 },
	{ "sound", VALUE_ANY, 0, NULL, 0, 0 },
	COMMON,
	FIELDS_END
};

static const struct field settings_fields[] = {
	{ "defaultLanguage", VALUE_LANGUAGE, 0, NULL, 0, 0 },
	{ "defaultTone", VALUE_WORD, 0, TONES, 0, 0 },
	{ "defaultImageStyle", VALUE_TEXT, 0, NULL, 0, 0 },
	{ "defaultTtsVoice", VALUE_TEXT, 0, NULL, 0, 0 },
	{ "defaultSpeed", VALUE_NUMBER, 0, NULL, 0.5, 2 },
	{ "scriptModel", VALUE_TEXT, 0, NULL, 0, 0 },
	{ "promptFile", VALUE_PATH, 0, NULL, 0, 0 },
	{ "imageModel", VALUE_TEXT, 0, NULL, 0, 0 },
	{ "ttsProvider", VALUE_TEXT, 0, NULL, 0, 0 },
	{ "videoProvider", VALUE_TEXT, 0, NULL, 0, 0 },
	{ "look", VALUE_TEXT, 0, NULL, 0, 0 },
	{ "captions", VALUE_WORD, 0, CAPTIONS, 0, 0 },
	{ "captionStyle", VALUE_SLUG, 0, CAPTION_STYLE, 0, 0 },
	{ "sidecars", VALUE_LIST, 0, SIDECARS, 0, 0 },
	{ "captionStyles", VALUE_MAP, 0, NULL, 0, 0 },
	{ "quality", VALUE_WORD, 0, QUALITIES, 0, 0 },
	{ "size", VALUE_SIZE, 0, NULL, 0, 0 },
	TRANSITION,
	{ "speakers", VALUE_MAP, 0, NULL, 0, 0 },
	{ "ttsContext", VALUE_TRUTH, 0, NULL, 0, 0 },
	{ "characters", VALUE_MAP, 0, NULL, 0, 0 },
	{ "scriptOptions", VALUE_MAP, 0, NULL, 0, 0 },
	{ "ttsOptions", VALUE_MAP, 0, NULL, 0, 0 },
	{ "imageOptions", VALUE_MAP, 0, NULL, 0, 0 },
	COMMON,
	FIELDS_END
};

static const struct field audio_fields[] = {
	{ "id", VALUE_UUID, 1, NULL, 0, 0 },
	{ "sceneId", VALUE_UUID, 0, NULL, 0, 0 },
	{ "provider", VALUE_TEXT, 0, NULL, 0, 0 },
	{ "voiceId", VALUE_TEXT, 0, NULL, 0, 0 },
	{ "speed", VALUE_NUMBER, 0, NULL, 0.1, 10 },
	{ "durationSec", VALUE_NUMBER, 0, NULL, 0, 1e6 },
	{ "status", VALUE_WORD, 1, STATUS_ASSET, 0, 0 },
	{ "words", VALUE_LIST, 0, NULL, 0, 0 },
	MADE,
	FIELDS_END
};

static const struct field image_fields[] = {
	{ "id", VALUE_UUID, 1, NULL, 0, 0 },
	{ "projectId", VALUE_UUID, 0, NULL, 0, 0 },
	{ "sceneId", VALUE_UUID, 0, NULL, 0, 0 },
	{ "prompt", VALUE_TEXT, 0, NULL, 0, 0 },
	{ "model", VALUE_TEXT, 0, NULL, 0, 0 },
	{ "isMain", VALUE_TRUTH, 0, NULL, 0, 0 },
	{ "status", VALUE_WORD, 1, STATUS_ASSET, 0, 0 },
	MADE,
	FIELDS_END
};

static const struct field video_fields[] = {
	{ "id", VALUE_UUID, 1, NULL, 0, 0 },
	{ "projectId", VALUE_UUID, 0, NULL, 0, 0 },
	{ "aspectRatio", VALUE_TEXT, 0, NULL, 0, 0 },
	{ "durationSec", VALUE_NUMBER, 0, NULL, 0, 1e6 },
	{ "status", VALUE_WORD, 1, STATUS_VIDEO, 0, 0 },
	{ "versions", VALUE_MAP, 0, NULL, 0, 0 },
	{ "versions.fonts", VALUE_MAP, 0, NULL, 0, 0 },
	MADE,
	FIELDS_END
};

static const struct field script_fields[] = {
	{ "id", VALUE_UUID, 0, NULL, 0, 0 },
	{ "projectId", VALUE_UUID, 0, NULL, 0, 0 },
	{ "provider", VALUE_TEXT, 0, NULL, 0, 0 },
	{ "status", VALUE_WORD, 0, STATUS_ASSET, 0, 0 },
	MADE,
	FIELDS_END
};

static const struct field split_fields[] = {
	{ "id", VALUE_UUID, 0, NULL, 0, 0 },
	{ "scenes", VALUE_LIST, 0, NULL, 0, 0 },
	MADE,
	FIELDS_END
};

static const struct field split_scene_fields[] = {
	{ "id", VALUE_UUID, 1, NULL, 0, 0 },
	{ "text", VALUE_TEXT, 0, NULL, 0, 0 },
	FIELDS_END
};

static const struct field *const tables[] = { project_fields, scene_fields,
	settings_fields, audio_fields, image_fields, video_fields,
	script_fields, split_fields };

const char *
record_name(enum record_kind kind)
{
	return record_names[kind];
}

/* Each item of a list of maps. */
static int
check_items(const struct field *table, const struct node *list,
	const struct place *at, struct err *e)
{
	struct place item = *at;
	size_t i;

	for (i = 0; list && i < list->nr; i++) {
		item.index = i + 1;
		if (list->kid[i]->kind != NODE_MAP)
			return value_wrong(&item, list->kid[i], "",
			    "a map", e);
		if (value_check_fields(table, list->kid[i], &item, e) < 0)
			return -1;
		if (table == video_entry_fields && schema_check_music(
		    at->file, list->kid[i], item.index, e) < 0)
			return -1;
	}
	return 0;
}

static int
check_settings(const char *file, const struct node *doc, struct err *e)
{
	static const char *const options[] = { "scriptOptions", "ttsOptions",
		"imageOptions" };
	size_t i;

	for (i = 0; i < sizeof(options) / sizeof(*options); i++)
		if (schema_check_options(file, doc, options[i], e) < 0)
			return -1;
	if (schema_check_speakers(file, doc, "speakers", e) < 0 ||
	    schema_check_caption_styles(file, doc, e) < 0)
		return -1;
	return schema_check_characters(file, doc, "characters", e);
}

int
schema_check(enum record_kind kind, const char *file, const struct node *doc,
	struct err *e)
{
	struct place at = { file, NULL, NULL, 0 };
	const char *status;

	if (!doc || doc->kind != NODE_MAP)
		return err_set(e, EX_DATA, "%s: is not a map of fields; "
		    "write \"name: value\" lines", file);
	if (value_check_fields(tables[kind], doc, &at, e) < 0)
		return -1;
	if (kind == RECORD_PROJECT) {
		if (schema_check_characters(file, doc, "characters", e) < 0 ||
		    schema_check_caption_styles(file, doc, e) < 0 ||
		    schema_check_music(file, doc, 0, e) < 0)
			return -1;
		at.list = "videos";
		return check_items(video_entry_fields,
		    node_get(doc, "videos"), &at, e);
	}
	if (kind == RECORD_SCENE)
		return schema_check_motion(file, doc, e) < 0 ? -1 :
		    schema_check_sound(file, doc, e);
	if (kind == RECORD_SETTINGS)
		return check_settings(file, doc, e);
	if (kind == RECORD_SPLIT) {
		at.list = "scenes";
		return check_items(split_scene_fields,
		    node_get(doc, "scenes"), &at, e);
	}
	status = node_str(doc, "status", "");
	if ((kind == RECORD_AUDIO || kind == RECORD_IMAGE ||
	    kind == RECORD_VIDEO) && !strcmp(status, "ready") &&
	    !node_str(doc, "url", NULL))
		return err_set(e, EX_DATA, "%s: url: missing though the "
		    "status is ready; remove the file to have it made again",
		    file);
	return 0;
}

uint64_t
schema_sum(void)
{
	uint64_t h = value_table_sum(0, split_scene_fields);
	size_t i;

	for (i = 0; i < sizeof(tables) / sizeof(*tables); i++)
		h = value_table_sum(h, tables[i]);
	return h;
}

static int
has_field(const struct field *table, const char *key)
{
	const struct field *f;

	for (f = table; f->path; f++)
		if (!strcmp(f->path, key))
			return 1;
	return 0;
}

int
schema_has(enum record_kind kind, const char *key)
{
	return has_field(tables[kind], key);
}

const char *
schema_home(const char *key)
{
	if (has_field(project_fields, key))
		return "project.yaml";
	if (has_field(video_entry_fields, key))
		return "an entry of videos: in project.yaml";
	if (has_field(scene_fields, key))
		return "the scene.yaml of a scene";
	return NULL;
}

void
schema_mark_text(enum record_kind kind, struct node *doc)
{
	const struct field *f;
	struct node *n;

	for (f = tables[kind]; f->path; f++) {
		n = node_get(doc, f->path);
		if (n && n->kind == NODE_SCALAR && f->kind != VALUE_NUMBER &&
		    f->kind != VALUE_WHOLE && f->kind != VALUE_TRUTH &&
		    f->kind != VALUE_ANY && f->kind != VALUE_SWITCH)
			n->quoted = 1;
	}
}
