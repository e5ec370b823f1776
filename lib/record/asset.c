#include "record/asset.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/uuid.h"
#include "record/json.h"
#include "record/mark.h"

/*
 * What programs write beside the fields of the schema. Such a key says how the
 * media was made, so it must not outlive it; any other key is somebody's own.
 */
static const char *const made_keys[] = {
	"adopted", "billed", "chapters", "code", "cost", "credit",
	"creditUrl", "description", "focus", "fps", "gain", "hasSound",
	"height", "httpStatus", "kind", "language", "look", "loops",
	"loudness", "model", "revisedPrompt", "seconds", "soundAt",
	"placeholder", "provider", "quality", "seed", "size", "speed",
	"style", "take", "thumbnail", "timing", "tone", "trimEnd",
	"trimStart", "truePeak", "usage", "version", "versions", "voiceId",
	"warnings", "width", "wordTimes", "words", "digitalSourceType"
};

static int
is_made(enum record_kind kind, const char *key)
{
	size_t i;

	for (i = 0; i < sizeof(made_keys) / sizeof(*made_keys); i++)
		if (!strcmp(made_keys[i], key))
			return 1;
	return schema_has(kind, key);
}

static void
set_fields(struct asset *a, const char *path)
{
	a->path = xstrdup(path);
	a->id = node_str(a->doc, "id", NULL);
	a->url = node_str(a->doc, "url", NULL);
	a->status = node_str(a->doc, "status", NULL);
	a->error = node_str(a->doc, "error", NULL);
	a->request = node_str(a->doc, "request", NULL);
	a->sha256 = node_str(a->doc, "sha256", NULL);
	a->bytes = (uint64_t)node_num(a->doc, "bytes", 0);
	a->seconds = node_num(a->doc, "durationSec", 0);
}

/* Two branches that split their scripts, or made the film, both wrote the
 * record, so git leaves it to be merged by hand, and nobody needs to. Of
 * split.json either side is what a scene was before, and the next split writes
 * it anew; a film of neither side is fresh. */
static struct node *
load_ours(const char *path, struct err *e)
{
	struct strbuf b = STRBUF_INIT, ours = STRBUF_INIT;
	struct node *n = NULL;

	if (file_read(path, JSON_BYTES, &b, NULL) == 0 &&
	    mark_take_ours(b.buf, b.len, &ours))
		n = json_parse(path, ours.buf, ours.len, NULL);
	strbuf_release(&b);
	strbuf_release(&ours);
	if (n && n->kind == NODE_MAP)
		node_drop(n, "request");
	if (n && e)
		e->code = 0;
	return n;
}

/* NULL with errno ENOENT: it is not there; else with e set. mended: the file
 * is to be written anew. */
static struct node *
load(enum record_kind kind, const char *path, int *mended, struct err *e)
{
	struct node *n;

	errno = 0;
	n = json_load(path, e);
	*mended = 0;
	if (!n && errno != ENOENT && (kind == RECORD_SPLIT ||
	    kind == RECORD_VIDEO)) {
		n = load_ours(path, e);
		*mended = n != NULL;
	}
	return n;
}

int
asset_load(struct asset *a, enum record_kind kind, const char *path,
	struct err *e)
{
	int mended;

	memset(a, 0, sizeof(*a));
	a->kind = kind;
	a->doc = load(kind, path, &mended, e);
	if (!a->doc && errno != ENOENT)
		return -1;
	if (a->doc && schema_check(kind, path, a->doc, e) < 0) {
		node_free(a->doc);
		a->doc = NULL;
		return -1;
	}
	set_fields(a, path);
	return 0;
}

/* Of a lean record: its words in one text. No program writes such a key. */
#define LEAN_WORDS ".words"

