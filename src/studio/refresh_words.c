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

/* What make calls a scene: its folder where that is plain to make and to a
 * shell, which read it; else "@" and its id. To be freed. */
static char *
job_name(const struct project *p, const struct scene *s)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";

	if (!s->dir[strspn(s->dir, plain)])
		return xstrdup(s->dir);
	return s->id ? xasprintf("@%s", s->id) : xasprintf("%zu",
	    (size_t)(s - p->scene) + 1);
}

static void
print_job(const struct project *p, const struct scene *s, const char *head)
{
	char *name = job_name(p, s);

	printf("%s%s\n", head, name);
	free(name);
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
	snprintf(head, sizeof(head), nr > JOBS && !each ? "%s-run:" : "%s:",
	    name);
	if (nr > JOBS && !each)
		print_runs(head, list, nr);
	else
		for (i = 0; i < nr; i++)
			print_job(pr, &pr->scene[list[i]], head);
	free(list);
}

/* What servers make is asked for at once, by one program. */
static void
print_calls(const struct plan *p, enum asset_what what, int whats, int each)
{
	const struct scene *last = NULL;
	const struct asset_state *a;
	char head[40];
	size_t i;

	for (i = SURVEY_COVER + 1; i < p->survey.nr; i++) {
		a = &p->survey.a[i];
		if (a->what != what || a->scene == last ||
		    !has_job(a, whats) || !estimate_is_network(a))
			continue;
		last = a->scene;
		if (each) {
			snprintf(head, sizeof(head), "%s-call:",
			    asset_what_name(what));
			print_job(&p->project, a->scene, head);
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
	char *head;
	int runs;

	for (k = 0; k < v->nr; k++)
		if (f->part[k])
			list[nr++] = k;
	runs = nr > JOBS && !each && has_all(p, v);
	head = xasprintf("%s:%s/", runs ? "part-run" : "part", v->name);
	if (runs)
		print_runs(head, list, nr);
	else
		for (k = 0; k < nr; k++)
			print_job(p, &p->scene[v->scene[list[k]]], head);
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
