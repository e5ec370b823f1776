#include "store/state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "store/made.h"
#include "store/object.h"
#include "store/endpoint.h"
#include "store/lfs.h"
#include "store/voice_parts.h"

const char *
state_name(enum state s)
{
	static const char *const names[] = { "fresh", "never made", "stale",
		"missing", "modified", "pointer", "failed" };

	return names[s];
}

const char *
asset_what_name(enum asset_what w)
{
	static const char *const names[] = { "script", "split", "audio",
		"image", "cover", "video" };

	return names[w];
}

static enum record_kind
kind_of(enum asset_what w)
{
	static const enum record_kind kinds[] = { RECORD_SCRIPT, RECORD_SPLIT,
		RECORD_AUDIO, RECORD_IMAGE, RECORD_IMAGE, RECORD_VIDEO };

	return kinds[w];
}

int
state_is_faulty(const struct asset_state *a)
{
	return a->state == STATE_FAILED && (!a->rec.status ||
	    strcmp(a->rec.status, "failed") != 0);
}

int
state_needs_making(const struct asset_state *a)
{
	switch (a->state) {
	case STATE_ABSENT:
	case STATE_STALE:
		return 1;
	case STATE_MISSING:
		return !a->paid || a->in_store;
	default:
		return 0;
	}
}

int
state_is_usable(const struct asset_state *a)
{
	return a->state == STATE_FRESH || a->state == STATE_MODIFIED;
}

void
asset_state_release(struct asset_state *a)
{
	asset_release(&a->rec);
	request_free(a->want);
	changes_release(&a->changes);
	free(a->why);
	free(a->media);
	memset(a, 0, sizeof(*a));
}

int
state_is_pointer(const char *path, uint64_t bytes)
{
	struct strbuf b = STRBUF_INIT;
	int yes;

	if (bytes >= LFS_POINTER_BYTES ||
	    file_read(path, LFS_POINTER_BYTES, &b, NULL) < 0)
		return 0;
	yes = lfs_is_pointer(b.buf, b.len, NULL);
	strbuf_release(&b);
	return yes;
}

/* The media of a record: the user's own file where the scene names one. */
static char *
media_path(const struct project *p, const struct asset_state *a,
    struct err *e)
{
	const char *own = scene_file(a->scene, a->what);

	if (own)
		return path_join(p->root, own);
	if (!a->rec.url ||
	    !strcmp(node_str(a->rec.doc, "provider", ""), "file"))
		return NULL; /* never had any, or no longer names its own */
	return asset_media_path(&a->rec, e);
}

/* Free media that git does not keep: the bytes of the record can be had again,
 * so what is made from them need not wait to know what they will be. */
static int
is_local(const struct asset_state *a)
{
	return a->media && a->rec.sha256 && strstr(path_basename(a->media),
	    ".local.");
}

/* The media that is there against its record. */
static int
judge_media(const struct project *p, struct asset_state *a,
    struct stat_cache *c, struct err *e)
{
	uint64_t bytes;
	/* The user's own file is in the digest: never "modified". */
	int own = scene_file(a->scene, a->what) != NULL;
	struct err why = ERR_INIT;

	if (!a->media || (stat_cache_sha256(c, a->media, a->media_sha256,
	    &bytes, &why) < 0 && !file_exists(a->media))) {
		a->state = STATE_MISSING;
		if (is_local(a))
			memcpy(a->media_sha256, a->rec.sha256, SHA256_HEX);
		return 0;
	}
	if (why.code) {
		*e = why;
		return -1;
	}
	if (state_is_pointer(a->media, bytes))
		a->state = STATE_POINTER;
	else if (own || !a->rec.sha256 ||
	    !strcmp(a->media_sha256, a->rec.sha256))
		a->state = STATE_FRESH;
	else if (is_local(a) && made_is_ours(p->id, a->media_sha256)) {
		/* ours, of another branch: as good as not there */
		a->state = STATE_MISSING;
		memcpy(a->media_sha256, a->rec.sha256, SHA256_HEX);
	} else if (a->paid && strcmp(a->want->digest, a->rec.request ?
	    a->rec.request : "") != 0 &&
	    made_is_for(p->id, a->want->digest, a->media_sha256)) {
		a->state = STATE_FRESH; /* ours; its record was not written */
	} else {
		a->state = STATE_MODIFIED;
	}
	return 0;
}

/* Compare the record and its media with what is wanted now. */
static int
judge(const struct project *p, struct asset_state *a, struct stat_cache *c,
    struct err *e)
{
	int same, failed;

	if (!a->rec.doc) {
		a->state = STATE_ABSENT;
		return 0;
	}
	failed = a->rec.status && !strcmp(a->rec.status, "failed");
	same = a->rec.request && !strcmp(a->rec.request, a->want->digest);
	a->media = media_path(p, a, e);
	if (!a->media && e->code)
		return -1;
	if (judge_media(p, a, c, e) < 0)
		return -1;
	if (failed && same) {
		a->state = STATE_FAILED;
		a->why = xstrdup(a->rec.error ? a->rec.error : "it failed");
		return 0;
	}
	/* Never made, though it was tried: no media, but a request. */
	if (failed && a->state == STATE_MISSING)
		a->state = STATE_STALE;
	if (same)
		return 0;
	if (a->state != STATE_MODIFIED && a->state != STATE_POINTER) {
		a->state = STATE_STALE;
		if (asset_whole(&a->rec, e) < 0)
			return -1;
		changes_find(a->want, node_get(a->rec.doc, "inputs"),
		    &a->changes);
	}
	return 0;
}