static int
is_long(const char *key)
{
	static const char *const keys[] = { "inputs", "words", "scenes",
		"chapters", "usage", "warnings" };
	size_t i;

	for (i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (!strcmp(keys[i], key))
			return 1;
	return *key == '.';
}

static struct node *
lean_copy(const struct node *doc)
{
	const struct node *words = node_child(doc, "words");
	struct node *lean = node_new(NODE_MAP);
	struct strbuf b = STRBUF_INIT;
	size_t i;

	for (i = 0; i < doc->nr; i++)
		if (!is_long(doc->kid[i]->key))
			node_push(lean, node_copy(doc->kid[i]));
	if (words) {
		json_print_line(words, &b);
		node_append(lean, LEAN_WORDS, node_text(b.buf));
	}
	strbuf_release(&b);
	return lean;
}

int
asset_load_kept(struct asset *a, enum record_kind kind, const char *path,
	struct kept_tree *k, struct err *e)
{
	int64_t now = file_stamp_now();
	struct file_stamp s;
	struct node *lean;

	memset(a, 0, sizeof(*a));
	if (!k || file_stamp_get(path, &s) < 0)
		return asset_load(a, kind, path, e);
	lean = kept_tree_lend(k, KEPT_RECORD + kind, &s);
	if (!lean) {
		if (asset_load(a, kind, path, e) < 0)
			return -1;
		if (!a->doc)
			return 0; /* gone since */
		lean = lean_copy(a->doc);
		kept_tree_put(k, KEPT_RECORD + kind, &s, now, lean);
		asset_release(a);
	}
	a->kind = kind;
	a->lean = 1;
	a->doc = lean;
	set_fields(a, path);
	return 0;
}

int
asset_whole(struct asset *a, struct err *e)
{
	struct asset full;

	if (!a->lean)
		return 0;
	if (asset_load(&full, a->kind, a->path, e) < 0)
		return -1;
	if (!full.doc) {
		asset_release(&full);
		return err_set(e, EX_LATER, "%s: was removed just now; run "
		    "it again", a->path);
	}
	asset_release(a);
	*a = full;
	return 0;
}

int
asset_words(const struct asset *a, struct strbuf *out)
{
	const struct node *words = node_child(a->doc, a->lean ? LEAN_WORDS
	    : "words");

	if (words && a->lean)
		strbuf_add(out, words->str, words->len);
	else if (words)
		json_print_line(words, out);
	return words != NULL;
}

void
asset_release(struct asset *a)
{
	free(a->path);
	node_free(a->doc);
	memset(a, 0, sizeof(*a));
}

char *
asset_media_path(const struct asset *a, struct err *e)
{
	char *dir, *path;
	int fd = -1;

	if (!a->url || !path_is_inside(a->url)) {
		err_set(e, EX_DATA, "%s: url: %s; remove the record to have "
		    "it made again", a->path, a->url ? "is no file beside the "
		    "record" : "is missing");
		return NULL;
	}
	dir = path_dirname(a->path);
	path = path_join(dir, a->url);
	/* only we write records, and with files beside them: anything else
	 * may go through a link */
	if (strchr(a->url, '/') && file_exists(path) &&
	    (fd = path_open_beneath(dir, a->url, e)) < 0) {
		err_prefix(e, "%s: url", a->path);
		free(path);
		path = NULL;
	}
	if (fd >= 0)
		close(fd);
	free(dir);
	return path;
}

/* Id of a new record: of its request and scene, since two scenes may say the
 * same; one without a request is named by its file. */
static void
set_new_id(struct node *out, const char *project_id, const struct node *doc,
	const char *path)
{
	struct strbuf name = STRBUF_INIT;
	char id[UUID_LEN];

	strbuf_addstr(&name, node_str(doc, "request", path_basename(path)));
	if (node_str(doc, "sceneId", NULL))
		strbuf_addf(&name, " %s", node_str(doc, "sceneId", ""));
	if (uuid_named(project_id, name.buf, name.len, id) < 0)
		uuid_random(id);
	node_set_str(out, "id", id);
	strbuf_release(&name);
}

static int
is_frame(const char *key)
{
	return !strcmp(key, "id") || !strcmp(key, "createdAt") ||
	    !strcmp(key, "updatedAt");
}

/* The record as it will be written, with old's times. */
static struct node *
join(enum record_kind kind, const char *path, const char *project_id,
	const struct node *doc, const struct node *old)
{
	struct node *out = node_new(NODE_MAP);
	const char *id = node_str(old, "id", node_str(doc, "id", NULL));
	char now[TIME_LEN];
	size_t i;

	time_stamp(now);
	if (id)
		node_set_str(out, "id", id);
	else
		set_new_id(out, project_id, doc, path);
	for (i = 0; i < doc->nr; i++)
		if (!is_frame(doc->kid[i]->key))
			node_push(out, node_copy(doc->kid[i]));
	for (i = 0; old && i < old->nr; i++)
		if (!is_made(kind, old->kid[i]->key) &&
		    !node_child(doc, old->kid[i]->key))
			node_push(out, node_copy(old->kid[i]));
	node_set_str(out, "createdAt", node_str(old, "createdAt",
	    node_str(doc, "createdAt", now)));
	node_set_str(out, "updatedAt", node_str(old, "updatedAt", now));
	return out;
}

int
asset_save(enum record_kind kind, const char *path, const char *project_id,
	struct node *doc, struct err *e)
{
	struct strbuf b = STRBUF_INIT;
	struct node *old, *out;
	char now[TIME_LEN];
	int bad = 0, mended;

	old = load(kind, path, &mended, e);
	if (!old && errno != ENOENT) {
		node_free(doc);
		return -1;
	}
	out = join(kind, path, project_id, doc, old);
	node_free(doc);
	if (!old || mended || !node_equal(out, old)) {
		time_stamp(now);
		node_set_str(out, "updatedAt", now);
		json_print(out, &b);
		bad = schema_check(kind, path, out, e);
		if (!bad)
			bad = file_write(path, b.buf, b.len, e);
	}
	strbuf_release(&b);
	node_free(old);
	node_free(out);
	return bad;
}
