#include "studio/refresh_words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/budget.h"
#include "store/estimate.h"

#define JOBS 200 /* of one kind; where there are more, they take several */
#define RUN 50   /* scenes that a job takes at most */

/* Is there a job for it? Where a film is a goal, render-video says what stands
 * in its way; else the program whose work it is must. */
static int
has_job(const struct asset_state *a, int whats)
{
	return state_needs_making(a) || (whats != BUDGET_ALL && a->used &&
	    !state_is_usable(a));
}

/* Jobs of scenes, as runs; list has their places from 0, ascending. */
static void
print_runs(const char *head, const size_t *list, size_t nr)
{
	size_t step = (nr + JOBS - 1) / JOBS, i, last;

	if (step > RUN)
		step = RUN;
	for (i = 0; i < nr; i += step) {
		last = i + step < nr ? i + step - 1 : nr - 1;
		printf("%s%zu-%zu\n", head, list[i] + 1, list[last] + 1);
	}
}

/* The scenes of which something of that kind is made here. */
static void
print_local(const struct plan *p, enum asset_what what, int whats, int each)
{
	const char *name = asset_what_name(what);
	const struct project *pr = &p->project;
	size_t *list = xcalloc(pr->nr + 1, sizeof(*list)), nr = 0, i, at;
	const struct asset_state *a;
	char head[40];

	for (i = SURVEY_COVER + 1; i < p->survey.nr; i++) {
		a = &p->survey.a[i];
		if (a->what != what || !has_job(a, whats) ||
		    estimate_is_network(a))
			continue;
		at = (size_t)(a->scene - pr->scene);
		if (!nr || list[nr - 1] != at) /* not another take of it */
			list[nr++] = at;
	}
	if (nr > JOBS && !each) {
		snprintf(head, sizeof(head), "%s-run:", name);
		print_runs(head, list, nr);
	} else {
		for (i = 0; i < nr; i++)
			printf("%s:%s\n", name, pr->scene[list[i]].dir);
	}
	free(list);
}

/* What servers make is asked for at once, by one program. */
static void
print_calls(const struct plan *p, enum asset_what what, int whats, int each)
{
	const struct scene *last = NULL;
	const struct asset_state *a;
	size_t i;

	for (i = SURVEY_COVER + 1; i < p->survey.nr; i++) {
		a = &p->survey.a[i];
		if (a->what != what || a->scene == last ||
		    !has_job(a, whats) || !estimate_is_network(a))
			continue;
		last = a->scene;
		if (each) {
			printf("%s-call:%s\n", asset_what_name(what),
			    a->scene->dir);
			continue;
		}
		printf("%s-calls\n", asset_what_name(what));
		break;
	}
}

/* Runs are of places in the project, so the film must have all its scenes. */
static int
has_all(const struct project *p, const struct video *v)
{
	size_t i;

	for (i = 0; i < v->nr && v->scene[i] == i; i++)
		;
	return i == p->nr && v->nr == p->nr;
}

static void
print_parts(const struct project *p, const struct film_plan *f,
    const struct video *v, int each)
{
	size_t *list = xcalloc(v->nr + 1, sizeof(*list)), nr = 0, k;
	char *head = xasprintf("part-run:%s/", v->name);

	for (k = 0; k < v->nr; k++)
		if (f->part[k])
			list[nr++] = k;
	if (nr > JOBS && !each && has_all(p, v))
		print_runs(head, list, nr);
	else
		for (k = 0; k < nr; k++)
			printf("part:%s/%s\n", v->name,
			    p->scene[v->scene[list[k]]].dir);
	free(head);
	free(list);
}

static void
print_film_words(const struct plan *p, int each)
{
	const struct film_plan *f;
	const struct video *v;
	size_t i;

	for (i = 0; i < p->project.video_nr; i++) {
		v = &p->project.video[i];
		f = &p->film[i];
		if (!f->needed)
			continue;
		printf("%s:%s\n", v->pictures ? "film" : "audio-film",
		    v->name);
		if (v->audio_file)
			printf("with-cover:%s\n", v->name);
		if (f->obstacle)
			continue; /* render-video says what stands in its way */
		printf("sound:%s\n", v->name);
		print_parts(&p->project, f, v, each);
	}
}

void
print_words(const struct plan *p, int whats, int each)
{
	static const enum asset_what of_scenes[] = { ASSET_AUDIO, ASSET_IMAGE };
	size_t k;

	if (has_job(&p->survey.a[SURVEY_COVER], whats))
		puts("cover.json");
	for (k = 0; k < 2; k++) {
		print_local(p, of_scenes[k], whats, each);
		print_calls(p, of_scenes[k], whats, each);
	}
	print_film_words(p, each);
}
