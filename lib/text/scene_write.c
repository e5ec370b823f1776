/* script.md from the scenes (text/scene_sync.h). */
#include "text/scene_sync.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/mem.h"
#include "store/aside.h"
#include "text/markdown.h"
#include "text/scene_base.h"
#include "text/script.h"

static char *
copy_or_null(const char *s)
{
	return s ? xstrdup(s) : NULL;
}

/* The script's own title, description and tags; the project's title where it
 * has none. */
static void
set_head(const struct project *p, const char *path, struct script *out)
{
	struct strbuf b = STRBUF_INIT;
	struct script old = SCRIPT_INIT;

	if (file_exists(path) && file_read(path, MARKDOWN_BYTES, &b, NULL) == 0)
		script_parse(b.buf, b.len, &old);
	if (old.title || *p->title)
		out->title = xstrdup(old.title ? old.title : p->title);
	out->description = copy_or_null(old.description);
	out->tags = copy_or_null(old.tags);
	script_release(&old);
	strbuf_release(&b);
}

static void
add_scene(const struct scene *s, struct script *out)
{
	struct strbuf text = STRBUF_INIT;
	struct script_part *part;
	const char *c;

	/* a script's paragraph is one line */
	for (c = s->text; *c; c++)
		strbuf_addch(&text, *c == '\n' ? ' ' : *c);
	strbuf_trim(&text);
	part = script_add(out, node_str(s->doc, "heading", NULL), text.buf);
	part->image = copy_or_null(s->prompt);
	part->notes = copy_or_null(s->notes);
	part->speaker = copy_or_null(s->speaker);
	part->say = copy_or_null(s->say);
	strbuf_release(&text);
}

int
scene_sync_write_script(const struct project *p, struct asset_state *split,
    struct err *e)
{
	char *path = project_path(p, "script.md");
	struct script script = SCRIPT_INIT;
	struct strbuf b = STRBUF_INIT;
	struct node *list = node_new(NODE_LIST);
	struct request *want;
	char sum[SHA256_HEX];
	size_t i;
	int ret;

	set_head(p, path, &script);
	for (i = 0; i < p->nr; i++) {
		add_scene(&p->scene[i], &script);
		node_push(list, scene_base_node(p->scene[i].id,
		    &script.v[i]));
	}
	script_print(&script, &b);
	sha256_hex(b.buf, b.len, sum);
	ret = aside_keep(p, path, NULL, sum, e) < 0 ? -1 :
	    file_write_changed(path, b.buf, b.len, e);
	want = ret < 0 ? NULL : request_split(p, e);
	if (want) { /* the script is another now */
		request_free(split->want);
		split->want = want;
		ret = scene_base_write(p, split, list, 0, e);
	} else {
		node_free(list);
		ret = -1;
	}
	script_release(&script);
	strbuf_release(&b);
	free(path);
	return ret;
}
