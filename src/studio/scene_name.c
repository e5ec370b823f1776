#include "studio/scene_name.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/folder.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/strvec.h"
#include "record/yaml.h"

/* The id of the scene in this folder of the working tree: 1, else 0. */
static int
id_here(const struct git *g, const char *dir, char id[UUID_LEN])
{
	char *path = xasprintf("%s/scenes/%s/scene.yaml", g->root, dir);
	struct strbuf b = STRBUF_INIT;
	int found;

	found = file_read(path, YAML_BYTES, &b, NULL) == 0 &&
	    scene_id_in(b.buf, b.len, id);
	strbuf_release(&b);
	free(path);
	return found;
}

/* The scenes' folders in order; leftovers without a scene.yaml are none. */
static int
list_here(const struct git *g, struct strvec *dirs, struct err *e)
{
	char *path = path_join(g->root, "scenes");
	struct strvec names = STRVEC_INIT;
	const char *dir, *file;
	int ret = folder_list(path, &names, e);
	size_t i;

	for (i = 0; i < names.nr; i++) {
		char *rel = xasprintf("scenes/%s/scene.yaml", names.v[i]);
		char *full = path_join(g->root, rel);

		if (scene_dir_in(rel, &dir, &file) && file_exists(full))
			strvec_push(dirs, names.v[i]);
		free(full);
		free(rel);
	}
	strvec_release(&names);
	free(path);
	return ret;
}

static int
is_position(const char *name, size_t *at)
{
	size_t n = strspn(name, "0123456789");

	/* an id may begin with digits, but is no number so short */
	if (!n || n > 6 || name[n])
		return 0;
	*at = strtoul(name, NULL, 10);
	return 1;
}

/* Set here to where the id is; twice is an error. */
static int
find_here(struct scene_name *s, const struct git *g,
    const struct strvec *dirs, struct err *e)
{
	char id[UUID_LEN];
	size_t i;

	for (i = 0; i < dirs->nr; i++) {
		if (!id_here(g, dirs->v[i], id) || strcmp(id, s->id) != 0)
			continue;
		if (s->here)
			return err_set(e, EX_DATA, "scenes/%s and scenes/%s "
			    "have the same id; rm -r one of them, or delete "
			    "its \"id:\" line to make it a new scene",
			    s->here, dirs->v[i]);
		s->here = xstrdup(dirs->v[i]);
	}
	return 0;
}

int
scene_name_find(struct scene_name *s, const struct history *h,
    const char *name, struct err *e)
{
	struct strvec dirs = STRVEC_INIT;
	const char *dir = name;
	size_t at;
	int ret;

	memset(s, 0, sizeof(*s));
	ret = list_here(h->git, &dirs, e);
	if (ret == 0 && is_position(name, &at)) {
		dir = at >= 1 && at <= dirs.nr ? dirs.v[at - 1] : NULL;
		if (!dir)
			ret = err_set(e, EX_BADUSE, "%.20s: no such scene; "
			    "there are %zu, and those that are gone are named "
			    "by their folder, or @ and the start of their id",
			    name, dirs.nr);
	}
	if (ret == 0 && (!strvec_has(&dirs, dir) ||
	    !id_here(h->git, dir, s->id)))
		ret = history_find(h, dir, s->id, e);
	if (ret == 0)
		ret = find_here(s, h->git, &dirs, e);
	/* broken so that its id is not to be read */
	if (ret == 0 && !s->here && strvec_has(&dirs, dir))
		s->here = xstrdup(dir);
	if (ret < 0)
		scene_name_release(s);
	strvec_release(&dirs);
	return ret;
}

void
scene_name_release(struct scene_name *s)
{
	free(s->here);
	s->here = NULL;
}
