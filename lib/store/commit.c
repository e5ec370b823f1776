#include "store/commit.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "record/json.h"
#include "store/aside.h"
#include "store/made.h"
#include "store/object.h"
#include "store/provider_type.h"

static enum record_kind
kind_of(const struct asset_state *a)
{
	return a->what == ASSET_AUDIO ? RECORD_AUDIO
	     : a->what == ASSET_VIDEO ? RECORD_VIDEO
	     : a->what == ASSET_SCRIPT ? RECORD_SCRIPT
	     : a->what == ASSET_SPLIT ? RECORD_SPLIT : RECORD_IMAGE;
}

static char *
record_path(const struct project *p, const struct asset_state *a)
{
	if (a->what == ASSET_VIDEO)
		return project_path(p, "video/%s.json", a->video->name);
	return asset_record_path(p, a->what, a->scene, a->take);
}

struct node *
commit_begin(const struct asset_state *a)
{
	struct node *doc = node_new(NODE_MAP);

	if (a->scene)
		node_set_str(doc, "sceneId", a->scene->id);
	node_set_str(doc, "provider", a->provider);
	if (a->take > 1)
		node_set_whole(doc, "take", a->take);
	node_set_str(doc, "request", a->want->digest);
	node_set(doc, "inputs", request_inputs(a->want));
	return doc;
}

void
commit_warnings(struct node *doc, const char *lines)
{
	struct node *list = node_new(NODE_LIST);
	const char *end;
	char *line;

	for (; *lines; lines = *end ? end + 1 : end) {
		end = strchrnul(lines, '\n');
		line = xmemdup(lines, (size_t)(end - lines));
		if (*line)
			node_push(list, node_text(line));
		free(line);
	}
	if (list->nr)
		node_set(doc, "warnings", list);
	else
		node_free(list);
}

/* "audio.local.wav", "image.2.png": beside the record, to be freed. */
static char *
media_name(const struct asset_state *a, const char *ext)
{
	char n[16] = "";

	if (a->take > 1)
		snprintf(n, sizeof(n), ".%d", a->take);
	return xasprintf("%s%s%s.%s", asset_what_name(a->what), n,
	    a->paid ? "" : ".local", ext);
}

/* Write the record and take it as a's. */
static int
save(const struct project *p, struct asset_state *a, struct node *doc,
    struct err *e)
{
	char *path = record_path(p, a);
	int ret;

	ret = asset_save(kind_of(a), path, p->id, doc, e);
	if (ret >= 0) {
		asset_release(&a->rec);
		ret = asset_load(&a->rec, kind_of(a), path, e);
	}
	free(path);
	return ret < 0 ? -1 : 0;
}

static void
set_media(struct asset_state *a, struct node *doc, const char *url,
    uint64_t bytes)
{
	node_set_str(doc, "url", url);
	node_set_str(doc, "sha256", a->media_sha256);
	node_set_whole(doc, "bytes", (long long)bytes);
	node_set_str(doc, "status", "ready");
}

/* What was adopted is no reply to its request: of an edited file, or of other
 * words. */
static int
is_adopted(const struct asset_state *a)
{
	return node_bool(a->rec.doc, "adopted", 0);
}

/* Media that was paid for goes into the store before its record is replaced,
 * should it not be there: a clone's media came by git. */
static int
keep_paid(const struct asset_state *a, struct err *e)
{
	char sha[SHA256_HEX], *media;
	int ret = 0;

	if ((a->what != ASSET_AUDIO && a->what != ASSET_IMAGE &&
	    a->what != ASSET_COVER) || !a->rec.url || !a->rec.sha256 ||
	    !a->rec.request || !a->rec.status || is_adopted(a) ||
	    strcmp(a->rec.status, "ready") != 0 ||
	    !provider_is_paid(node_str(a->rec.doc, "provider", "file")) ||
	    object_is_there(a->rec.request))
		return 0;
	media = asset_media_path(&a->rec, NULL);
	if (media && file_exists(media)) {
		ret = sha256_file(media, sha, NULL, e);
		if (ret == 0 && !strcmp(sha, a->rec.sha256))
			ret = object_keep(a->rec.request, media, a->rec.doc,
			    e);
	}
	free(media);
	return ret;
}

/* Before the bytes are put in place of others: a program that dies before it
 * has written their record must not make them look like the user's own. */
static int
note_made(const struct project *p, const struct asset_state *a,
    const char *path, struct err *e)
{
	if (!a->paid)
		return made_note(p->id, a->media_sha256, e);
	if (!a->rec.doc && !file_exists(path))
		return 0;
	return made_note_for(p->id, a->want->digest, a->media_sha256, e);
}

/* The record of a file of the user's own, which stays where it is. */
static int
is_file_record(const struct asset_state *a)
{
	return !strcmp(node_str(a->rec.doc, "provider", ""), "file");
}

