#include "render/film_used.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/strvec.h"

/* What lies below build/, from there. */
static void
add(struct strvec *list, const char *build, const char *path)
{
	size_t n = strlen(build);

	if (path && !strncmp(path, build, n) && path[n] == '/')
		strvec_push(list, path + n + 1);
}

static int
is_preview(const char *out)
{
	char *dir = path_dirname(out);
	int yes = !strcmp(path_basename(dir), "preview");

	free(dir);
	return yes;
}

static int
write_list(struct strvec *list, const char *path, struct err *e)
{
	struct strbuf b = STRBUF_INIT;
	size_t i;
	int ret;

	strvec_sort(list);
	for (i = 0; i < list->nr; i++)
		if (!i || strcmp(list->v[i], list->v[i - 1]) != 0)
			strbuf_addf(&b, "%s\n", list->v[i]);
	ret = file_write(path, b.buf, b.len, e);
	strbuf_release(&b);
	return ret;
}

int
film_used_note(const struct film *f, const struct part_list *l,
    const char *dir, const char *const track[2], const char *out,
    struct err *e)
{
	char *build = path_dirname(dir), *path;
	struct strvec list = STRVEC_INIT;
	size_t i;
	int ret;

	if (is_preview(out)) {
		free(build);
		return 0;
	}
	for (i = 0; l && i < l->nr; i++) {
		path = part_path(&l->part[i], dir);
		add(&list, build, path);
		free(path);
	}
	for (i = 0; i < f->nr; i++) {
		add(&list, build, f->scene[i].image);
		add(&list, build, f->scene[i].audio);
	}
	add(&list, build, track[0]);
	add(&list, build, track[1]);
	path = xasprintf("%s/%s.%s", dir, f->name, l ? "used" : "m4a.used");
	ret = write_list(&list, path, e);
	free(path);
	strvec_release(&list);
	free(build);
	return ret;
}
