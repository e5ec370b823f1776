#include "text/scene_base.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/strset.h"
#include "base/utf8.h"
#include "store/commit.h"
#include "text/dialogue.h"
#include "text/markdown.h"
#include "text/split.h"

const char *const scene_base_fields[] = { "heading", "say", "notes",
	"speaker", "image.prompt", NULL };

const char *
scene_base_get(const struct node *doc, const char *field)
{
	return node_str(doc, field, NULL);
}

const char *
scene_base_of(const struct script_part *part, const char *field)
{
	return !strcmp(field, "heading") ? part->heading
	     : !strcmp(field, "say") ? part->say
	     : !strcmp(field, "notes") ? part->notes
	     : !strcmp(field, "speaker") ? part->speaker : part->image;
}

struct node *
scene_base_node(const char *id, const struct script_part *part)
{
	struct node *n = node_new(NODE_MAP), *image;
	const char *s;
	size_t i;

	if (id)
		node_set_str(n, "id", id);
	node_set_str(n, "text", part->text);
	for (i = 0; scene_base_fields[i]; i++) {
		s = scene_base_of(part, scene_base_fields[i]);
		if (!s)
			continue;
		if (strcmp(scene_base_fields[i], "image.prompt") != 0) {
			node_set_str(n, scene_base_fields[i], s);
			continue;
		}
		image = node_new(NODE_MAP);
		node_set_str(image, "prompt", s);
		node_set(n, "image", image);
	}
	return n;
}

/* Texts that resplit_same calls the same have the same words; to be freed. */
static char *
words_of(const char *s)
{
	struct strbuf b = STRBUF_INIT;
	size_t n;

	while (s += strspn(s, " \n\t\r"), *s) {
		n = strcspn(s, " \n\t\r");
		if (b.len)
			strbuf_addch(&b, ' ');
		strbuf_add(&b, s, n);
		s += n;
	}
	return strbuf_detach(&b, NULL);
}

static void
add_words(struct strset *set, const char *s)
{
	char *words = words_of(s);

	strset_add(set, words);
	free(words);
}

/* A paragraph that is one scene, or was when last split, is not cut. */
static void
mark_whole(const struct project *p, const struct node *base,
    struct script *script)
{
	struct strset set = STRSET_INIT;
	struct script_part *part;
	char *words;
	size_t i;

	for (i = 0; i < p->nr; i++)
		add_words(&set, p->scene[i].text);
	for (i = 0; base && i < base->nr; i++)
		add_words(&set, node_str(base->kid[i], "text", ""));
	for (i = 0; i < script->nr; i++) {
		part = &script->v[i];
		words = words_of(part->text);
		if (strset_has(&set, words))
			part->whole = 1;
		free(words);
	}
	strset_release(&set);
}

int
scene_base_script(const struct project *p, const struct node *base,
    struct script *out, struct strvec *strangers, struct err *e)
{
	const struct node *speakers = node_get(p->settings, "speakers");
	struct strbuf b = STRBUF_INIT;
	struct script in = SCRIPT_INIT;
	struct pace pace = split_pace(p->language);
	char *path = project_path(p, "script.md");
	int ret = file_read(path, MARKDOWN_BYTES, &b, e);
	size_t bad = ret ? 0 : utf8_check(b.buf, b.len);

	if (ret == 0 && bad < b.len)
		ret = err_set(e, EX_DATA, "script.md: byte %zu is not UTF-8 "
		    "text; save it as UTF-8", bad + 1);
	if (ret == 0) {
		script_parse(b.buf, b.len, &in);
		dialogue_strangers(&in, speakers, strangers);
		dialogue_split(&in, speakers);
		mark_whole(p, base, &in);
		split_script(&in, split_rule_for(p->platform), &pace, out);
		if (!out->nr)
			ret = err_set(e, EX_DATA, "script.md: there is nothing "
			    "to speak in it; write a paragraph, or remove the "
			    "file to have it made");
	}
	script_release(&in);
	strbuf_release(&b);
	free(path);
	return ret;
}

int
scene_base_write(const struct project *p, struct asset_state *split,
    struct node *scenes, int conflicts, struct err *e)
{
	struct node *doc = commit_begin(split);
	char *path = project_path(p, "scenes/split.json");
	char *dir = project_path(p, "scenes");
	int ret;

	node_drop(doc, "provider");
	if (conflicts)
		node_drop(doc, "request");
	node_set(doc, "scenes", scenes);
	ret = file_mkdirs(dir, e);
	if (ret == 0)
		ret = asset_save(RECORD_SPLIT, path, p->id, doc, e);
	else
		node_free(doc);
	free(dir);
	free(path);
	return ret < 0 ? -1 : 0;
}