/* What stands at path may be the user's. */
static int
keep_own(const struct project *p, const struct asset_state *a,
    const char *path, struct err *e)
{
	return aside_keep(p, path, is_file_record(a) || is_adopted(a) ? NULL :
	    a->rec.sha256, a->media_sha256, e);
}

/* Where its folder was moved or deleted meanwhile, that is why it cannot be put
 * there; e said that a file could not be written. */
static int
is_homeless(const struct asset_state *a, const char *dir, struct err *e)
{
	if (access(dir, F_OK) == 0 || errno != ENOENT)
		return -1;
	return err_set(e, EX_LATER, "%s: was moved or deleted while its %s was "
	    "made%s; run it again", dir, asset_what_name(a->what),
	    a->paid ? " (the store keeps it)" : "");
}

int
commit_media(const struct project *p, struct asset_state *a,
    struct node *doc, const struct media_bytes *m, struct stat_cache *c,
    struct err *e)
{
	char *record = record_path(p, a), *dir = path_dirname(record);
	char *name = media_name(a, m->ext), *path = path_join(dir, name);
	char *old = a->media;
	int goes = old && strcmp(old, path) != 0 &&
	    !strncmp(old, dir, strlen(dir)) && !is_file_record(a);
	int ret;

	ret = keep_paid(a, e);
	sha256_hex(m->p, m->n, a->media_sha256);
	if (ret == 0)
		ret = keep_own(p, a, path, e);
	if (ret == 0 && goes)
		ret = keep_own(p, a, old, e);
	if (ret == 0)
		ret = note_made(p, a, path, e);
	if (ret == 0)
		ret = file_write(path, m->p, m->n, e);
	if (ret == 0) {
		stat_cache_note(c, path, a->media_sha256);
		set_media(a, doc, name, m->n);
		ret = save(p, a, doc, e);
	} else {
		node_free(doc);
	}
	if (ret == 0) {
		if (goes)
			unlink(old);
		free(old);
		a->media = path;
		a->state = STATE_FRESH;
	} else {
		ret = is_homeless(a, dir, e);
		free(path);
	}
	free(name);
	free(dir);
	free(record);
	return ret;
}

/* path relative to the record's folder, which lies depth folders deep. */
static char *
relative_url(const struct project *p, const struct asset_state *a,
    const char *path)
{
	char *dir = path_dirname(a->rec.path);
	size_t n = strlen(dir);
	const char *in = path;
	int beside = !strncmp(path, dir, n) && path[n] == '/';

	free(dir);
	if (beside)
		return xstrdup(path + n + 1);
	n = strlen(p->root);
	if (!strncmp(path, p->root, n) && path[n] == '/')
		in = path + n + 1;
	if (a->scene)
		return xasprintf("../../%s", in);
	return xstrdup(in);
}

int
commit_file(const struct project *p, struct asset_state *a,
    struct node *doc, const char *path, struct stat_cache *c, struct err *e)
{
	uint64_t bytes;
	char *url;
	int ret;

	if (stat_cache_sha256(c, path, a->media_sha256, &bytes, e) < 0 ||
	    keep_paid(a, e) < 0) {
		node_free(doc);
		return -1;
	}
	url = relative_url(p, a, path);
	set_media(a, doc, url, bytes);
	free(url);
	ret = save(p, a, doc, e);
	if (ret == 0) {
		if (path != a->media) {
			free(a->media);
			a->media = xstrdup(path);
		}
		a->state = STATE_FRESH;
	}
	return ret;
}

int
commit_failure(const struct project *p, struct asset_state *a,
    struct node *doc, const struct err *why, struct err *e)
{
	static const char *const kept[] = { "url", "sha256", "bytes",
		"durationSec", "words", "timing" };
	const struct node *old;
	size_t i;

	if (why->code != EX_REFUSED && why->code != EX_DATA) {
		node_free(doc);
		return 0;
	}
	if (keep_paid(a, e) < 0) {
		node_free(doc);
		return -1;
	}
	for (i = 0; i < sizeof(kept) / sizeof(*kept); i++) {
		old = node_get(a->rec.doc, kept[i]);
		if (old)
			node_set(doc, kept[i], node_copy(old));
	}
	node_set_str(doc, "status", "failed");
	node_set_str(doc, "error", why->msg);
	a->state = STATE_FAILED;
	free(a->why);
	a->why = xstrdup(why->msg);
	return save(p, a, doc, e);
}

void
record_line(const struct project *p, const struct asset_state *a,
    struct strbuf *out)
{
	struct node *doc;

	if (!a->rec.doc)
		return;
	doc = node_copy(a->rec.doc);
	node_drop(doc, "inputs");
	if (a->what != ASSET_AUDIO && a->what != ASSET_SCRIPT)
		node_set_str(doc, "projectId", p->id);
	if (a->what == ASSET_IMAGE)
		node_set_bool(doc, "isMain", a->used);
	if (a->what == ASSET_COVER)
		node_set_bool(doc, "isMain", 1);
	json_print_line(doc, out);
	node_free(doc);
}
