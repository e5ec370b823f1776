/*
 * studio doctor: media and records, each without the other, and what the store
 * can put back. It is put back by tts and image, which ask nobody for it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/spawn.h"
#include "record/json.h"
#include "store/git_media.h"
#include "store/object.h"
#include "studio/doctor.h"

#define SAID_BYTES (64u << 20)

/* A finding that a program mends, and of which asset it is. */
struct lost {
	size_t finding, asset;
};

struct lost_list {
	struct lost *v;
	size_t nr, alloc;
};

static int
is_journalled(const char *digest)
{
	char *path = object_aside("journal", digest);
	int yes = !object_is_there(digest) && (object_is_kept(digest) ||
	    file_exists(path));

	free(path);
	return yes;
}

/* Has the store what is wanted of one that cannot be used? A voice that was
 * changed back is stale and stored too, and no fault: make makes it. */
static int
is_lost(const struct asset_state *a)
{
	return a->paid && a->in_store && a->want && state_needs_making(a) &&
	    (a->state == STATE_MISSING || is_journalled(a->want->digest));
}

static void
add_lost(struct doctor *d, size_t i, struct lost_list *list)
{
	const struct asset_state *a = &d->plan->survey.a[i];
	int journalled = is_journalled(a->want->digest);
	struct finding *f;
	char subject[64];

	asset_subject(a, subject, sizeof(subject));
	if (journalled && object_is_held(a->want->digest)) {
		f = finding_add(&d->found, "under way", subject, EX_DONE);
		finding_why(f, "a program is installing its reply now");
		return;
	}
	f = finding_add(&d->found, journalled ? "journalled" :
	    state_name(a->state), subject, EX_LATER);
	finding_why(f, journalled ? "its reply (%.100s) came and was paid for, "
	    "but was not installed" : "its file is not in the folder, and the "
	    "store has it (%.100s)", a->provider);
	finding_cure(f, a->what == ASSET_SCRIPT ? "make script" :
	    "studio doctor --fix, or make: nobody is asked");
	if (a->what == ASSET_SCRIPT)
		return;
	ALLOC_GROW(list->v, list->nr, list->alloc);
	list->v[list->nr].finding = d->found.nr - 1;
	list->v[list->nr++].asset = i;
}

/* Run a program on the scenes that are lost, of one kind. */
static void
install(struct doctor *d, const struct lost_list *list, enum asset_what what)
{
	static const char *const programs[] = { [ASSET_AUDIO] = "tts",
		[ASSET_IMAGE] = "image", [ASSET_COVER] = "image" };
	char *path = filter_path(programs[what]);
	const char **argv = xcalloc(list->nr + 8, sizeof(*argv));
	struct strbuf out = STRBUF_INIT, said = STRBUF_INIT;
	struct spawn s = SPAWN_INIT;
	const struct asset_state *a;
	size_t i, n = 0, first;

	argv[n++] = path;
	argv[n++] = "-C";
	argv[n++] = d->root;
	argv[n++] = "--stored";
	first = n;
	for (i = 0; i < list->nr; i++) {
		a = &d->plan->survey.a[list->v[i].asset];
		if (a->what != what)
			continue;
		if (what == ASSET_COVER)
			argv[n++] = "--cover";
		else if (n == first || strcmp(argv[n - 1], a->scene->dir) != 0)
			argv[n++] = a->scene->dir;
	}
	s.argv = argv;
	s.out = &out;
	s.out_limit = SAID_BYTES;
	s.errout = &said;
	if (n > first && spawn_run(&s, NULL) != 0)
		warning_lines("", said.buf);
	strbuf_release(&said);
	strbuf_release(&out);
	free(argv);
	free(path);
}

/* What is there now is what counts. */
static void
look_again(struct doctor *d, const struct lost_list *list)
{
	struct err e = ERR_INIT;
	struct survey v;
	size_t i;

	if (survey_take(&v, &d->plan->project, &e) == 0) {
		for (i = 0; i < list->nr; i++)
			if (list->v[i].asset < v.nr)
				d->found.v[list->v[i].finding].fixed =
				    state_is_usable(&v.a[list->v[i].asset]);
	}
	survey_release(&v);
}

static void
put_back(struct doctor *d)
{
	struct lost_list list = { NULL, 0, 0 };
	const struct survey *v = &d->plan->survey;
	size_t i;

	for (i = 0; i < v->nr; i++)
		if (is_lost(&v->a[i]))
			add_lost(d, i, &list);
	if (d->fix && list.nr) {
		install(d, &list, ASSET_AUDIO);
		install(d, &list, ASSET_IMAGE);
		install(d, &list, ASSET_COVER);
		look_again(d, &list);
	}
	free(list.v);
}

/* Records whose media only the user can bring. */
static void
look_for_media(struct doctor *d)
{
	const struct asset_state *a;
	char subject[64], reason[ERR_MAX], cure[160];
	struct finding *f;
	size_t i;

	for (i = 0; i < d->plan->survey.nr; i++) {
		a = &d->plan->survey.a[i];
		if (a->state != STATE_POINTER && (a->state != STATE_MISSING ||
		    state_needs_making(a)))
			continue;
		asset_subject(a, subject, sizeof(subject));
		asset_reason(a, reason, sizeof(reason));
		asset_cure(a, cure, sizeof(cure));
		f = finding_add(&d->found, state_name(a->state), subject,
		    EX_LATER);
		finding_why(f, "%s", reason);
		finding_cure(f, "%s", cure);
	}
}

