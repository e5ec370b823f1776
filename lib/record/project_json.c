#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/strbuf.h"
#include "record/project.h"

/*
 * When a file that people edit was changed last: its mtime, not after
 * SOURCE_DATE_EPOCH where that is set (and never in the future). The time of
 * its last commit would need a run of git for each.
 */
static void
changed_at(const struct project *p, const char *file, char out[TIME_LEN])
{
	char *path = project_path(p, "%s", file);
	time_t now = clock_now();
	struct stat st;

	if (stat(path, &st) < 0 || st.st_mtime > now)
		st.st_mtime = now;
	time_format(st.st_mtime, out);
	free(path);
}

/* Copy doc's keys that out does not have yet. */
static void
add_rest(struct node *out, const struct node *doc)
{
	struct node *copy;
	size_t i;

	for (i = 0; i < doc->nr; i++) {
		if (node_child(out, doc->kid[i]->key))
			continue;
		copy = node_copy(doc->kid[i]);
		node_push(out, copy);
	}
}

/* createdAt as written, else the time of the last change; then updatedAt. */
static void
add_times(const struct project *p, struct node *out, const struct node *doc,
	const char *file)
{
	char stamp[TIME_LEN];

	changed_at(p, file, stamp);
	node_set_str(out, "createdAt", node_str(doc, "createdAt", stamp));
	node_set_str(out, "updatedAt", stamp);
}

struct node *
project_json(const struct project *p, const char *status)
{
	struct node *out = node_new(NODE_MAP);

	node_set_str(out, "id", p->id);
	node_set_str(out, "title", p->title);
	if (p->description)
		node_set_str(out, "description", p->description);
	node_set_str(out, "platform", p->platform);
	node_set_str(out, "category", p->category);
	node_set_str(out, "tone", p->tone);
	node_set_str(out, "targetLength", p->target_length);
	node_set_str(out, "language", p->language);
	node_set_str(out, "status", status);
	add_times(p, out, p->doc, "project.yaml");
	add_rest(out, p->doc);
	return out;
}

struct node *
scene_json(const struct project *p, const struct scene *s)
{
	struct node *out = node_new(NODE_MAP);
	struct strbuf file = STRBUF_INIT;

	node_set(out, "id", s->id ? node_text(s->id) : node_new(NODE_NULL));
	node_set_str(out, "projectId", p->id);
	node_set_whole(out, "index", (long long)s->index);
	node_set_str(out, "text", s->text);
	if (s->notes)
		node_set_str(out, "notes", s->notes);
	strbuf_addf(&file, "scenes/%s/scene.yaml", s->dir);
	add_times(p, out, s->doc, file.buf);
	strbuf_release(&file);
	node_set_str(out, "folder", s->dir);
	add_rest(out, s->doc);
	return out;
}
