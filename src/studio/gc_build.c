/*
 * studio gc: what is below build/ and no film needs. What each was made of is
 * in build/parts/NAME.used (render/film_used.h). A film that is not fresh may
 * be half made: what came after its last list is left.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/strset.h"
#include "studio/gc.h"

#define LIST_BYTES (64u << 20)

/* What is known of the films. */
struct need {
	struct strset used;  /* "parts/KEY.part" ... */
	struct timespec from; /* what is newer is left, where some is not
				 fresh */
	int fresh;           /* every film is, and its list is there */
	int unknown;         /* one has no list: nothing can be told */
};

static int
read_list(struct need *n, const char *path, struct timespec *mtime)
{
	struct strbuf b = STRBUF_INIT;
	char *line, *rest;
	struct stat st;
	int ret = lstat(path, &st) == 0 && S_ISREG(st.st_mode) &&
	    file_read(path, LIST_BYTES, &b, NULL) == 0 ? 0 : -1;

	rest = b.buf;
	while (ret == 0 && (line = strsep(&rest, "\n")))
		if (*line)
			strset_add(&n->used, line);
	if (ret == 0)
		*mtime = st.st_mtim;
	strbuf_release(&b);
	return ret;
}

static int
is_newer(const struct timespec *a, const struct timespec *b)
{
	return a->tv_sec != b->tv_sec ? a->tv_sec > b->tv_sec
	    : a->tv_nsec > b->tv_nsec;
}

static void
need_film(struct need *n, const struct plan *p, size_t i)
{
	const struct video *v = &p->project.video[i];
	const struct film_plan *f = &p->film[i];
	struct timespec made = { 0, 0 }, sound = { 0, 0 };
	int lost = 0, k;
	char *path;

	for (k = 0; k < 2; k++) {
		if (!(k ? v->audio_file : v->pictures))
			continue;
		path = project_path(&p->project, "build/parts/%s.%s", v->name,
		    k ? "m4a.used" : "used");
		lost |= read_list(n, path, k ? &sound : &made) < 0;
		free(path);
	}
	if (!v->pictures)
		made = sound;
	n->unknown |= lost;
	if (f->needed || f->film.state != STATE_FRESH) {
		if (n->fresh || is_newer(&n->from, &made))
			n->from = made;
		n->fresh = 0;
	}
}

/* May a file be removed that no list names? */
static int
is_free(const struct need *n, const struct stat *st)
{
	return !n->unknown && (n->fresh || !is_newer(&st->st_mtim, &n->from));
}

static int
is_key(const char *name)
{
	return strspn(name, "0123456789abcdef") == SHA256_HEX - 1;
}

/* Files of build/FOLDER that are named by what is in them. */
static void
look_in(struct gc *g, const struct need *n, const char *folder,
    enum gc_why why)
{
	char *dir = project_path(&g->plan->project, "build/%s", folder);
	char *path, *name;
	struct strvec names = STRVEC_INIT;
	struct stat st;
	size_t k;

	list_folder(dir, &names);
	for (k = 0; k < names.nr; k++) {
		if (!is_key(names.v[k]) && why != GC_PREVIEW)
			continue;
		if (names.v[k][0] == '.')
			continue;
		path = path_join(dir, names.v[k]);
		name = path_join(folder, names.v[k]);
		if (lstat(path, &st) == 0 && S_ISREG(st.st_mode) &&
		    !strset_has(&n->used, name) && strcmp(names.v[k], "lock") &&
		    (why == GC_PREVIEW ? n->fresh : is_free(n, &st)))
			gc_add(g, why, xstrdup(path))->bytes =
			    (uint64_t)st.st_size;
		free(name);
		free(path);
	}
	strvec_release(&names);
	free(dir);
}

static int
is_film(const struct plan *p, const char *name, size_t n)
{
	size_t i;

	for (i = 0; i < p->project.video_nr; i++)
		if (strlen(p->project.video[i].name) == n &&
		    !strncmp(p->project.video[i].name, name, n))
			return 1;
	return 0;
}

/* Lists and stamps of films that videos: has no more. */
static void
look_for_films(struct gc *g)
{
	char *dir = project_path(&g->plan->project, "build/parts"), *path;
	struct strvec names = STRVEC_INIT;
	struct stat st;
	size_t k;

	list_folder(dir, &names);
	for (k = 0; k < names.nr; k++) {
		path = path_join(dir, names.v[k]);
		if (names.v[k][0] != '.' && lstat(path, &st) == 0 &&
		    (S_ISDIR(st.st_mode) || (S_ISREG(st.st_mode) &&
		    !strcmp(path_extension(names.v[k]), "used"))) &&
		    !is_film(g->plan, names.v[k], strcspn(names.v[k], ".")))
			gc_add(g, GC_PART, xstrdup(path))->bytes =
			    S_ISDIR(st.st_mode) ? 0 : (uint64_t)st.st_size;
		free(path);
	}
	strvec_release(&names);
	free(dir);
}

/* build/board/SUM40-SIZE.jpg: is there such a picture? */
static void
look_at_page(struct gc *g)
{
	const struct plan *p = g->plan;
	char *dir = project_path(&p->project, "build/board"), *path, start[41];
	struct strset shown;
	struct strvec names = STRVEC_INIT;
	struct stat st;
	size_t i, k;

	memset(&shown, 0, sizeof(shown));
	for (i = 0; i < p->survey.nr; i++) {
		memcpy(start, p->survey.a[i].media_sha256, 40);
		start[40] = '\0';
		strset_add(&shown, start);
	}
	list_folder(dir, &names);
	for (k = 0; k < names.nr; k++) {
		if (strspn(names.v[k], "0123456789abcdef") != 40)
			continue;
		memcpy(start, names.v[k], 40);
		start[40] = '\0';
		path = path_join(dir, names.v[k]);
		if (!strset_has(&shown, start) && lstat(path, &st) == 0 &&
		    S_ISREG(st.st_mode))
			gc_add(g, GC_PAGE, xstrdup(path))->bytes =
			    (uint64_t)st.st_size;
		free(path);
	}
	strvec_release(&names);
	strset_release(&shown);
	free(dir);
}

void
gc_build(struct gc *g)
{
	struct need n;
	size_t i;

	memset(&n, 0, sizeof(n));
	n.fresh = 1;
	if (g->plan->phase1) {
		strvec_push(&g->notes, "build/: is left, since the script or "
		    "its scenes have to be made first");
		return;
	}
	for (i = 0; i < g->plan->project.video_nr; i++)
		need_film(&n, g->plan, i);
	n.fresh = n.fresh && !n.unknown;
	if (n.unknown)
		strvec_push(&g->notes, "build/: is left, since it is not "
		    "known what the films need; make them first");
	look_in(g, &n, "parts", GC_PART);
	look_in(g, &n, "cards", GC_PART);
	look_in(g, &n, "fitted", GC_PART);
	look_in(g, &n, "preview", GC_PREVIEW);
	look_for_films(g);
	look_at_page(g);
	strset_release(&n.used);
}
