/*
 * studio doctor: the files of a project, each by itself.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/strvec.h"
#include "record/yaml.h"
#include "studio/doctor.h"

#define FILE_BYTES (8u << 20)

/* The names in a folder of the project, sorted; a link is not followed. */
static void
names_in(const char *root, const char *rel, struct strvec *out)
{
	char *path = *rel ? path_join(root, rel) : xstrdup(root);
	struct stat st;

	if (lstat(path, &st) == 0 && S_ISDIR(st.st_mode))
		list_folder(path, out);
	free(path);
}

/* The number of the line at which a text that git could not merge begins; 0
 * where there is none. */
static size_t
marked_line(const char *text)
{
	const char *p, *end;
	size_t line = 1, found = 0;
	int middle = 0;

	for (p = text; *p; p = *end ? end + 1 : end, line++) {
		end = strchrnul(p, '\n');
		if (!strncmp(p, "<<<<<<< ", 8) && !found)
			found = line;
		else if (found && !strncmp(p, "=======", 7))
			middle = 1;
		else if (middle && !strncmp(p, ">>>>>>> ", 8))
			return found;
	}
	return 0;
}

static int
look_for_marks(struct doctor *d, const char *rel)
{
	char *path = path_join(d->root, rel), *at;
	const char *ext = path_extension(rel);
	struct strbuf b = STRBUF_INIT, word = STRBUF_INIT;
	struct finding *f;
	size_t line = 0;
	char *stem;

	if (file_exists(path) && file_read(path, FILE_BYTES, &b, NULL) == 0 &&
	    strlen(b.buf) == b.len)
		line = marked_line(b.buf);
	if (line) {
		at = xasprintf("%s:%zu", rel, line);
		f = finding_add(&d->found, "merge", at, EX_DATA);
		finding_why(f, "git could not merge it, and both sides are in "
		    "it");
		stem = xasprintf("%.*s*", (int)(strlen(rel) - strlen(ext)),
		    rel);
		strbuf_add_shell(&word, strcmp(ext, "json") ? rel : stem);
		if (!strcmp(rel, "scenes/split.json"))
			finding_cure(f, "make writes it anew; then: git add "
			    "%s", rel);
		else if (!strncmp(rel, "video/", 6))
			finding_cure(f, "make makes the film again; then: "
			    "git add video");
		else if (!strcmp(ext, "json"))
			finding_cure(f, "take one side whole, the record with "
			    "its media: git checkout --ours (or --theirs) -- "
			    "%s", word.buf);
		else
			finding_cure(f, "edit it until one text is left, "
			    "then: git add %s", word.buf);
		free(stem);
		free(at);
	}
	strbuf_release(&word);
	strbuf_release(&b);
	free(path);
	return line != 0;
}

static size_t
look_in_folder(struct doctor *d, const char *folder)
{
	struct strvec names = STRVEC_INIT;
	size_t i, found = 0;
	const char *ext;
	char *rel;

	names_in(d->root, folder, &names);
	for (i = 0; i < names.nr; i++) {
		ext = path_extension(names.v[i]);
		if (strcmp(ext, "yaml") && strcmp(ext, "json") &&
		    strcmp(ext, "md"))
			continue;
		rel = path_join(folder, names.v[i]);
		found += (size_t)look_for_marks(d, rel);
		free(rel);
	}
	strvec_release(&names);
	return found;
}

struct id_of {
	char *id, *dir;
};

static int
by_id(const void *pa, const void *pb)
{
	const struct id_of *a = pa, *b = pb;
	int order = strcmp(a->id, b->id);

	return order ? order : strcmp(a->dir, b->dir);
}

/* "000100-3f9a1c2e" says the start of an id; "000100-dawn" says nothing. */
static void
look_at_name(struct doctor *d, const struct id_of *s)
{
	const char *said = s->dir + 7;
	struct finding *f;
	char *rel;

	if (strlen(s->dir) != 15 || strspn(said, "0123456789abcdef") != 8 ||
	    !strncmp(s->id, said, 8))
		return;
	rel = xasprintf("scenes/%s", s->dir);
	f = finding_add(&d->found, "name", rel, EX_DONE);
	finding_why(f, "its scene has the id %.8s..., which is what counts",
	    s->id);
	finding_cure(f, "git mv %s scenes/%.7s%.8s", rel, s->dir, s->id);
	free(rel);
}

