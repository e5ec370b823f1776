/*
 * render-video: the films of a project.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/options.h"
#include "base/path.h"
#include "base/pipe.h"
#include "base/strvec.h"
#include "record/preset.h"
#include "record/yaml.h"
#include "render/film_fit.h"
#include "render/film_make.h"
#include "render/film_read.h"
#include "render/film_record.h"
#include "render/film_versions.h"
#include "render/thumbnail.h"
#include "render-video/render-video.h"
#include "store/commit.h"

static const char *dir = ".", *preset, *out, *scenes, *images, *quality;
static int preview, again, versions, quiet;

static const struct option_def options[] = {
	{ 'C', "directory", OPT_STRING, &dir, "DIR",
	    "work on the project in DIR or above it" },
	{ 0, "preset", OPT_STRING, &preset, "NAME",
	    "make a film for this platform" },
	{ 'o', "output", OPT_STRING, &out, "FILE", "copy the film to FILE" },
	{ 0, "scenes", OPT_STRING, &scenes, "LIST",
	    "of these scenes only: 3-5, 2,4" },
	{ 0, "images", OPT_STRING, &images, "ID,...",
	    "of the scenes of these pictures, with these pictures" },
	{ 0, "quality", OPT_STRING, &quality, "NAME",
	    "draft, standard or high; kept in settings.yaml" },
	{ 0, "again", OPT_FLAG, &again, NULL,
	    "make also what is fresh, such as with newer libraries" },
	{ 0, "versions", OPT_FLAG, &versions, NULL,
	    "name the fresh films that other versions made; make none" },
	{ 0, "preview", OPT_FLAG, &preview, NULL,
	    "at once, small, with stand-ins for what is not there" },
	{ 'q', "quiet", OPT_FLAG, &quiet, NULL,
	    "print the film's path in place of its record" },
	{ 0, NULL, OPT_FLAG, NULL, NULL, NULL }
};

static const char *const synopsis[] = {
	"[-C DIR] [--preset NAME] [--quality NAME] [-o FILE]",
	"[--scenes LIST | --images ID,...] [--again] [-q] [VIDEO...]",
	"[-C DIR] --preview [--preset NAME] [--scenes LIST] [VIDEO...]",
	"[-C DIR] --versions [VIDEO...]",
	NULL
};

static const struct usage usage = {
	"render-video", synopsis, "make the films of a project", options
};

/* *name: the thumbnail's file, to be freed; NULL: none. A film is worth having
 * without it, but where the disk fails the film is to be made again. */
static int
make_thumbnail(const struct thumbnail_job *j, char **name, struct err *e)
{
	char *path = project_path(j->project, "video/%s.jpg", j->film->name);
	struct err why = ERR_INIT;
	int made = thumbnail_make(j, path, &why);

	*name = made > 0 ? xasprintf("%s.jpg", j->film->name) : NULL;
	free(path);
	if (made < 0 && why.code != EX_IO)
		warning("video %s: no thumbnail: %s", j->film->name, why.msg);
	return made < 0 && why.code == EX_IO ? err_set(e, EX_IO, "%s",
	    why.msg) : 0;
}

static int
make_film(const struct film *f, const struct timeline *t,
    const struct project *p, struct asset_state *a, struct survey *s,
    struct err *e)
{
	char *parts = project_path(p, "build/parts");
	char *path = project_path(p, "video/%s.mp4", f->name);
	char *folder = project_path(p, "video");
	struct sidecars side = { folder, p, a->rec.doc, node_new(NODE_LIST),
	    node_new(NODE_LIST) };
	struct node *doc, *tools = NULL;
	const struct thumbnail_job job = { f, t, p, a->video, s };
	char *thumbnail = NULL;
	int ret = file_mkdirs(folder, e);

	if (ret == 0)
		ret = film_make(f, t, parts, path, 0, e);
	if (ret == 0 && a->video->audio_file)
		ret = audio_beside(f, t, p, a->video, s, e);
	if (ret == 0 && (f->captions & CAPTIONS_SIDECAR))
		ret = film_sidecars(f, t, &side, e);
	if (ret == 0)
		ret = (tools = film_versions(f, t, e)) ? 0 : -1;
	if (ret == 0)
		ret = make_thumbnail(&job, &thumbnail, e);
	if (ret == 0) {
		doc = commit_begin(a);
		film_describe(doc, f, t, side.names, thumbnail);
		node_set(doc, "captionsSha256", side.sums);
		side.names = side.sums = NULL;
		node_set(doc, "versions", tools);
		tools = NULL;
		if (a->video->audio_file)
			node_set(doc, "audio", audio_node(f));
		ret = commit_file(p, a, doc, path, s->cache, e);
	}
	node_free(side.names);
	node_free(side.sums);
	node_free(tools);
	free(thumbnail);
	free(folder);
	free(path);
	free(parts);
	return ret;
}

static void
warn(const struct film *f, const struct film_source *src,
    const struct timeline *t)
{
	double s = timeline_seconds(t, t->frames);
	struct strvec lines = STRVEC_INIT;
	size_t i;

	film_warnings(f, src, t, &lines);
	for (i = 0; i < lines.nr; i++)
		warning("%s", lines.v[i]);
	strvec_release(&lines);
	if (t->preset->seconds_warn && s > t->preset->seconds_warn)
		warning("video %s: %.0f s; over %d s %s may refuse it or show "
		    "it to fewer people", f->name, s,
		    t->preset->seconds_warn, f->preset);
}

