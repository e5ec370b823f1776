/*
 * The states of script.md and of its split into scenes: state.h.
 */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "store/made.h"
#include "store/object.h"
#include "store/provider_type.h"
#include "store/state.h"

static int
has_file(const struct project *p, const char *name)
{
	char *path = path_join(p->root, name);
	int yes = file_exists(path);

	free(path);
	return yes;
}

/* Is a script to be made where there is none? Scenes that somebody added need
 * none, but where they wrote what else it is to be of. */
static int
wants_script(const struct project *p, const struct request *r)
{
	int source = has_file(p, "source.md");

	return source || (p->nr ? request_has_brief(r)
	    : has_file(p, "brief.md"));
}

/* A provider refused this very request: it is not asked again by itself. */
static void
script_failed(struct asset_state *a, int same)
{
	if (!same || !a->rec.status || strcmp(a->rec.status, "failed") != 0)
		return;
	a->state = STATE_FAILED;
	a->why = xstrdup(a->rec.error ? a->rec.error : "it failed");
}

int
state_script(const struct project *p, struct asset_state *a, struct err *e)
{
	char sha[SHA256_HEX], *path;
	int ret, same, made;

	memset(a, 0, sizeof(*a));
	a->what = ASSET_SCRIPT;
	a->take = a->used = 1;
	a->provider = project_setting(p, "scriptModel", "extract");
	a->media = path_join(p->root, "script.md");
	a->paid = provider_is_paid(a->provider);
	path = asset_record_path(p, ASSET_SCRIPT, NULL, 1);
	ret = asset_load(&a->rec, RECORD_SCRIPT, path, e);
	free(path);
	/* which take it is stands nowhere else */
	if (ret == 0 && a->paid)
		a->take = (int)node_num(a->rec.doc, "take", 1);
	if (ret == 0)
		a->want = request_script(p, a->take, e);
	if (!a->want || ret < 0)
		return -1;
	same = a->rec.request && !strcmp(a->rec.request, a->want->digest);
	made = a->rec.doc && a->rec.sha256; /* else it was only tried */
	if (!file_exists(a->media)) {
		a->state = made ? STATE_MISSING
		    : wants_script(p, a->want) ? STATE_ABSENT : STATE_FRESH;
		a->in_store = a->paid && object_is_kept(a->want->digest);
		if (a->state == STATE_ABSENT)
			script_failed(a, same);
		return 0;
	}
	if (sha256_file(a->media, sha, NULL, e) < 0)
		return -1;
	memcpy(a->media_sha256, sha, sizeof(sha));
	if (!made) {
		/* the user's own, or of a program that died before it wrote
		 * the record */
		a->state = made_is_ours(p->id, sha) &&
		    wants_script(p, a->want) ? STATE_ABSENT : STATE_FRESH;
		a->in_store = a->paid && object_is_kept(a->want->digest);
		return 0;
	}
	if (!same) {
		a->state = STATE_STALE;
		changes_find(a->want, node_get(a->rec.doc, "inputs"),
		    &a->changes);
		a->in_store = a->paid && object_is_kept(a->want->digest);
	}
	script_failed(a, same);
	if (strcmp(a->rec.sha256, sha) != 0)
		a->state = STATE_MODIFIED;
	return 0;
}

int
state_split(const struct project *p, struct asset_state *a, struct err *e)
{
	char *path;
	size_t i;
	int ret = -1;

	memset(a, 0, sizeof(*a));
	a->what = ASSET_SPLIT;
	a->take = a->used = 1;
	a->provider = "local";
	a->want = request_split(p, e);
	path = asset_record_path(p, ASSET_SPLIT, NULL, 1);
	if (a->want)
		ret = asset_load_kept(&a->rec, RECORD_SPLIT, path,
		    p->lean ? p->kept : NULL, e);
	free(path);
	if (ret < 0)
		return -1;
	if (!has_file(p, "script.md"))
		a->state = STATE_FRESH;
	else if (!a->rec.doc)
		a->state = STATE_ABSENT;
	else if (!a->rec.request ||
	    strcmp(a->rec.request, a->want->digest) != 0) {
		a->state = STATE_STALE;
		if (asset_whole(&a->rec, e) < 0)
			return -1;
		changes_find(a->want, node_get(a->rec.doc, "inputs"),
		    &a->changes);
	}
	for (i = 0; i < p->nr && a->state == STATE_FRESH; i++)
		if (!p->scene[i].id)
			a->state = STATE_STALE;
	return 0;
}
