/*
 * render-video --preview: the films at once, for nothing, from what is there.
 * It asks nobody and writes nothing outside build/.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "render-video/render-video.h"
#include "render/film_fit.h"
#include "render/film_make.h"
#include "render/film_preview.h"
#include "render/film_read.h"
#include "render/preview_script.h"

static int lent; /* the scenes are not the project's */

int
preview_begin(struct project *p, struct err *e)
{
	const char *from;

	if (p->nr)
		return 0;
	if (preview_script(p, &from, e) < 0)
		return -1;
	lent = 1;
	fprintf(stderr, "preview: of scenes made of %s for it alone; make "
	    "scenes makes them\n", from);
	return 0;
}

void
preview_say(const struct project *p, const struct survey *s, char **names,
    int n)
{
	const struct video **v = xcalloc(p->video_nr + (size_t)n + 1,
	    sizeof(*v));
	struct strbuf line = STRBUF_INIT;
	size_t i, nr = 0;

	for (i = 0; !n && i < p->video_nr; i++)
		v[nr++] = &p->video[i];
	for (i = 0; i < (size_t)n; i++) {
		v[nr] = project_video(p, names[i], NULL);
		nr += v[nr] != NULL; /* else it is refused below */
	}
	if (!lent && state_needs_making(&s->a[1]))
		fputs("preview: of the scenes as they are; script.md is newer, "
		    "make scenes follows it\n", stderr);
	film_preview_words(p, s, v, nr, &line);
	if (line.len)
		fprintf(stderr, "preview: %s\n", line.buf);
	strbuf_release(&line);
	free(v);
}

static int
make(const struct film *f, const struct timeline *t, const struct project *p,
    const char *path, struct err *e)
{
	char *parts = project_path(p, "build/parts");
	char *folder = path_dirname(path);
	int ret = file_mkdirs(folder, e);

	if (ret == 0)
		ret = film_make(f, t, parts, path, 0, e);
	if (ret == 0 && (f->captions & CAPTIONS_SIDECAR))
		ret = film_sidecars(f, t, &(struct sidecars){ .folder =
		    folder }, e);
	free(folder);
	free(parts);
	return ret;
}

int
preview_film(const struct project *p, struct survey *s,
    const struct video *v, const char *copy, struct err *e)
{
	char *path;
	struct timeline t = { .scene = NULL };
	struct film_source *src = NULL;
	struct film_preview *stand_ins = NULL;
	struct film_fit *fit = NULL;
	struct film f;
	int ret;

	if (!v->pictures) {
		warning("video %s: is sound alone; make video/%s.json, and "
		    "listen to it", v->name, v->name);
		return 0;
	}
	path = project_path(p, "build/preview/%s.mp4", v->name);
	ret = film_read(&f, &src, p, v, s, e);
	if (ret == 0)
		ret = film_preview(&stand_ins, &f, p, v, s, e);
	if (ret == 0)
		ret = film_fit(&fit, &f, p, v, s, NULL, 0, e);
	if (ret == 0)
		ret = timeline_make(&t, &f, e);
	if (ret == 0)
		ret = film_draw_cards(&f, src, NULL, 0, e);
	if (ret == 0)
		ret = make(&f, &t, p, path, e);
	if (ret == 0 && copy)
		ret = file_copy(path, copy, e);
	if (ret == 0)
		puts(path_from_here(path));
	timeline_release(&t);
	film_fit_free(fit);
	film_preview_free(stand_ins);
	film_source_free(src);
	free(path);
	return ret;
}
