#include "studio/restore.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "record/schema.h"
#include "record/yaml.h"

/* The folder of the scene in any commit, to be freed; NULL: not there. */
static char *
dir_in(const struct git *g, const char *commit, const char *id,
    struct err *e)
{
	struct git_blobs b = GIT_BLOBS_INIT;
	const struct git_blob *text;
	const char *dir, *file;
	char here[UUID_LEN], *found = NULL;
	struct git_list l;
	size_t i, n;
	int ret, pass;

	ret = git_list(g, commit, "scenes", &l, e);
	for (pass = 0; ret == 0 && pass < 2; pass++) {
		for (i = 0; i < l.nr && !found; i++) {
			n = scene_dir_in(l.v[i].path, &dir, &file);
			if (!n || strcmp(file, "scene.yaml") != 0)
				continue;
			if (pass == 0) {
				git_blobs_want(&b, l.v[i].id);
				continue;
			}
			text = git_blobs_get(&b, l.v[i].id);
			if (text && scene_id_in(text->text, text->len, here) &&
			    !strcmp(here, id))
				found = xmemdup(dir, n);
		}
		if (pass == 0)
			ret = git_blobs_read(&b, g, YAML_BYTES, e);
	}
	git_blobs_release(&b);
	git_list_release(&l);
	if (ret == 0 && !found)
		err_set(e, EX_BADUSE, "%.10s: does not have the scene @%.13s; "
		    "studio log @%.13s lists the commits that do", commit, id,
		    id);
	return found;
}

/* Where it is at HEAD, or was last. */
static int
find_last(struct restore *r, const struct history *h, const char *id,
    struct err *e)
{
	struct history_steps steps;
	size_t i;

	if (r->head) {
		r->dir = xstrdup(r->head);
		return git_commit(r->git, "HEAD", r->commit, e);
	}
	history_steps(h, id, &steps);
	for (i = 0; i < steps.nr && !r->dir; i++) {
		if (!steps.v[i].was || steps.v[i].now)
			continue;
		memcpy(r->commit, h->commit[steps.v[i].parent].id, GIT_ID);
		r->dir = xstrdup(steps.v[i].was);
	}
	free(steps.v);
	if (!r->dir)
		return err_set(e, EX_BADUSE, "@%.13s: was never committed, so "
		    "there is nothing to restore", id);
	return 0;
}

/* Is there anything that is not a scene's leftover (project_scenes.c)? */
static int
is_taken(const struct git *g, const char *dir)
{
	char *path = xasprintf("%s/scenes/%s/scene.yaml", g->root, dir);
	int yes = file_exists(path);

	free(path);
	return yes;
}

/* Links would have us write elsewhere. */
static int
check_folder(const char *path, struct err *e)
{
	struct stat st;

	if (lstat(path, &st) == 0 && !S_ISDIR(st.st_mode))
		return err_set(e, EX_DATA, "%s: is no plain folder; move it "
		    "away and try again", path);
	return 0;
}

/* Where it is now; else where it was committed last, or then, or beside what
 * is there now. */
static int
choose_place(struct restore *r, const struct scene_name *s, struct err *e)
{
	static const int digits[] = { 8, 13, 18, UUID_LEN - 1 };
	char *scenes = path_join(r->git->root, "scenes"), *path;
	int ret = check_folder(scenes, e);
	size_t i;

	if (s->here) {
		r->to = xstrdup(s->here);
	} else if (r->head && !is_taken(r->git, r->head)) {
		r->to = xstrdup(r->head);
	} else if (!is_taken(r->git, r->dir)) {
		r->to = xstrdup(r->dir);
	} else {
		for (i = 0; i < sizeof(digits) / sizeof(*digits); i++) {
			free(r->to);
			r->to = xasprintf("%.6s-%.*s", r->dir, digits[i],
			    s->id);
			if (!is_taken(r->git, r->to))
				break;
		}
		if (i == sizeof(digits) / sizeof(*digits))
			ret = err_set(e, EX_DATA, "scenes/%s: is another "
			    "scene's folder now; rename that", r->to);
	}
	path = path_join(scenes, r->to);
	if (ret == 0)
		ret = check_folder(path, e);
	r->is_new = !file_exists(path);
	r->base = !r->is_new ? xstrdup(path)
	    : xasprintf("%s/.%s.%ld.0.tmp", scenes, r->to, (long)getpid());
	free(path);
	free(scenes);
	return ret;
}

int
restore_open(struct restore *r, const struct history *h,
    const struct scene_name *s, const char *rev, struct err *e)
{
	const char *head = history_at_head(h, s->id);
	char *below;
	int ret;

	memset(r, 0, sizeof(*r));
	r->git = h->git;
	r->head = head ? xstrdup(head) : NULL;
	if (!rev) {
		ret = find_last(r, h, s->id, e);
	} else {
		ret = git_commit(r->git, rev, r->commit, e);
		if (ret == 0)
			r->dir = dir_in(r->git, r->commit, s->id, e);
		ret = r->dir ? 0 : -1;
	}
	if (ret == 0)
		ret = snapshot_scene_read(&r->was, r->git, r->commit, r->dir,
		    e);
	if (ret == 0)
		ret = schema_check(RECORD_SCENE, "scene.yaml", r->was.doc, e);
	if (ret == 0) {
		below = xasprintf("scenes/%s", r->dir);
		ret = git_list(r->git, r->commit, below, &r->list, e);
		free(below);
	}
	if (ret == 0 && r->head) {
		below = xasprintf("scenes/%s", r->head);
		ret = git_list(r->git, "HEAD", below, &r->head_list, e);
		free(below);
	}
	if (ret == 0)
		ret = choose_place(r, s, e);
	if (ret < 0)
		restore_release(r);
	return ret < 0 ? -1 : 0;
}

void
restore_release(struct restore *r)
{
	free(r->dir);
	free(r->to);
	free(r->base);
	free(r->head);
	free(r->kept);
	git_list_release(&r->list);
	git_list_release(&r->head_list);
	snap_scene_release(&r->was);
	strvec_release(&r->done);
	strvec_release(&r->left);
	memset(r, 0, sizeof(*r));
}
