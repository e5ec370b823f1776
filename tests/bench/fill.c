/*
 * A project of many scenes at little cost: what is not fresh gets a record as
 * the programs write it, with media of a few bytes that only looks made. For
 * scripts/bench-scale and t2080; the programs themselves judge the result.
 *
 *	fill PROJECT SCENES   make scenes up to that many, then the rest
 *	fill PROJECT          the records and media alone
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "record/scene_new.h"
#include "store/commit.h"
#include "store/film_state.h"
#include "text/scene_keys.h"

#define WORDS 12 /* spoken in a scene */

/* In place of the library's, for all that this program links: nobody needs
 * what it writes after a power cut. */
int
fsync(int fd)
{
	(void)fd;
	return 0;
}

static void
stop(const struct err *e)
{
	die(e->code ? e->code : EX_FAILED, "%s", e->msg);
}

static void
make_scenes(const struct project *p, size_t from, size_t nr)
{
	unsigned step = scene_keys_step(nr);
	struct err e = ERR_INIT;
	struct node *doc;
	char *text, id[UUID_LEN];
	size_t i;

	for (i = from; i < nr; i++) {
		text = xasprintf("The harbour keeps a record of each storm "
		    "that came, as number %zu.", i + 1);
		doc = node_new(NODE_MAP);
		if (uuid_named(p->id, text, strlen(text), id) < 0)
			die(EX_DATA, "the project's id is no UUID");
		node_set_str(doc, "id", id);
		node_set_str(doc, "text", text);
		if (scene_create(p, (unsigned)(i + 1) * step, doc, NULL,
		    &e) < 0)
			stop(&e);
		free(text);
	}
}

static struct node *
words(void)
{
	struct node *list = node_new(NODE_LIST), *one;
	int i;

	for (i = 0; i < WORDS; i++) {
		one = node_new(NODE_LIST);
		node_push(one, node_real(i * 0.3));
		node_push(one, node_real(i * 0.3 + 0.2));
		node_push(one, node_whole(i * 4));
		node_push(one, node_whole(3));
		node_push(list, one);
	}
	return list;
}

static void
describe(const struct asset_state *a, struct node *doc)
{
	node_set_str(doc, "version", "1");
	if (a->what == ASSET_AUDIO) {
		node_set_str(doc, "voiceId", "cmu_us_slt");
		node_set_num(doc, "speed", 1);
		node_set_str(doc, "language", "en");
		node_set_num(doc, "durationSec", WORDS * 0.3);
		node_set_str(doc, "timing", "provider");
		node_set(doc, "words", words());
		node_set_num(doc, "loudness", -23.4);
		node_set_num(doc, "truePeak", -3.1);
	} else {
		node_set_str(doc, "prompt", "as its text");
		node_set_str(doc, "model", a->provider);
		node_set_whole(doc, "width", 1920);
		node_set_whole(doc, "height", 1080);
	}
}

static void
fill_asset(const struct project *p, struct asset_state *a,
    struct stat_cache *c)
{
	struct err e = ERR_INIT;
	struct media_bytes m;
	struct node *doc;
	char *bytes;

	if (!state_needs_making(a))
		return;
	/* longer than a Git LFS pointer can be */
	bytes = xasprintf("%s %s %d%1024s\n", a->want->digest,
	    a->scene ? a->scene->dir : "cover", a->take, "");
	m.p = bytes;
	m.n = strlen(bytes);
	m.ext = a->what == ASSET_AUDIO ? "wav" : "png";
	doc = commit_begin(a);
	describe(a, doc);
	if (commit_media(p, a, doc, &m, c, &e) < 0)
		stop(&e);
	free(bytes);
}

static void
fill_film(const struct project *p, const struct survey *s,
    const struct video *v)
{
	char *folder = project_path(p, "video"), *path;
	struct asset_state a;
	struct err e = ERR_INIT;
	struct node *doc;
	size_t i;

	path = project_path(p, "video/%s.mp4", v->name);
	if (file_mkdirs(folder, &e) < 0 || file_write(path, "film\n", 5,
	    &e) < 0 || state_video(p, v, s, &a, &e) < 0)
		stop(&e);
	doc = commit_begin(&a);
	node_set_num(doc, "durationSec", 1);
	if (commit_file(p, &a, doc, path, s->cache, &e) < 0)
		stop(&e);
	for (i = 0; i < v->nr; i++)
		if (part_stamp(p, v, s, i, &e) < 0)
			stop(&e);
	asset_state_release(&a);
	free(path);
	free(folder);
}

int
main(int argc, char **argv)
{
	struct err e = ERR_INIT;
	struct project p;
	struct survey s;
	size_t i;

	if (argc < 2 || project_open(&p, argv[1], &e) < 0)
		stop(&e);
	if (argc > 2) {
		make_scenes(&p, p.nr, strtoul(argv[2], NULL, 10));
		project_release(&p);
		if (project_open(&p, argv[1], &e) < 0)
			stop(&e);
	}
	if (survey_take(&s, &p, &e) < 0)
		stop(&e);
	for (i = 2; i < s.nr; i++)
		fill_asset(&p, &s.a[i], s.cache);
	for (i = 0; i < p.video_nr; i++)
		fill_film(&p, &s, &p.video[i]);
	survey_release(&s);
	project_release(&p);
	return 0;
}