int
state_pieces(const struct project *p, const struct asset_state *a,
    struct strvec *out)
{
	struct endpoint *ep = a->what == ASSET_AUDIO && a->want
	    ? endpoint_get(a->provider, PROVIDER_SPEECH, NULL) : NULL;
	struct voice_parts parts;
	struct voice_choice v;
	size_t i;
	int nr = 0;

	if (!ep || !ep->cap)
		return 0;
	voice_choose(p, a->scene, &v);
	voice_parts_make(v.spoken, v.lexicon, ep->cap, a->want, &parts);
	for (i = 0; parts.nr > 1 && i < parts.nr; i++, nr++)
		strvec_push(out, voice_part_digest(&parts, a->want, i));
	voice_parts_release(&parts);
	voice_choice_release(&v);
	return nr;
}

static int
pieces_are_stored(const struct project *p, const struct asset_state *a)
{
	struct strvec pieces = STRVEC_INIT;
	int yes = state_pieces(p, a, &pieces) > 0;
	size_t i;

	for (i = 0; yes && i < pieces.nr; i++)
		yes = object_is_kept(pieces.v[i]);
	strvec_release(&pieces);
	return yes;
}

int
state_is_stored(const struct project *p, const struct asset_state *a)
{
	return a->want && (object_is_kept(a->want->digest) ||
	    (a->what == ASSET_AUDIO && pieces_are_stored(p, a)));
}

/* A take that is not used is what it was when it was paid for: what is wanted
 * now is wanted of the one in the film. */
static void
spare_unused(struct asset_state *a)
{
	int there = a->media && *a->media_sha256;

	if (a->state != STATE_STALE || a->used || !a->paid)
		return;
	if (there && (!a->rec.sha256 ||
	    !strcmp(a->media_sha256, a->rec.sha256))) {
		a->state = STATE_FRESH;
		a->in_store = 0;
	} else if (a->in_store) {
		return; /* also what a build was killed in the midst of */
	} else if (there) {
		a->state = STATE_MODIFIED;
	} else if (a->rec.sha256) {
		a->state = STATE_MISSING;
	}
}

/* Load the record, form the request by make, and judge. */
static int
finish(const struct project *p, struct asset_state *a, struct stat_cache *c,
    struct err *e)
{
	char *path;
	int ret;

	if (!a->want)
		return -1; /* e says why */
	e->code = 0;
	path = asset_record_path(p, a->what, a->scene, a->take);
	ret = asset_load_kept(&a->rec, kind_of(a->what), path,
	    p->lean ? p->kept : NULL, e);
	if (ret < 0 && !a->rec.path)
		a->rec.path = path; /* which is told */
	else
		free(path);
	a->paid = provider_is_paid(a->provider);
	if (ret == 0)
		ret = judge(p, a, c, e);
	if (ret == 0 && a->paid && !state_is_usable(a))
		a->in_store = state_is_stored(p, a);
	if (ret == 0)
		spare_unused(a);
	return ret;
}

int
state_audio(const struct project *p, const struct scene *s, int take,
    struct stat_cache *c, struct asset_state *a, struct err *e)
{
	struct voice_choice v;

	memset(a, 0, sizeof(*a));
	a->what = ASSET_AUDIO;
	a->scene = s;
	a->take = take;
	a->used = take == scene_use(s, ASSET_AUDIO) || s->audio_file;
	voice_choose(p, s, &v);
	a->provider = v.provider;
	voice_choice_release(&v);
	a->want = request_audio(p, s, take, c, e);
	if (a->want && scene_is_silent(s))
		return 0;
	return finish(p, a, c, e);
}

int
state_image(const struct project *p, const struct scene *s, int take,
    struct stat_cache *c, struct asset_state *a, struct err *e)
{
	struct image_choice choice;

	memset(a, 0, sizeof(*a));
	a->what = ASSET_IMAGE;
	a->scene = s;
	a->take = take;
	a->used = take == scene_use(s, ASSET_IMAGE) || s->image_file;
	image_choose(p, s, &choice);
	a->provider = choice.provider;
	image_choice_release(&choice);
	a->want = request_image(p, s, take, c, e);
	return finish(p, a, c, e);
}

int
state_cover(const struct project *p, struct stat_cache *c,
    struct asset_state *a, struct err *e)
{
	struct image_choice choice;

	memset(a, 0, sizeof(*a));
	a->what = ASSET_COVER;
	a->take = a->used = 1;
	image_choose(p, NULL, &choice);
	a->provider = choice.provider;
	image_choice_release(&choice);
	a->want = request_cover(p, c, e);
	return finish(p, a, c, e);
}
