#include "text/scene_remove.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/folder.h"
#include "base/mem.h"
#include "base/path.h"
#include "record/json.h"
#include "store/provider_type.h"
#include "text/resplit.h"
#include "text/scene_base.h"

/* Does scene.yaml hold only what the split wrote? */
static int
is_untouched(const struct scene *s, const struct node *base)
{
	static const char *const own[] = { "id", "text", "createdAt",
		"updatedAt", "heading", "say", "notes", "speaker" };
	const struct node *image = node_get(s->doc, "image");
	const char *a, *b;
	size_t i, k;

	for (i = 0; i < s->doc->nr; i++) {
		for (k = 0; k < sizeof(own) / sizeof(*own); k++)
			if (!strcmp(s->doc->kid[i]->key, own[k]))
				break;
		if (k == sizeof(own) / sizeof(*own) &&
		    s->doc->kid[i] != image)
			return 0;
	}
	if (image && (image->nr != 1 || !node_get(image, "prompt")))
		return 0;
	for (i = 0; scene_base_fields[i]; i++) {
		a = scene_base_get(s->doc, scene_base_fields[i]);
		b = scene_base_get(base, scene_base_fields[i]);
		if ((a || b) && (!a || !b || !resplit_same(a, b)))
			return 0;
	}
	return 1;
}

/* A record of media that costs nothing to make again. */
static int
is_free_record(const char *path)
{
	struct node *doc = json_load(path, NULL);
	const char *provider = node_str(doc, "provider", "");
	const char *url = node_str(doc, "url", "");
	int yes = doc && *provider && !provider_is_paid(provider) &&
	    strcmp(provider, "file") != 0 && strstr(url, ".local.");

	node_free(doc);
	return yes;
}

static int
is_free_file(const char *folder, const char *name)
{
	char *path;
	int yes;

	if (!strcmp(name, "scene.yaml") || strstr(name, ".local."))
		return 1;
	if (strcmp(path_extension(name), "json") != 0)
		return 0;
	path = path_join(folder, name);
	yes = is_free_record(path);
	free(path);
	return yes;
}

static int
holds_only_free(const char *folder)
{
	struct strvec names = STRVEC_INIT;
	int yes = folder_list(folder, &names, NULL) == 0;
	size_t i;

	for (i = 0; yes && i < names.nr; i++)
		yes = is_free_file(folder, names.v[i]);
	strvec_release(&names);
	return yes;
}

static int
move_away(const struct project *p, const struct scene *s, const char *folder,
    struct err *e)
{
	char *dir = project_path(p, "build/removed"), *to;
	int ret = file_mkdirs(dir, e), i;

	to = path_join(dir, s->dir);
	for (i = 2; ret == 0 && file_exists(to) && i < 1000; i++) {
		free(to);
		to = xasprintf("%s/%s.%d", dir, s->dir, i);
	}
	if (ret == 0 && rename(folder, to) < 0)
		ret = err_errno(e, "%s: cannot move it to build/removed",
		    folder);
	free(to);
	free(dir);
	return ret;
}

int
scene_remove(const struct project *p, const struct scene *s,
    const struct node *base, struct err *e)
{
	char *folder = project_path(p, "scenes/%s", s->dir);
	int ret;

	if (is_untouched(s, base) && holds_only_free(folder))
		ret = file_remove_tree(folder, e);
	else
		ret = move_away(p, s, folder, e) < 0 ? -1 : 1;
	free(folder);
	return ret;
}