/* Was it found that git could not merge the file? */
static int
is_merge(const struct doctor *d, const char *rel)
{
	const struct finding *f;
	size_t i, n = strlen(rel);

	for (i = 0; i < d->found.nr; i++) {
		f = &d->found.v[i];
		if (!strcmp(f->what, "merge") && !strncmp(f->file, rel, n) &&
		    f->file[n] == ':')
			return 1;
	}
	return 0;
}

/* Records, and files that they name, which cannot be read. */
static void
look_for_faults(struct doctor *d)
{
	const struct asset_state *a;
	char subject[64], cure[160];
	struct finding *f;
	size_t i, root = strlen(d->root) + 1;

	for (i = 0; i < d->plan->survey.nr; i++) {
		a = &d->plan->survey.a[i];
		if (!state_is_faulty(a) || a->what == ASSET_SCRIPT ||
		    (a->rec.path && is_merge(d, a->rec.path + root)))
			continue;
		asset_subject(a, subject, sizeof(subject));
		asset_cure(a, cure, sizeof(cure));
		f = finding_add(&d->found, "broken", subject, EX_DATA);
		finding_why(f, "%s", a->why ? a->why : "cannot be read");
		finding_cure(f, "%s", cure);
	}
}

/* A record that is no JSON: told here where no take wants it, else by
 * look_for_faults. */
static void
broken_record(struct doctor *d, const struct scene *s, const char *path,
    const struct err *why)
{
	const struct survey *v = &d->plan->survey;
	const char *rel = path + strlen(d->root) + 1;
	struct finding *f;
	size_t i;

	for (i = 0; i < v->nr; i++)
		if (v->a[i].scene == s && v->a[i].rec.path &&
		    !strcmp(v->a[i].rec.path, path))
			return;
	if (is_merge(d, rel))
		return;
	f = finding_add(&d->found, "broken", rel, EX_DATA);
	finding_why(f, "%s", why->msg);
	finding_cure(f, git_media_tracks(path) ? "mend it, or: studio restore "
	    "%zu" : "mend it", s->index);
}

/* The files that a scene's records and its scene.yaml name. What a record that
 * cannot be read names is not known: "audio.*" stands for any such. */
static void
named_in(struct doctor *d, const struct scene *s, const struct strvec *there,
    struct strvec *names)
{
	const struct project *p = &d->plan->project;
	struct err e = ERR_INIT;
	const char *own[2] = { s->audio_file, s->image_file };
	struct node *doc;
	char *path;
	size_t i;

	for (i = 0; i < there->nr; i++) {
		if (strcmp(path_extension(there->v[i]), "json") != 0)
			continue;
		path = project_path(p, "scenes/%s/%s", s->dir, there->v[i]);
		doc = json_load(path, &e);
		if (!doc)
			broken_record(d, s, path, &e);
		if (node_str(doc, "url", NULL))
			strvec_push(names, node_str(doc, "url", ""));
		else if (strcmp(node_str(doc, "status", ""), "failed") != 0)
			strvec_pushf(names, "%.5s.*", there->v[i]);
		node_free(doc);
		free(path);
	}
	for (i = 0; i < 2; i++)
		if (own[i])
			strvec_push(names, path_basename(own[i]));
}

/* What was paid for is nowhere called rubbish, least of all what a scene had
 * before the user gave it a file of their own. */
static void
add_orphan(struct doctor *d, const struct scene *s, const char *name)
{
	int local = strstr(name, ".local.") != NULL;
	int audio = !strncmp(name, "audio", 5);
	const char *own = audio ? s->audio_file : s->image_file;
	char *rel = xasprintf("scenes/%s/%s", s->dir, name);
	struct strbuf word = STRBUF_INIT;
	struct finding *f;

	strbuf_add_shell(&word, rel);
	f = finding_add(&d->found, local || !own ? "no record" : "kept", rel,
	    local || own ? EX_DONE : EX_LATER);
	finding_why(f, own ? "the scene uses your own %.200s" :
	    "no record names it", own);
	if (local)
		finding_cure(f, "it is free: rm %s", word.buf);
	else if (!own)
		finding_cure(f, "studio %s %zu --file %s uses it; or move it "
		    "out of the project", audio ? "tts" : "image", s->index,
		    word.buf);
	strbuf_release(&word);
	free(rel);
}

static int
is_orphan(const char *name, const struct strvec *names)
{
	const char *ext = path_extension(name);
	char any[8];

	if ((strncmp(name, "audio.", 6) && strncmp(name, "image.", 6)) ||
	    !*ext || !strcmp(ext, "json") || !strcmp(ext, "yaml"))
		return 0;
	snprintf(any, sizeof(any), "%.5s.*", name);
	return !strvec_has(names, name) && !strvec_has(names, any);
}

static void
look_for_records(struct doctor *d, const struct scene *s)
{
	const struct project *p = &d->plan->project;
	char *dir = project_path(p, "scenes/%s", s->dir);
	struct strvec there = STRVEC_INIT, names = STRVEC_INIT;
	size_t i;

	list_folder(dir, &there);
	named_in(d, s, &there, &names);
	for (i = 0; i < there.nr; i++)
		if (is_orphan(there.v[i], &names))
			add_orphan(d, s, there.v[i]);
	strvec_release(&there);
	strvec_release(&names);
	free(dir);
}

void
doctor_media(struct doctor *d)
{
	size_t i;

	put_back(d);
	look_for_media(d);
	look_for_faults(d);
	for (i = 0; i < d->plan->project.nr; i++)
		look_for_records(d, &d->plan->project.scene[i]);
}
