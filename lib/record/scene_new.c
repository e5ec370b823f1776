#include "record/scene_new.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "record/yaml.h"

unsigned
scene_key_at(const struct project *p, size_t pos)
{
	unsigned before, after;

	before = pos > 1 ? p->scene[pos - 2].key : 0;
	if (pos > p->nr)
		return before + SCENE_KEY_STEP <= SCENE_KEY_MAX
		    ? before + SCENE_KEY_STEP
		    : before < SCENE_KEY_MAX ? before + 1 : 0;
	after = p->scene[pos - 1].key;
	if (after <= before + 1)
		return 0;
	return before + (after - before) / 2;
}

static int
is_taken(const struct project *p, const char *id)
{
	size_t i;

	for (i = 0; i < p->nr; i++)
		if (p->scene[i].id && !strcmp(p->scene[i].id, id))
			return 1;
	return 0;
}

void
scene_new_id(const struct project *p, const char *text, char out[UUID_LEN])
{
	struct strbuf name = STRBUF_INIT;
	unsigned ordinal = 0;

	do {
		strbuf_reset(&name);
		strbuf_addf(&name, "%u %s", ++ordinal, text);
		if (uuid_named(p->id, name.buf, name.len, out) < 0)
			uuid_random(out); /* the project's id is no UUID */
	} while (is_taken(p, out));
	strbuf_release(&name);
}

/* doc with its id first and createdAt last, as people read it. */
static struct node *
complete(const struct project *p, struct node *doc)
{
	struct node *full = node_new(NODE_MAP);
	char id[UUID_LEN], now[TIME_LEN];
	size_t i;

	if (!node_get(doc, "id"))
		scene_new_id(p, node_str(doc, "text", ""), id);
	else
		memcpy(id, node_str(doc, "id", ""), UUID_LEN);
	node_set_str(full, "id", id);
	for (i = 0; i < doc->nr; i++)
		if (strcmp(doc->kid[i]->key, "id") != 0)
			node_set(full, doc->kid[i]->key,
			    node_copy(doc->kid[i]));
	if (!node_get(full, "createdAt")) {
		time_stamp(now);
		node_set_str(full, "createdAt", now);
	}
	node_free(doc);
	return full;
}

int
scene_create(const struct project *p, unsigned key, struct node *doc,
    char **dir, struct err *e)
{
	struct strbuf b = STRBUF_INIT;
	struct node *full = complete(p, doc);
	char *name, *folder, *path;
	int ret;

	name = xasprintf("%06u-%.8s", key, node_str(full, "id", ""));
	folder = project_path(p, "scenes/%s", name);
	path = xasprintf("%s/scene.yaml", folder);
	yaml_print(full, &b);
	ret = file_exists(path) ? err_set(e, EX_DATA, "%s: is there already; "
	    "move it away", path) : file_mkdirs(folder, e);
	if (ret == 0)
		ret = file_write(path, b.buf, b.len, e);
	if (dir && ret == 0)
		*dir = name;
	else
		free(name);
	free(path);
	free(folder);
	strbuf_release(&b);
	node_free(full);
	return ret;
}
