/*
 * studio restore: a scene as it was in a commit, with its records and media.
 * It pays nothing, and loses nothing that was not committed.
 */
#include "studio/restore.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/options.h"
#include "base/pipe.h"
#include "base/spawn.h"
#include "studio/studio.h"

#define SAID_BYTES (8u << 20) /* what a filter may print */

/* A new folder gets its name when it is whole. */
static int
put_in_place(struct restore *r, struct err *e)
{
	char *to = xasprintf("%s/scenes/%s", r->git->root, r->to);
	int ret = 0;

	if (r->is_new && rename(r->base, to) < 0)
		ret = err_errno(e, "%s: cannot put it in place", to);
	else
		ret = file_sync_parent(to, e);
	free(to);
	return ret;
}

/* Is what this program would make of the scene gone, and can all of it be had
 * for nothing? */
static int
can_remake(const struct survey *v, const struct scene *s, enum asset_what w)
{
	const struct asset_state *a;
	size_t i;
	int any = 0;

	for (i = 0; i < v->nr; i++) {
		a = &v->a[i];
		if (a->scene != s || a->what != w || !state_needs_making(a))
			continue;
		if (a->state != STATE_MISSING || (a->paid && !a->in_store))
			return 0;
		any = 1;
	}
	return any;
}

/* By the program that makes such media, held to calls that cost nothing. */
static void
remake(const struct project *p, const struct scene *s, const char *program,
    const char *what)
{
	char *path = filter_path(program);
	const char *argv[] = { path, "-C", p->root, s->dir, NULL };
	struct strbuf out = STRBUF_INIT, why = STRBUF_INIT;
	struct strvec env = STRVEC_INIT;
	struct spawn c = SPAWN_INIT;
	struct err e = ERR_INIT;
	int status;

	strvec_push(&env, "MAX_COST=0");
	c.argv = argv;
	c.env = &env;
	c.out = &out;
	c.out_limit = SAID_BYTES;
	c.errout = &why;
	c.keep_secrets = 1;
	status = spawn_run(&c, &e);
	if (status)
		warning_lines(what, status < 0 ? e.msg : why.len ? why.buf
		    : "could not be made again; try make");
	else
		printf("%s made again, for nothing\n", what);
	strvec_release(&env);
	strbuf_release(&out);
	strbuf_release(&why);
	free(path);
}

/* What make would do with the scene now, should that not be nothing. */
static void
say_state(const struct plan *p, const struct asset_state *a)
{
	char reason[ERR_MAX], cost[64];

	if (state_is_usable(a))
		return;
	asset_reason(a, reason, sizeof(reason));
	asset_cost(p, a, cost, sizeof(cost));
	printf("%s", a->what == ASSET_AUDIO ? "voice" : "picture");
	if (a->state == STATE_ABSENT)
		printf(" was never made");
	else
		printf(" is %s: %s", state_name(a->state), reason);
	if (a->state == STATE_STALE && a->media && file_exists(a->media))
		printf("; make makes another (%s), studio adopt %zu keeps "
		    "this one", cost, a->scene->index);
	else if (state_needs_making(a))
		printf("; make makes it (%s)", cost);
	puts("");
}

static const struct scene *
scene_of(const struct project *p, const char *id)
{
	size_t i;

	for (i = 0; i < p->nr; i++)
		if (p->scene[i].id && !strcmp(p->scene[i].id, id))
			return &p->scene[i];
	return NULL;
}

/* Make what is gone and free, then say what is not fresh. */
static int
finish(const char *root, const char *id)
{
	const struct scene *s;
	struct err e = ERR_INIT;
	struct project project;
	struct survey v;
	struct plan p;
	size_t i;

	if (project_load(&project, root, &e) < 0) {
		/* another file is wrong: the scene is back all the same */
		warning("%s", e.msg);
		return -1;
	}
	s = scene_of(&project, id);
	if (s && survey_take(&v, &project, &e) == 0) {
		if (can_remake(&v, s, ASSET_AUDIO))
			remake(&project, s, "tts", "voice");
		if (can_remake(&v, s, ASSET_IMAGE))
			remake(&project, s, "image", "picture");
		survey_release(&v);
	}
	project_release(&project);
	plan_make(&p, 1);
	for (i = 0; i < p.survey.nr; i++)
		if (p.survey.a[i].used && p.survey.a[i].scene && !strcmp(id,
		    p.survey.a[i].scene->id ? p.survey.a[i].scene->id : ""))
			say_state(&p, &p.survey.a[i]);
	plan_release(&p);
	return 0;
}

static void
report(const struct restore *r)
{
	size_t i;

	printf("scenes/%s as in %.10s:", r->to, r->commit);
	for (i = 0; i < r->done.nr; i++)
		printf("%s %s", i ? "," : "", r->done.v[i]);
	puts(r->done.nr ? "" : " it is so already");
	if (strcmp(r->to, r->dir) != 0)
		printf("it was scenes/%s then; its place is left as it is\n",
		    r->dir);
	if (r->kept)
		printf("what was not committed is kept in %s\n", r->kept);
	for (i = 0; i < r->left.nr; i++)
		warning("%s", r->left.v[i]);
}

int
cmd_restore(int argc, char **argv)
{
	const struct option_def options[] = {
		{ 0, NULL, OPT_FLAG, NULL, NULL, NULL }
	};
	static const char *const synopsis[] = { "SCENE [COMMIT]", NULL };
	struct usage u = { "studio restore", synopsis, "Bring a scene back as "
		"it was last committed, or in a commit.", options };
	struct err e = ERR_INIT;
	struct scene_name name;
	struct restore r;
	struct history h;
	struct git g;
	char **operands, *root;
	int n, code;

	n = options_parse(&u, argc, argv, &operands);
	if (n < 1 || n > 2)
		options_fail(&u, "name one scene, and at most one commit");
	root = project_find(".", &e);
	if (!root || git_open(&g, root, &e) < 0 ||
	    history_read(&h, &g, &e) < 0 ||
	    scene_name_find(&name, &h, operands[0], &e) < 0 ||
	    restore_open(&r, &h, &name, n > 1 ? operands[1] : NULL, &e) < 0)
		die_err(&e);
	if (restore_files(&r, &e) < 0 || put_in_place(&r, &e) < 0) {
		if (r.is_new)
			file_remove_tree(r.base, NULL);
		if (r.kept)
			warning("what was not committed is kept in %s",
			    r.kept);
		die_err(&e);
	}
	report(&r);
	code = finish(root, name.id) < 0 || r.left.nr ? EX_LATER : EX_DONE;
	restore_release(&r);
	scene_name_release(&name);
	history_release(&h);
	git_release(&g);
	free(root);
	return pipe_end(code);
}
