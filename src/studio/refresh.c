/*
 * studio refresh: what has to be made. With --make, the words that studio.mk
 * reads; without, a line for people. It never spends and never writes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/options.h"
#include "base/pipe.h"
#include "store/around.h"
#include "store/budget.h"
#include "store/estimate.h"
#include "store/endpoint.h"
#include "store/gate.h"
#include "store/git_media.h"
#include "studio/refresh_words.h"
#include "studio/studio.h"

static int
film_waits(const struct video *v, const struct survey *s)
{
	size_t i;

	for (i = 0; i < v->nr; i++)
		if (state_needs_making(survey_used(s, ASSET_AUDIO,
		    v->scene[i])) || (v->pictures &&
		    state_needs_making(survey_used(s, ASSET_IMAGE,
		    v->scene[i]))))
			return 1;
	return v->audio_file && state_needs_making(&s->a[SURVEY_COVER]);
}

static int
part_needed(const struct plan *p, const struct video *v, int waits, size_t i)
{
	size_t from = i > 0 ? i - 1 : i, k;
	char *path;
	int fresh;

	for (k = from; k <= i; k++)
		if (state_needs_making(survey_used(&p->survey, ASSET_AUDIO,
		    v->scene[k])) ||
		    state_needs_making(survey_used(&p->survey, ASSET_IMAGE,
		    v->scene[k])))
			return 1;
	if (waits && around_spreads(&p->project, v, i))
		return 1;
	fresh = part_is_fresh(&p->project, v, &p->survey, i, &path);
	free(path);
	return !fresh;
}

static const struct asset_state *
first_obstacle(const struct video *v, const struct survey *s)
{
	static const enum asset_what both[] = { ASSET_AUDIO, ASSET_IMAGE };
	const struct asset_state *a;
	size_t i, k;

	for (i = 0; i < v->nr; i++)
		for (k = 0; k < (v->pictures ? 2 : 1); k++) {
			a = survey_used(s, both[k], v->scene[i]);
			if (!state_is_usable(a) && !state_needs_making(a))
				return a;
		}
	return NULL;
}

static void
plan_film(struct plan *p, size_t i)
{
	const struct video *v = &p->project.video[i];
	struct film_plan *f = &p->film[i];
	struct err e = ERR_INIT;
	size_t k;

	if (state_video(&p->project, v, &p->survey, &f->film, &e) < 0)
		die_err(&e);
	f->waits = film_waits(v, &p->survey);
	f->obstacle = first_obstacle(v, &p->survey);
	/* what failed left older media, of which the film there may be made:
	 * it is held back all the same */
	f->needed = v->nr > 0 && (f->waits || f->obstacle ||
	    state_needs_making(&f->film));
	f->part = xcalloc(v->nr, 1);
	for (k = 0; f->needed && !f->obstacle && v->pictures && k < v->nr;
	    k++)
		f->part[k] = (char)part_needed(p, v, f->waits, k);
}

void
plan_make(struct plan *p, int lean)
{
	struct err e = ERR_INIT;
	size_t i;

	memset(p, 0, sizeof(*p));
	if ((lean ? project_open_lean(&p->project, ".", &e)
		  : project_open(&p->project, ".", &e)) < 0)
		die_err(&e);
	if (survey_take(&p->survey, &p->project, &e) < 0)
		die_err(&e);
	/* one that was refused makes gen-script say so */
	p->phase1 = state_needs_making(&p->survey.a[0]) ||
	    p->survey.a[0].state == STATE_FAILED ||
	    state_needs_making(&p->survey.a[1]);
	p->film = xcalloc(p->project.video_nr, sizeof(*p->film));
	for (i = 0; !p->phase1 && i < p->project.video_nr; i++)
		plan_film(p, i);
}

void
plan_release(struct plan *p)
{
	size_t i;

	for (i = 0; i < p->project.video_nr; i++) {
		asset_state_release(&p->film[i].film);
		free(p->film[i].part);
	}
	free(p->film);
	survey_release(&p->survey);
	project_release(&p->project);
}

int
plan_is_empty(const struct plan *p)
{
	return !p->phase1 && !p->project.nr;
}

int
plan_command(int argc, char **argv, struct usage u,
    void (*text)(const struct plan *), void (*json)(const struct plan *))
{
	int as_json = 0;
	const struct option_def options[] = {
		{ 0, "json", OPT_FLAG, &as_json, NULL, "for programs" },
		{ 0, NULL, OPT_FLAG, NULL, NULL, NULL }
	};
	static const char *const synopsis[] = { "[--json]", NULL };
	struct plan p;
	char **operands;

	u.synopsis = synopsis;
	u.options = options;
	if (options_parse(&u, argc, argv, &operands))
		options_fail(&u, "'%s': takes no operands", operands[0]);
	plan_make(&p, 1);
	git_media_find(&p.project, &p.survey);
	if (as_json)
		json(&p);
	else
		text(&p);
	plan_release(&p);
	return pipe_end(EX_DONE);
}

/* An outline that nobody filled in is no script: stop before it is spoken. */
static void
refuse_outline(const struct plan *p)
{
	const struct asset_state *script = &p->survey.a[0];
	const char *allow = getenv("ALLOW_PLACEHOLDER");

	if (p->phase1 || script->state != STATE_FRESH ||
	    !node_bool(script->rec.doc, "placeholder", 0) ||
	    (allow && !strcmp(allow, "1")))
		return;
	die(EX_LATER, "script.md: is an outline; fill in its placeholders, or "
	    "put material into source.md, then: make (ALLOW_PLACEHOLDER=1 "
	    "makes a film of the outline)");
}