static size_t
look_at_ids(struct doctor *d, struct id_of *s, size_t nr)
{
	struct finding *f;
	size_t i, found = 0;
	char *both;

	if (nr)
		qsort(s, nr, sizeof(*s), by_id);
	for (i = 0; i < nr; i++) {
		look_at_name(d, &s[i]);
		if (!i || strcmp(s[i].id, s[i - 1].id) != 0)
			continue;
		both = xasprintf("scenes/%s and scenes/%s", s[i - 1].dir,
		    s[i].dir);
		f = finding_add(&d->found, "same id", both, EX_DATA);
		finding_why(f, "are one scene twice, as after a merge where "
		    "both sides moved it");
		finding_cure(f, "rm -r one of them; or delete the \"id:\" line "
		    "of one, which makes it a new scene");
		free(both);
		found++;
	}
	return found;
}

/* Each scene's id, of those that can be read. */
static size_t
look_at_scenes(struct doctor *d)
{
	struct strvec names = STRVEC_INIT;
	struct id_of *s;
	size_t i, nr = 0, found = 0;
	char *rel, *path;
	struct node *doc;
	const char *id;

	names_in(d->root, "scenes", &names);
	s = xcalloc(names.nr + 1, sizeof(*s));
	for (i = 0; i < names.nr; i++) {
		if (strspn(names.v[i], "0123456789") != 6 ||
		    names.v[i][6] != '-')
			continue;
		rel = xasprintf("scenes/%s", names.v[i]);
		found += look_in_folder(d, rel);
		path = xasprintf("%s/%s/scene.yaml", d->root, rel);
		doc = file_exists(path) ? yaml_load(path, NULL) : NULL;
		id = node_str(doc, "id", NULL);
		if (id) {
			s[nr].id = xstrdup(id);
			s[nr++].dir = xstrdup(names.v[i]);
		}
		node_free(doc);
		free(path);
		free(rel);
	}
	found += look_at_ids(d, s, nr);
	for (i = 0; i < nr; i++) {
		free(s[i].id);
		free(s[i].dir);
	}
	free(s);
	strvec_release(&names);
	return found;
}

size_t
doctor_files(struct doctor *d)
{
	size_t found = look_in_folder(d, "");

	found += look_in_folder(d, "scenes");
	found += look_in_folder(d, "video");
	found += look_in_folder(d, "ledger");
	return found + look_at_scenes(d);
}

static void
leftovers_in(const char *root, const char *rel, int deeper,
    void (*each)(void *ctx, const char *path), void *ctx)
{
	struct strvec names = STRVEC_INIT;
	char *sub, *path;
	size_t i;

	names_in(root, rel, &names);
	for (i = 0; i < names.nr; i++) {
		sub = path_join(rel, names.v[i]);
		path = path_join(root, sub);
		if (tempfile_is_name(names.v[i]))
			each(ctx, path);
		else if (deeper && names.v[i][0] != '.')
			leftovers_in(root, sub, deeper - 1, each, ctx);
		free(path);
		free(sub);
	}
	strvec_release(&names);
}

void
project_leftovers(const char *root, void (*each)(void *ctx, const char *path),
    void *ctx)
{
	/* build/parts/NAME/.x.tmp is the deepest */
	leftovers_in(root, "", 3, each, ctx);
}

static void
look_at_leftover(void *ctx, const char *path)
{
	struct doctor *d = ctx;
	struct err e = ERR_INIT;
	struct finding *f;
	size_t n = strlen(d->root);

	if (!tempfile_is_dead(path))
		return;
	f = finding_add(&d->found, "leftover", strncmp(path, d->root, n) ||
	    path[n] != '/' ? path : path + n + 1, EX_LATER);
	finding_why(f, "was being written by a program that died");
	finding_cure(f, "studio doctor --fix");
	f->fixed = d->fix && tempfile_remove_dead(path, &e) > 0;
	if (e.code)
		finding_why(f, "%s", e.msg);
}

void
doctor_leftovers(struct doctor *d)
{
	size_t i;

	project_leftovers(d->root, look_at_leftover, d);
	for (i = 0; i < d->stock.temp.nr; i++)
		look_at_leftover(d, d->stock.temp.v[i]);
}