static void
print_film(const struct project *p, const struct asset_state *a)
{
	struct strbuf line = STRBUF_INIT;

	if (!quiet)
		record_line(p, a, &line);
	puts(quiet ? path_from_here(a->media) : line.buf);
	strbuf_release(&line);
}

/* Has every scene what the film is made of? Else *e says how many have not,
 * and of the first what to do. */
static int
check_scenes(const struct video *v, const struct survey *s, struct err *e)
{
	size_t i, nr = 0;

	for (i = 0; i < v->nr; i++)
		if (film_missing(v, s, i, !v->pictures, nr ? NULL : e) < 0)
			nr++;
	if (nr > 1)
		err_prefix(e, "%s waits for %zu scenes", v->name, nr);
	return nr ? -1 : 0;
}

/* Make one film, unless it is fresh; print its record or its path. */
static int
render(const struct project *p, struct survey *s, const struct video *v,
    struct err *e)
{
	struct asset_state a;
	struct film f;
	struct timeline t = { .scene = NULL };
	struct film_source *src = NULL;
	struct film_fit *fit = NULL;
	int ret = 0;

	if (check_scenes(v, s, e) < 0 || state_video(p, v, s, &a, e) < 0)
		return -1;
	if (a.state == STATE_FRESH && !again) {
		versions_say(&a, stderr);
	} else {
		ret = film_read(&f, &src, p, v, s, e);
		if (ret == 0 && v->pictures)
			ret = film_fit(&fit, &f, p, v, s, NULL, 0, e);
		if (ret == 0)
			ret = timeline_make(&t, &f, e);
		if (ret == 0) {
			warn(&f, src, &t);
			if (v->pictures)
				ret = film_draw_cards(&f, src, NULL, 0, e);
		}
		if (ret == 0)
			ret = v->pictures ? make_film(&f, &t, p, &a, s, e)
			    : audio_film(&f, &t, p, &a, s, e);
		timeline_release(&t);
		film_fit_free(fit);
		film_source_free(src);
	}
	if (ret == 0 && out)
		ret = file_copy(a.media, out, e);
	if (ret == 0)
		print_film(p, &a);
	asset_state_release(&a);
	return ret;
}

static int
render_choice(const struct project *p, struct survey *s,
    const struct video *from, struct err *e)
{
	struct choice c = { .preset = preset, .scenes = scenes,
	    .images = images };
	int ret = choice_make(&c, p, s, from, e);

	if (ret == 0 && versions)
		ret = versions_film(p, s, &c.video, e);
	else if (ret == 0)
		ret = preview ? preview_film(p, s, &c.video, out, e) :
		    render(p, s, &c.video, e);
	choice_release(&c);
	return ret;
}

static int
render_all(const struct project *p, struct survey *s, char **names, int n,
    struct err *e)
{
	int choice = preset || scenes || images, k;
	size_t i;

	if (out && (n > 1 || (!n && !choice && p->video_nr > 1)))
		return err_set(e, EX_BADUSE, "-o takes one film; give one "
		    "name, such as %s", n ? names[0] : p->video[0].name);
	if (!n && choice)
		return render_choice(p, s, &p->video[0], e);
	for (i = 0; !n && i < p->video_nr; i++)
		if (render_choice(p, s, &p->video[i], e) < 0)
			return -1;
	for (k = 0; k < n; k++) {
		const struct video *v = project_video(p, names[k], e);

		if (!v || render_choice(p, s, v, e) < 0)
			return -1;
	}
	return 0;
}

/* What enters a digest is the project's: written down before it is used. */
static int
keep_quality(const char *root, struct err *e)
{
	struct node *value;
	char *path;
	int ret;

	if (!quality)
		return 0;
	if (strcmp(quality, "draft") && strcmp(quality, "standard") &&
	    strcmp(quality, "high"))
		options_fail(&usage, "--quality takes draft, standard or high");
	path = path_join(root, "settings.yaml");
	value = node_text(quality);
	value->quoted = 0;
	ret = yaml_edit_file(path, "quality", value, e);
	node_free(value);
	free(path);
	return ret < 0 ? -1 : 0;
}

int
main(int argc, char **argv)
{
	struct err e = ERR_INIT;
	struct project p;
	struct survey s;
	char **operand, *root;
	int n, ret;

	n = options_parse(&usage, argc, argv, &operand);
	if (scenes && images)
		options_fail(&usage, "--scenes and --images do not go "
		    "together");
	if (preview && quality)
		options_fail(&usage, "--preview is a draft; leave --quality "
		    "out");
	root = project_find(dir, &e);
	if (!root || keep_quality(root, &e) < 0 ||
	    project_load(&p, root, &e) < 0 ||
	    (preview && preview_begin(&p, &e) < 0))
		die_err(&e);
	ret = survey_take(&s, &p, &e);
	if (ret == 0) {
		if (preview)
			preview_say(&p, &s, operand, n);
		ret = render_all(&p, &s, operand, n, &e);
		survey_release(&s);
	}
	project_release(&p);
	free(root);
	if (ret < 0)
		die_err(&e);
	return pipe_end(EX_DONE);
}
