/*
 * studio show: the records, with what is derived laid in.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/options.h"
#include "base/pipe.h"
#include "record/json.h"
#include "store/commit.h"
#include "studio/studio.h"

static const char *
project_status(const struct plan *p)
{
	size_t i, fresh = 0, made = 0;

	for (i = 0; i < p->project.video_nr; i++)
		fresh += (size_t)(p->film[i].film.rec.doc &&
		    !p->film[i].needed);
	for (i = 3; i < p->survey.nr; i++)
		made += p->survey.a[i].rec.doc != NULL;
	if (!p->phase1 && p->project.nr && fresh == p->project.video_nr)
		return "completed";
	return made ? "in-progress" : "draft";
}

static struct node *
record_tree(const struct plan *p, const struct asset_state *a)
{
	struct strbuf b = STRBUF_INIT;
	struct node *n;

	record_line(&p->project, a, &b);
	n = b.len ? json_parse("record", b.buf, b.len, NULL) : NULL;
	strbuf_release(&b);
	if (!n)
		n = node_new(NODE_NULL);
	else
		node_set_str(n, "state", state_name(a->state));
	return n;
}

static struct node *
scene_tree(const struct plan *p, size_t i)
{
	const struct scene *s = &p->project.scene[i];
	struct node *n = scene_json(&p->project, s);
	struct node *images = node_new(NODE_LIST);
	const struct asset_state *a;
	size_t k, nr;

	node_set(n, "folder", node_text(s->dir));
	node_set(n, "audio", record_tree(p, survey_used(&p->survey,
	    ASSET_AUDIO, i)));
	a = survey_takes(&p->survey, ASSET_IMAGE, i, &nr);
	for (k = 0; k < nr; k++)
		if (a[k].rec.doc)
			node_push(images, record_tree(p, &a[k]));
	node_set(n, "images", images);
	return n;
}

static struct node *
film_tree(const struct plan *p, const struct film_plan *f)
{
	struct node *n = record_tree(p, &f->film);

	node_set_str(n, "state", state_name(film_state(f)));
	return n;
}

static struct node *
whole_tree(const struct plan *p)
{
	struct node *doc = node_new(NODE_MAP);
	struct node *scenes = node_new(NODE_LIST);
	struct node *videos = node_new(NODE_LIST);
	size_t i;

	node_set(doc, "project", project_json(&p->project, project_status(p)));
	for (i = 0; i < p->project.nr; i++)
		node_push(scenes, scene_tree(p, i));
	node_set(doc, "scenes", scenes);
	for (i = 0; i < p->project.video_nr; i++)
		if (p->film[i].film.rec.doc)
			node_push(videos, film_tree(p, &p->film[i]));
	node_set(doc, "videos", videos);
	return doc;
}

static void
print(const struct node *n, int json)
{
	struct strbuf b = STRBUF_INIT;

	if (json) {
		json_print_line(n, &b);
		strbuf_addch(&b, '\n');
	} else {
		json_print(n, &b);
	}
	fwrite(b.buf, 1, b.len, stdout);
	strbuf_release(&b);
}

int
cmd_show(int argc, char **argv)
{
	int json = 0, i, n;
	const struct option_def options[] = {
		{ 0, "json", OPT_FLAG, &json, NULL, "on one line" },
		{ 0, NULL, OPT_FLAG, NULL, NULL, NULL }
	};
	static const char *const synopsis[] = { "[--json] [SCENE...]", NULL };
	struct usage u = { "studio show", synopsis,
		"Print the project's records, or those of the scenes named.",
		options };
	struct err e = ERR_INIT;
	struct node *tree;
	struct plan p;
	size_t *list = NULL, nr = 0, k;
	char **operands;

	n = options_parse(&u, argc, argv, &operands);
	plan_make(&p, 0);
	if (!n) {
		tree = whole_tree(&p);
		print(tree, json);
		node_free(tree);
	}
	for (i = 0; i < n; i++)
		if (project_scenes(&p.project, operands[i], &list, &nr, &e) < 0)
			die_err(&e);
	for (k = 0; k < nr; k++) {
		tree = scene_tree(&p, list[k]);
		print(tree, json);
		node_free(tree);
	}
	free(list);
	plan_release(&p);
	return pipe_end(EX_DONE);
}
