/*
 * render-clip: one part of a film, for make to run in parallel.
 */
#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/options.h"
#include "render/film_fit.h"
#include "render/film_make.h"
#include "render/film_read.h"
#include "render/mix.h"

static const char *dir = ".";
static int sound;

static const struct option_def options[] = {
	{ 'C', "directory", OPT_STRING, &dir, "DIR",
	    "work on the project in DIR or above it" },
	{ 0, "sound", OPT_FLAG, &sound, NULL,
	    "make the sound track, not pictures" },
	{ 0, NULL, OPT_FLAG, NULL, NULL, NULL }
};

static const char *const synopsis[] = {
	"[-C DIR] VIDEO SCENE...",
	"[-C DIR] --sound VIDEO",
	NULL
};

static const struct usage usage = {
	"render-clip", synopsis, "make the parts of a film that show scenes",
	options
};

/* What is to be made: of which video, the scenes (places in it), to where. */
struct job {
	const struct video *video;
	size_t *scene;
	size_t nr, alloc;
	const char *parts;
};

/* Where in the film the scenes of the project stand that an operand names. */
static int
find(const struct project *p, const struct video *v, const char *name,
    struct job *job, struct err *e)
{
	size_t *scene = NULL, *at, nr = 0, i;
	int ret = project_scenes(p, name, &scene, &nr, e);

	/* of each scene of the project its place in the film, from 1 */
	at = xcalloc(p->nr + 1, sizeof(*at));
	for (i = 0; i < v->nr; i++)
		at[v->scene[i]] = i + 1;
	for (i = 0; ret == 0 && i < nr; i++) {
		if (!at[scene[i]]) {
			ret = err_set(e, EX_BADUSE, "scene %s is not in video "
			    "%s", p->scene[scene[i]].dir, v->name);
			break;
		}
		ALLOC_GROW(job->scene, job->nr, job->alloc);
		job->scene[job->nr++] = at[scene[i]] - 1;
	}
	free(at);
	free(scene);
	return ret;
}

static int
make_sound(const struct film *f, const struct timeline *t,
    const struct video *v, const struct survey *s, const char *parts,
    struct err *e)
{
	char *path = NULL;
	size_t i;
	int ret = file_mkdirs(parts, e);

	for (i = 0; ret == 0 && i < v->nr; i++)
		ret = film_missing(v, s, i, 1, e);
	if (ret == 0)
		ret = mix_track(f, t, parts, &path, e);
	free(path);
	return ret;
}

/* The places in the film of the nr scenes of the video, with the cards beside
 * them: a title card goes with the first scene, an end card with the last.
 * To be freed. */
static size_t *
with_cards(const struct film *f, const struct video *v, const size_t *scene,
    size_t nr, size_t *out_nr)
{
	size_t *out = xcalloc(nr * 3 + 1, sizeof(*out)), i, k = 0;

	for (i = 0; i < nr; i++) {
		if (f->before && scene[i] == 0)
			out[k++] = 0;
		out[k++] = scene[i] + f->before;
		if (scene[i] + 1 == v->nr && f->nr > v->nr + f->before)
			out[k++] = f->nr - 1;
	}
	*out_nr = k;
	return out;
}

static int
make_scenes(struct film *f, struct film_source *src, const struct timeline *t,
    const struct job *job, struct err *e)
{
	size_t n, *scene = with_cards(f, job->video, job->scene, job->nr, &n);
	struct part_list l;
	int ret = film_draw_cards(f, src, scene, n, e);

	if (ret == 0)
		ret = part_list_make(&l, f, t, scene, n, e);
	free(scene);
	if (ret < 0)
		return -1;
	ret = film_make_parts(f, t, &l, job->parts, 0, e);
	part_list_release(&l);
	return ret < 0 ? -1 : 0;
}

static int
run(const struct project *p, const struct survey *s, const struct job *job,
    struct err *e)
{
	struct timeline t = { .scene = NULL };
	struct film_source *src = NULL;
	struct film_fit *fit = NULL;
	struct film f;
	size_t i;
	int ret = film_read(&f, &src, p, job->video, s, e);

	if (ret == 0 && !sound)
		ret = film_fit(&fit, &f, p, job->video, s, job->scene,
		    job->nr, e);
	if (ret == 0)
		ret = timeline_make(&t, &f, e);
	if (ret == 0)
		ret = sound ? make_sound(&f, &t, job->video, s, job->parts,
		    e) : make_scenes(&f, src, &t, job, e);
	for (i = 0; ret == 0 && i < job->nr; i++)
		ret = part_stamp(p, job->video, s, job->scene[i], e);
	timeline_release(&t);
	film_fit_free(fit);
	film_source_free(src);
	return ret;
}

/* Find the scenes and see that they and those before them can be shown. */
static int
work(const struct project *p, const struct survey *s, char **operand, int n,
    struct err *e)
{
	const struct video *v = project_video(p, operand[0], e);
	char *parts = project_path(p, "build/parts");
	struct job job = { v, NULL, 0, 0, parts };
	int i, ret = v ? 0 : -1;
	size_t k;

	if (v && !v->pictures && n > 1)
		ret = err_set(e, EX_BADUSE, "video %s: is sound alone and "
		    "has no parts; give --sound", v->name);
	for (i = 1; ret == 0 && i < n; i++)
		ret = find(p, v, operand[i], &job, e);
	for (k = 0; ret == 0 && k < job.nr; k++) {
		ret = film_missing(v, s, job.scene[k], 0, e);
		if (ret == 0 && job.scene[k])
			ret = film_missing(v, s, job.scene[k] - 1, 0, e);
	}
	if (ret == 0)
		ret = run(p, s, &job, e);
	free(parts);
	free(job.scene);
	return ret;
}

int
main(int argc, char **argv)
{
	struct err e = ERR_INIT;
	struct project p;
	struct survey s;
	char **operand;
	int n, ret;

	n = options_parse(&usage, argc, argv, &operand);
	if (sound ? n != 1 : n < 2)
		options_fail(&usage, sound ? "--sound takes one VIDEO" :
		    "a VIDEO and its SCENEs are wanted");
	/* of a film of an hour, one part is drawn here */
	if (project_open_lean(&p, dir, &e) < 0)
		die_err(&e);
	ret = survey_take(&s, &p, &e);
	if (ret == 0) {
		ret = work(&p, &s, operand, n, &e);
		survey_release(&s);
	}
	project_release(&p);
	if (ret < 0)
		die_err(&e);
	return 0;
}