/* What make's goals lead to, or-ed of BUDGET_OF. */
static int
whats_of(char **goal, int n)
{
	static const struct {
		const char *goal;
		int whats;
	} less[] = {
		{ "script", 0 }, { "scenes", 0 },
		{ "audio", BUDGET_OF(ASSET_AUDIO) },
		{ "sound", BUDGET_OF(ASSET_AUDIO) },
		{ "images", BUDGET_OF(ASSET_IMAGE) | BUDGET_OF(ASSET_COVER) },
		{ "cover", BUDGET_OF(ASSET_COVER) }
	};
	int whats = BUDGET_OF(ASSET_SCRIPT), i;
	size_t k;

	for (i = 0; i < n; i++) {
		for (k = 0; k < sizeof(less) / sizeof(*less) &&
		    strcmp(goal[i], less[k].goal) != 0; k++)
			;
		if (k == sizeof(less) / sizeof(*less))
			return BUDGET_ALL;
		whats |= less[k].whats;
	}
	return n ? whats : BUDGET_ALL;
}

/* What the project has for a stage that its scenes may have another for. */
static const char *
own_provider(const struct plan *p, enum asset_what what)
{
	return what == ASSET_AUDIO
	    ? project_setting(&p->project, "ttsProvider", "flite")
	    : project_setting(&p->project, "imageModel", "card");
}

/* scene is the one that names the provider, or NULL. */
static int
need_ready(const char *spec, enum asset_what what, const struct scene *scene,
    struct err *e)
{
	if (!provider_is_paid(spec) || endpoint_ready(spec,
	    (enum provider_stage)asset_stage(what), e) == 0)
		return 0;
	if (scene && scene->speaker)
		err_prefix(e, "scenes/%s: speaker %s", scene->dir,
		    scene->speaker);
	else if (scene)
		err_prefix(e, "scenes/%s", scene->dir);
	return -1;
}

int
plan_ready(const struct plan *p, int whats, struct err *e)
{
	static const enum asset_what later[] = { ASSET_AUDIO, ASSET_IMAGE };
	const struct asset_state *a;
	const struct scene *own;
	size_t i;

	for (i = 0; i < p->survey.nr; i++) {
		a = &p->survey.a[i];
		if (!(BUDGET_OF(a->what) & whats) || !asset_stage(a->what) ||
		    !state_needs_making(a) || a->in_store)
			continue;
		own = a->scene && strcmp(a->provider, own_provider(p,
		    a->what)) != 0 ? a->scene : NULL;
		if (need_ready(a->provider, a->what, own, e) < 0)
			return -1;
	}
	for (i = 0; p->phase1 && i < 2; i++)
		if ((whats & BUDGET_OF(later[i])) && need_ready(
		    own_provider(p, later[i]), later[i], NULL, e) < 0)
			return -1;
	return 0;
}

/* Before make is told anything else, so before the first call. */
static void
refuse_cost(const struct plan *p, int whats)
{
	struct cost_sum planned;
	struct err e = ERR_INIT;

	if (budget_plan(&p->project, &p->survey, whats, &planned, &e) < 0 ||
	    budget_check(&p->project, &planned, gate_spent(), &e) < 0)
		die_err(&e);
	/* all programs of this make belong to one run */
	if (planned.calls)
		printf("run:%s\n", gate_run());
}

int
cmd_refresh(int argc, char **argv)
{
	int words = 0, each = 0, n;
	const struct option_def options[] = {
		{ 0, "make", OPT_FLAG, &words, NULL,
		    "print the words that studio.mk reads" },
		{ 0, "each", OPT_FLAG, &each, NULL,
		    "with a job for each scene, however many" },
		{ 0, NULL, OPT_FLAG, NULL, NULL, NULL }
	};
	static const char *const synopsis[] = {
		"[--make [--each] [GOAL ...]]", NULL };
	struct usage u = { "studio refresh", synopsis,
		"Name what has to be made.", options };
	struct err e = ERR_INIT;
	struct plan p;
	size_t i, todo = 0;
	char **operands;

	n = options_parse(&u, argc, argv, &operands);
	if (n && !words)
		options_fail(&u, "'%s': takes no operands", operands[0]);
	plan_make(&p, 1);
	if (words) {
		refuse_outline(&p);
		if (plan_ready(&p, whats_of(operands, n), &e) < 0)
			die_err(&e);
		refuse_cost(&p, whats_of(operands, n));
		if (plan_is_empty(&p) &&
		    whats_of(operands, n) == BUDGET_ALL)
			warning("there are " PLAN_NO_SCENES);
	}
	if (words && p.phase1) {
		puts("phase:1");
	} else if (words) {
		print_words(&p, whats_of(operands, n), each);
	} else {
		for (i = 0; i < p.survey.nr; i++)
			todo += (size_t)state_needs_making(&p.survey.a[i]);
		for (i = 0; i < p.project.video_nr; i++)
			todo += (size_t)p.film[i].needed;
		printf("%zu to make; studio plan says what and why\n", todo);
	}
	plan_release(&p);
	return pipe_end(EX_DONE);
}
