/*
 * render-video: films that are sound alone, and the sound beside a film.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "record/json.h"
#include "render-video/render-video.h"
#include "render/chapters.h"
#include "render/film_audio.h"
#include "render/kept_card.h"
#include "store/commit.h"
#include "store/film_audio.h"

#define CARD_SIDE 2000 /* pixels of a drawn cover */

/* The cover as a file; a drawn one is drawn again in its shape, since to cut
 * it would cut the words on it. */
static int
find_cover(const struct project *p, const struct asset_state *a, char **path,
    struct err *e)
{
	static const int frame[2] = { CARD_SIDE, CARD_SIDE };
	char *dir;
	int ret;

	*path = NULL;
	if (!a)
		return 0;
	if (a->state != STATE_FRESH || strcmp(node_str(a->rec.doc,
	    "provider", ""), "card") != 0) {
		*path = xstrdup(a->media);
		return 0;
	}
	dir = project_path(p, "build/fitted");
	ret = card_keep(p, a->scene, a->take, 0, frame, dir, path, e);
	free(dir);
	return ret;
}

int
audio_beside(const struct film *f, const struct timeline *t,
    const struct project *p, const struct video *v, const struct survey *s,
    struct err *e)
{
	const struct asset_state *cover = film_audio_cover(v, s);
	char *dir = project_path(p, "build/parts"), *path = NULL;
	char *out = project_path(p, "video/%s.m4a", v->name);
	struct film_audio how = { .dir = dir, .artist = node_str(p->doc,
		"artist", NULL) };
	int ret = find_cover(p, cover, &path, e);

	how.cover = path;
	if (cover && cover->state == STATE_FRESH)
		how.cover_type = node_str(cover->rec.doc,
		    "digitalSourceType", NULL);
	if (ret == 0)
		ret = film_audio_write(f, t, &how, out, e);
	free(path);
	free(out);
	free(dir);
	return ret;
}

struct node *
audio_node(const struct film *f)
{
	char *name = xasprintf("%s.m4a", f->name);
	struct node *n = node_text(name);

	free(name);
	return n;
}

int
audio_film(struct film *f, const struct timeline *t, const struct project *p,
    struct asset_state *a, struct survey *s, struct err *e)
{
	char *folder = project_path(p, "video");
	char *path = project_path(p, "video/%s.m4a", f->name);
	struct sidecars side = { folder, p, a->rec.doc, node_new(NODE_LIST),
	    node_new(NODE_LIST) };
	struct node *list, *doc;
	int ret = file_mkdirs(folder, e);

	f->sidecars = SIDECAR_VTT;
	if (ret == 0)
		ret = audio_beside(f, t, p, a->video, s, e);
	if (ret == 0)
		ret = film_sidecars(f, t, &side, e);
	if (ret == 0) {
		doc = commit_begin(a);
		node_set_num(doc, "durationSec", round(timeline_seconds(t,
		    t->frames) * 1000) / 1000);
		node_set_str(doc, "preset", f->preset);
		node_set_str(doc, "format", "audio");
		node_set_str(doc, "digitalSourceType", f->source_type);
		node_set(doc, "captions", side.names);
		node_set(doc, "captionsSha256", side.sums);
		side.names = side.sums = NULL;
		if (f->description)
			node_set_str(doc, "description", f->description);
		list = chapters_node(f, t);
		if (list)
			node_set(doc, "chapters", list);
		ret = commit_file(p, a, doc, path, s->cache, e);
	}
	node_free(side.names);
	node_free(side.sums);
	free(folder);
	free(path);
	return ret;
}
